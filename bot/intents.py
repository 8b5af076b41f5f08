"""Intents: what a text can mean, as a closed union of plain values. Codes are the short codes of the speaker's unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias, get_args

from bot.intents_bureau import (
    Admit,
    Announce,
    Behalf,
    Brief,
    CancelEvent,
    Confirm,
    Decide,
    MoveEvent,
    NudgeLate,
    Pause,
    Resume,
)
from bot.intents_wishes import DigestTime, EndLeave, Extend, Hint, NotOurs, TakeLeave, Transfer, TryOut

Claim: TypeAlias = Literal["", "receive", "report"]
When: TypeAlias = Literal["afternoon", "next_workday", "three_before"]
Shelf: TypeAlias = Literal["today", "week", "overdue", "list", "to_verify"]
SHELVES: Mapping[str, Shelf] = {shelf: shelf for shelf in get_args(Shelf)}
"""The lists, by the word that buttons and commands use."""


@dataclass(frozen=True, slots=True)
class Receive:
    """收12 15; without codes, of what the message replied to shows."""

    codes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """办12 文号…: `words` as typed; `amount` of `unit` where the words begin with one."""

    codes: tuple[int, ...] = ()
    words: str = ""
    amount: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Unsure:
    """Looks like an act and may mean something else: asked once, with buttons, before anything is done."""

    act: Literal["receive", "report"]
    codes: tuple[int, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Courtesy:
    """A greeting or thanks and nothing else; `kind` names the sentence that answers it."""

    kind: Literal["greeting", "thanks"]


@dataclass(frozen=True, slots=True)
class NotDone:
    """Says that something is not done, not yet, or asks whether it is. Never an act."""

    codes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Undo:
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Snooze:
    codes: tuple[int, ...] = ()
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Show:
    shelf: Shelf
    page: int = 1


@dataclass(frozen=True, slots=True)
class Look:
    """Only a code: show that part."""

    code: int


@dataclass(frozen=True, slots=True)
class Why:
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """登记 自方案发布之日 3月3日: `day` as typed, empty when there was none."""

    name: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """/start CODE."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    language: Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Help:
    pass


@dataclass(frozen=True, slots=True)
class Calendar:
    pass


@dataclass(frozen=True, slots=True)
class SignIn:
    """网页: a link into the web pages."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A sentence. `claims` what it seems to say of some duty: that it is done, that it is received, or nothing."""

    words: str
    claims: Claim = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No words at all."""


Wish: TypeAlias = Extend | NotOurs | Transfer | TakeLeave | EndLeave | DigestTime | TryOut | Hint
Ruling: TypeAlias = (
    Decide | NudgeLate | Behalf | Announce | Confirm | Pause | Resume | MoveEvent | CancelEvent | Brief | Admit
)
Intent: TypeAlias = (
    Receive
    | Report
    | Unsure
    | NotDone
    | Undo
    | Snooze
    | Show
    | Look
    | Why
    | Event
    | Start
    | Language
    | Help
    | Calendar
    | SignIn
    | Courtesy
    | Plain
    | Nothing
    | Wish
    | Ruling
)
