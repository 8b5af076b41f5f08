"""The kinds of values that settings hold: zones, addresses, lists of words and of machines."""

import re
from ipaddress import ip_network
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError


def zone(name: object) -> object:
    try:
        return ZoneInfo(name) if isinstance(name, str) else name
    except (KeyError, ValueError, OSError) as error:
        raise PydanticCustomError("zone", "no such time zone") from error


def upper(word: object) -> object:
    return word.upper() if isinstance(word, str) else word


def address(schemes: set[str]) -> AfterValidator:
    def check(text: str) -> str:
        found = urlsplit(text)
        if found.scheme not in schemes or not found.hostname:
            raise PydanticCustomError("address", "no address")
        return text.rstrip("/")

    return AfterValidator(check)


def words_of(known: set[str]) -> AfterValidator:
    """Words with spaces or commas between; `known` empty: whatever could be the name of a service."""

    def check(text: str) -> str:
        words = text.lower().replace(",", " ").replace("，", " ").split()
        if any(word not in known if known else not word.isalnum() for word in words):
            raise PydanticCustomError("words", "no such word", {"expected": " ".join(sorted(known))})
        return " ".join(words)

    return AfterValidator(check)


def places(text: str) -> str:
    """Machines by name, and networks, with spaces or commas between."""
    words = text.lower().replace(",", " ").replace("，", " ").split()
    if not all(_is_network(word) or MACHINE.fullmatch(word) for word in words):
        raise PydanticCustomError("places", "no such place")
    return " ".join(words)


def _is_network(word: str) -> bool:
    try:
        ip_network(word, strict=False)
    except ValueError:
        return False
    return True


MACHINE = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
"""A machine's name as DNS has it; its last label begins with a letter, so that no number is taken for a name."""

Address = Annotated[str, address({"http", "https"})]
SocketAddress = Annotated[str, address({"ws", "wss"})]
Proxy = Annotated[str, address({"http", "https", "socks5", "socks5h"})]
