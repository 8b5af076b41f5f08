"""What the pages are given when the program is wired: the office, the clock, and two functions of other rooms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from schedules.plan import Plan
from schedules.roster import Roster
from storage.rows import Officer
from texts.values import Message
from usecases.audit import Report
from usecases.bulletin import Bulletin
from usecases.drafts import Doubt
from usecases.ledger_sheet import LedgerSheet
from usecases.office import Desk, Office
from usecases.roster_lists import ReadList
from usecases.take_ledger import SheetLine


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
class ReadPlan:
    """What a file gave: the plan, its key empty where the file has none, and what was not understood."""

    plan: Plan
    doubts: tuple[Doubt, ...] = ()


class CannotTake(Exception):
    """A file that gives no plan. `kind` names the sentences ``web.plans.cannot.<kind>``; nothing else of it is told."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Documents:
    """What the room of the documents can do, handed over when the program is wired: the pages do not know that room.

    `read` takes a file and its own name and raises CannotTake; `check` gives (place of the duty or None, sentence) in a
    language; `shipped` are the plans that come with the program.
    """

    read: Callable[[Path, str], ReadPlan]
    check: Callable[[Plan, str], Sequence[tuple[int | None, str]]]
    to_yaml: Callable[[Plan], str]
    shipped: Callable[[], Sequence[Plan]]


@dataclass(frozen=True, slots=True)
class Rosters:
    """The same for rosters: `read` takes a file and raises nothing; the others write workbooks in a language."""

    read: Callable[[Path], ReadList]
    template: Callable[[str], bytes]
    as_xlsx: Callable[[Roster, str], bytes]


@dataclass(frozen=True, slots=True)
class Sheets:
    """The same for ledgers and bulletins: `book` and `draft` write files in a language, `read` raises CannotTake."""

    book: Callable[[LedgerSheet, str], bytes]
    read: Callable[[Path], Sequence[SheetLine]]
    draft: Callable[[Bulletin, str], bytes]


class Audit(Protocol):
    """What the auditor last found; `trouble` in one line, empty while all is well; `well` whether the engine moves."""

    @property
    def report(self) -> Report | None: ...
    @property
    def trouble(self) -> str: ...
    @property
    def well(self) -> bool: ...


class Unaudited:
    """Where no auditor runs: under a clock that is moved by hand, and in tests."""

    report: Report | None = None
    trouble = ""
    well = True


@dataclass(frozen=True, slots=True)
class Site:
    office: Office
    clock: Clock
    converse: Converse
    wake: Wake
    movable: Movable | None = None
    documents: Documents | None = None
    rosters: Rosters | None = None
    sheets: Sheets | None = None
    troubles: Callable[[], Sequence[str]] = tuple
    """Why nothing comes in from a chat now, a line for each; for the readiness page."""
    pulse: Callable[[], datetime | None] = lambda: None
    """When the scheduler last finished a turn; None before the first, and where none runs."""
    audit: Audit = field(default_factory=Unaudited)

    @property
    def https(self) -> bool:
        return urlsplit(self.office.base_url).scheme == "https"
