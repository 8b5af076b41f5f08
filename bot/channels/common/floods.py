"""How much one person is listened to: a chat that pours messages in costs us one sentence and no parsing.

Counted by the moment it was said, or came in where no moment is told, and kept in mind only: a restart forgives. People
of the office get three hundred at once and two more a second, which nobody reaches by hand, also not with what waited
while we were down; somebody we do not know gets ten answers an hour, so that a mistyped code can be typed again and a
thousand codes cannot be tried.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.channels.pacing import Bucket

KNOWN = (300, 0.5)
STRANGE = (10, 360.0)
"""(how many at once, seconds until one more)."""
MOST = 10_000
"""People kept in mind; the longest silent goes first."""

Verdict = Literal["hear", "tell", "drop"]


@dataclass(slots=True)
class _Listened:
    bucket: Bucket
    told: bool = False


@dataclass(slots=True)
class Floods:
    """`weigh` says what to do with one more message: hear it, say once that it is too much, or drop it silently."""

    _people: dict[tuple[str, bool], _Listened] = field(default_factory=dict)

    def weigh(self, person: str, at: datetime, *, known: bool) -> Verdict:
        listened = self._people.pop((person, known), None) or _Listened(Bucket(*(KNOWN if known else STRANGE)))
        self._people[person, known] = listened
        if len(self._people) > MOST:
            del self._people[next(iter(self._people))]
        moment = at.timestamp()
        if not listened.bucket.wait(moment):
            listened.bucket.take(moment)
            listened.told = False
            return "hear"
        told, listened.told = listened.told, True
        return "drop" if told else "tell"


def said_at(told: datetime | None, came: datetime) -> datetime:
    """The platform's moment where it tells one, so that what waited for us is no flood; never later than it came in."""
    return min(told or came, came)
