"""What the API takes and gives, as models: the OpenAPI document is made from them, and requests are checked by them."""

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST = 2000


def _exact_day(value: object) -> object:
    if not isinstance(value, str) or not _ISO_DAY.fullmatch(value):
        raise ValueError("a day is written as 2026-12-31")
    return value


def _visible(text: str) -> str:
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})


Day = Annotated[date, BeforeValidator(_exact_day)]
"""ISO 8601, and nothing that merely can be read as a date."""
Words = Annotated[str, Field(max_length=LONGEST), AfterValidator(_visible)]
State = Literal["open", "received", "reported", "verified", "refused", "waived", "lapsed"]
Verb = Literal[
    "receive", "report", "refuse", "extend", "undo", "verify", "return", "grant", "decline", "waive", "reopen"
]
Scope = Literal["read", "answer", "decide", "events"]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Problem(Model):
    """What went wrong, as RFC 9457 has it; `key` names the reason for a program."""

    title: str
    status: int
    detail: str
    key: str = ""


class PlanOut(Model):
    key: str
    title: str
    number: str
    issuer: str
    issued: date
    state: Literal["on", "off"]
    duties: int


class Plans(Model):
    plans: list[PlanOut]


class PartOut(Model):
    """One unit's share of one due date. `phase` is derived from dates; `days_left` counts working days."""

    uid: str
    code: int
    plan: str
    item: str
    title: str
    unit: str
    role: Literal["lead", "responsible", "support"]
    state: State
    phase: Literal["upcoming", "due_soon", "overdue", "waiting", "late", "settled"]
    due: date
    original_due: date
    days_left: int
    counted: str
    target: str
    unit_of_measure: str
    note: str
    reason: str
    received_at: datetime | None
    received_by: str
    reported_at: datetime | None
    reported_by: str
    units_done: int
    units: int


class Parts(Model):
    """A page of parts. `next` goes into `after` for the following page; null on the last."""

    parts: list[PartOut]
    next: str | None


class MomentOut(Model):
    at: datetime
    verb: str
    who: str
    on_behalf_of: str
    door: str
    words: str


class Timeline(Model):
    moments: list[MomentOut]


class AnswerIn(Model):
    """What is done. `words`: the note or the reason; `amount` for duties that count; `day` for extend and grant."""

    verb: Verb
    words: Words = ""
    amount: Annotated[str, Field(pattern=r"^[0-9]{1,7}(\.[0-9]{1,4})?$")] | None = None
    day: Day | None = None


class AnswerOut(Model):
    """`repeated`: somebody had done it before, and nothing was changed."""

    verb: str
    repeated: bool
    by: str
    at: datetime
    part: PartOut


class EventIn(Model):
    plan: Annotated[str, Field(min_length=1, max_length=60)]
    name: Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_visible)]
    day: Day


class EventOut(Model):
    id: int
    plan: str
    name: str
    day: date
    parts: int


class EventRow(Model):
    id: int
    plan: str
    name: str
    day: date


class Events(Model):
    events: list[EventRow]


class TallyOut(Model):
    due: int
    on_time: int
    late: int
    overdue: int
    lapsed: int
    returned: int
    extended: int
    waived: int
    on_time_rate: float | None


class UnitTally(Model):
    unit: str
    tally: TallyOut


class Statistics(Model):
    first: date
    last: date
    total: TallyOut
    units: list[UnitTally]


class NoQuery(Model):
    pass


class PartsQuery(Model):
    plan: Annotated[str, Field(max_length=60)] | None = None
    unit: Annotated[str, Field(max_length=120)] | None = None
    state: State | None = None
    due_from: Day | None = None
    due_to: Day | None = None
    after: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,9}$")] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class StatisticsQuery(Model):
    first: Day | None = None
    last: Day | None = None


class EventsQuery(Model):
    plan: Annotated[str, Field(max_length=60)] | None = None
