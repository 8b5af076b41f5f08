"""What storage hands out: one frozen value per kind of row. Field names are the column names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Result, RowMapping

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unit:
    id: int
    name: str
    short: str
    parent_id: int | None
    categories: list[str]
    sample: bool
    next_code: int


@dataclass(frozen=True, slots=True)
class Officer:
    """A person of a unit. `role`: officer, deputy, head, bureau, auditor or administrator."""

    id: int
    unit_id: int
    name: str
    role: str
    position: str
    language: str
    digest_at: str
    """HH:MM, when this person wants the day's reminders; empty: when the office sends them."""
    active: bool
    sample: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach a person; the lowest `position` is tried first."""

    id: int
    officer_id: int
    channel: str
    address: str
    position: int
    options: dict[str, Any]
    state: str
    reason: str
    bound_at: datetime


@dataclass(frozen=True, slots=True)
class GroupChat:
    """A group, or a topic of one, that hears a unit's reminders."""

    id: int
    unit_id: int
    channel: str
    address: str
    state: str
    reason: str
    bound_by: int | None
    bound_at: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """A hashed secret. `kind`: invite, link, session or feed."""

    id: int
    kind: str
    digest: str
    officer_id: int | None
    scope: str
    subject_id: int | None
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    last_agent: str
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlanRow:
    id: int
    key: str
    title: str
    short: str
    number: str
    issuer: str
    issued: date
    begins: date
    ends: date | None
    verification: str
    confidential: bool
    due_on_holiday: str
    counted_on_holiday: str
    groups: dict[str, Any]
    aliases: dict[str, str]
    sample: bool
    state: str
    revision: int
    tracked_from: date
    imported_at: datetime

    @property
    def heading(self) -> str:
        return self.short or self.title


@dataclass(frozen=True, slots=True)
class DutyRow:
    id: int
    plan_id: int
    key: str
    item: str
    position: int
    section: str
    title: str
    text: str
    kind: str
    roles: dict[str, list[str]]
    timings: list[dict[str, Any]]
    ongoing: bool
    any_one: bool
    measure: str
    source: dict[str, Any]
    digest: str
    state: str


@dataclass(frozen=True, slots=True)
class EventRow:
    id: int
    plan_id: int
    name: str
    day: date
    key: str
    note: str
    officer_id: int | None
    registered_at: datetime
    cancelled_at: datetime | None


@dataclass(frozen=True, slots=True)
class OccurrenceRow:
    id: int
    duty_id: int
    rule_day: date
    due: date
    stage: str
    event_key: str
    period_start: date | None
    period_end: date | None
    target: Decimal
    unit_of_measure: str
    provisional: bool
    state: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part with all that is needed to speak of it: its occurrence, duty, plan and unit in one value."""

    id: int
    uid: str
    occurrence_id: int
    unit_id: int
    role: str
    code: int
    state: str
    due: date
    counted: Decimal
    note: str
    reason: str
    received_at: datetime | None
    received_by: int | None
    reported_at: datetime | None
    reported_by: int | None
    settled_at: datetime | None
    delegate_id: int | None
    came_from: int | None
    rerouted_to: int | None
    sequence: int
    created_at: datetime
    changed_at: datetime
    occurrence_due: date
    rule_day: date
    stage: str
    event_key: str
    period_start: date | None
    period_end: date | None
    target: Decimal
    unit_of_measure: str
    provisional: bool
    duty_id: int
    item: str
    section: str
    title: str
    text: str
    kind: str
    measure: str
    any_one: bool
    plan_id: int
    plan_key: str
    plan_title: str
    plan_heading: str
    plan_state: str
    verification: str
    confidential: bool
    unit_name: str
    received_name: str | None
    reported_name: str | None
    delegate_name: str | None
    came_from_unit: str | None
    rerouted_unit: str | None


@dataclass(frozen=True, slots=True)
class Sibling:
    """One of the parts of an occurrence, as far as the others need to know."""

    id: int
    occurrence_id: int
    unit: str
    role: str
    state: str
    reason: str
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Extension:
    """More time, asked for one part. `state`: asked, granted, declined or withdrawn."""

    id: int
    part_id: int
    state: str
    old_due: date
    asked_due: date
    granted_due: date | None
    reason: str
    asked_by: int | None
    asked_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    decision: str


@dataclass(frozen=True, slots=True)
class Joining:
    """Somebody unknown asks to join. `state`: asked, approved, declined or lapsed; `officer_id`: whom it became.

    `channel` and `address` are the chat; of a request from the page, ``web`` and how its writer can be reached.
    """

    id: int
    channel: str
    address: str
    name: str
    unit_said: str
    """The unit as it was typed; it may be none of ours."""
    note: str
    """A word to whoever decides; only a request from the page has one."""
    state: str
    asked_at: datetime
    officer_id: int | None
    decided_by: int | None
    decided_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class CopyTo:
    """Somebody who gets a copy (抄送) of a unit's 督办单 (`letter` head) or of its lines of the 通报 (bureau)."""

    id: int
    unit_id: int
    officer_id: int
    letter: str


