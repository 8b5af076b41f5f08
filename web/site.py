"""What the pages are given when the program is wired: the office, the clock, and two functions of other rooms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from storage.rows import Officer
from texts.values import Message
from usecases.office import Desk, Office


class Clock(Protocol):
    def now(self) -> datetime: ...


class Movable(Protocol):
    """A clock that stands until somebody moves it: the time machine for trying a plan out."""

    def next_day(self) -> object: ...
    def advance(self, step: timedelta, /) -> object: ...


@dataclass(frozen=True, slots=True)
class Incoming:
    """What one officer says in the web inbox: free text, or a button's data. `source` is the form's own id."""

    address: str
    text: str = ""
    button: str = ""
    source: str = ""
    channel: str = "web"
    reply_to: str = ""


class Reply(Protocol):
    """What the conversation answers: messages, and a few words for a pressed button."""

    @property
    def messages(self) -> tuple[Message, ...]: ...
    @property
    def toast(self) -> str: ...


Converse = Callable[[Desk, Officer, Incoming], Reply]
"""The conversation engine, the same as in chat. It acts within the desk's transaction."""

Wake = Callable[[], object]
"""Tells the scheduler to run a beat and returns when it has run, or after 10 s."""


@dataclass(frozen=True, slots=True)
class Site:
    office: Office
    clock: Clock
    converse: Converse
    wake: Wake
    movable: Movable | None = None

    @property
    def https(self) -> bool:
        return urlsplit(self.office.base_url).scheme == "https"
