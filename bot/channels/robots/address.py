"""A robot's address: its key, or its whole webhook address, and behind a ``#`` the secret that signs.

Whoever knows it can write to the group, so nobody is shown more of it than its end (`usecases.contacts.shown`).
"""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from schedules.errors import RuqiError

LEAST = 16
"""Characters of a key; the platforms give 32 and more."""
LONGEST = 300
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class BadRobot(RuqiError):
    """This is no address of such a robot; copy the webhook address from the group's settings."""

    key: ClassVar[str] = "bad_robot"

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        super().__init__("This is no address of such a robot; copy the webhook address from the group's settings.")


@dataclass(frozen=True, slots=True)
class Robot:
    """`url` is where to post; `secret` is empty where the robot does not sign. Neither shows in a repr."""

    url: str
    secret: str = ""

    def __repr__(self) -> str:
        return "Robot(…)"


def read(address: str, public: str) -> Robot:
    """The robot behind a stored address; `public` is the platform's own address up to the key."""
    place, _, secret = address.partition("#")
    return Robot(place if "://" in place else public + place, secret)


def normal(given: str, secret: str, public: str) -> str:
    """A given key or address in the one form it is stored in. Raises BadRobot."""
    place, _, signed = given.strip().partition("#")
    place = place.removeprefix(public)
    good = _is_url(place) if "://" in place else len(place) >= LEAST and place.replace("-", "").isalnum()
    joined = f"{place}#{secret or signed}" if secret or signed else place
    if not good or not place.isascii() or len(joined) > LONGEST:
        raise BadRobot
    return joined


def _is_url(place: str) -> bool:
    """Secrets do not travel in the clear; this machine is an exception."""
    try:
        parts = urlsplit(place)
    except ValueError:
        return False
    here = parts.hostname in LOOPBACK
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and here))