@dataclass(frozen=True, slots=True)
class Leave:
    """A person is away from `first_day` to `last_day`, both included; `deputy_id` stands in."""

    id: int
    officer_id: int
    deputy_id: int | None
    first_day: date
    last_day: date
    created_by: int | None
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is reminded of until that day is over: of one plan, or of everything."""

    id: int
    plan_id: int | None
    until: date
    reason: str
    created_by: int | None
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that came with a report. `state`: waiting (to be fetched), stored, or refused with a `reason`."""

    id: int
    uid: str
    part_id: int
    officer_id: int | None
    state: str
    name: str
    media_type: str
    size: int
    sha256: str
    channel: str
    source: dict[str, Any]
    reason: str
    attempts: int
    next_try_at: datetime | None
    created_at: datetime
    stored_at: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """What Ruqi asked last in a chat and waits to hear: a date, a reason, a unit (`asks`), about these parts."""

    id: int
    channel: str
    address: str
    officer_id: int
    asks: str
    part_ids: list[int]
    words: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Announcement:
    """A text of the bureau to many. `state`: draft, sent or dropped."""

    id: int
    text: str
    audience: dict[str, Any]
    recipients: int
    state: str
    created_by: int
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Hook:
    """An address of another program that is told of events. `state`: live, dead with a `reason`, or removed."""

    id: int
    url: str = field(repr=False)
    secret: str = field(repr=False)
    """What signs; whoever knows it can speak in our name."""
    events: list[str]
    state: str
    reason: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ReminderRow:
    id: int
    part_id: int
    officer_id: int
    rung: str
    due: date
    audience: str
    lies_at: datetime
    push_at: datetime
    state: str
    reason: str
    handed_at: datetime | None


Claim: TypeAlias = tuple[int, int]
"""(delivery id, number of the attempt): one process's hold on a message, and no other's after it."""


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One message on its way. `kind`: digest (from reminders), say (an answer or a notice), edit (a live card).

    report (the bureau's own mail) and hook (an event for another program) are written when they leave.
    """

    id: int
    officer_id: int | None
    channel: str
    address: str
    kind: str
    key: str | None
    body: dict[str, Any]
    state: str
    at: datetime
    next_try_at: datetime
    attempt: int
    owner: str
    lease_until: datetime | None
    ambiguous: int
    message_ref: str
    text: str
    reason: str
    created_at: datetime
    sent_at: datetime | None
    begun: bool = True
    """False from a claim until its sending may begin: so long nothing of this attempt has left, whatever happens."""

    @property
    def claim(self) -> Claim:
        return self.id, self.attempt


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One thing that came in, as it came in."""

    id: int
    channel: str
    account: str
    source_id: str
    payload: dict[str, Any]
    received_at: datetime
    handled_at: datetime | None
    attempts: int
    error: str
    officer_id: int | None
    reply: Any


@dataclass(frozen=True, slots=True)
class TimelineRow:
    id: int
    at: datetime
    verb: str
    plan_id: int | None
    part_id: int | None
    officer_id: int | None
    on_behalf_of: int | None
    door: str
    words: str
    answered: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal over the rows behind `after_row` up to `last_row`. `key`: the name of the key its code was made with."""

    number: int
    at: datetime
    after_row: int
    last_row: int
    rows: str
    previous: str
    key: str
    code: str


def one(kind: type[T], row: Mapping[str, Any] | RowMapping | None) -> T | None:
    return None if row is None else kind(**row)


SHARED = frozenset({str, date, datetime})
AT_ONCE = 500
"""How many rows are asked of the driver in one go: one by one costs as much again as reading them."""


def many(kind: type[T], rows: Result[Any], *, share: bool = False) -> list[T]:
    """One value for each row. The columns need not stand in the order of the fields, but have to be just these.

    With `share` equal texts and dates of several rows are one object: a province's parts say the same again and again.
    """
    place = {name: n for n, name in enumerate(rows.keys())}
    order = [place.pop(one.name) for one in fields(kind)]  # type: ignore[arg-type] # every kind is a dataclass
    if place:
        raise TypeError(f"{kind.__name__} has no {', '.join(place)}")
    make: Callable[..., T] = kind
    each = chain.from_iterable(rows.partitions(AT_ONCE))
    picked: Iterable[Any] = each if order == sorted(order) else map(itemgetter(*order), each)
    if not share:
        return [make(*row) for row in picked]
    seen: dict[Any, Any] = {}
    return [make(*[seen.setdefault(v, v) if type(v) in SHARED else v for v in row]) for row in picked]
