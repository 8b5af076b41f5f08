"""What the pages show: the inbox of a person, one part in full, and the bureau's ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from schedules.civil import civil_date
from storage import deliveries, inbox, parts, people, plans, reminders, timeline
from storage.rows import InboxRow, Officer, PartRow, PlanRow, Unit
from texts.values import PartView
from usecases.answer import UNDOABLE
from usecases.errors import NoSuchPart, NotAllowed
from usecases.look import DONE, SEES_ALL, WEEK, may_see, to_verify, view, views
from usecases.office import Desk

SETTLED_STAYS = WEEK
"""How long a settled part is still shown in the inbox."""


@dataclass(frozen=True, slots=True)
class Card:
    """A part in somebody's inbox, with the rungs that lie there and since when the newest does."""

    part: PartView
    rungs: tuple[str, ...]
    lies_since: datetime
    undo_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class InboxPage:
    officer: Officer
    unit: Unit
    cards: tuple[Card, ...]
    settled: tuple[Card, ...]
    upcoming: int
    """Open parts whose first reminder is still to come."""
    talk: tuple[InboxRow, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """One row of a part's history."""

    at: datetime
    who: str
    on_behalf_of: str
    verb: str
    words: str
    door: str


@dataclass(frozen=True, slots=True)
class Told:
    """One reminder that went out, or lies in the inbox: to whom, when, through what, with which result."""

    at: datetime
    who: str
    rung: str
    channel: str
    state: str


@dataclass(frozen=True, slots=True)
class Coming:
    at: datetime
    who: str
    rung: str


@dataclass(frozen=True, slots=True)
class PartPage:
    part: PartView
    plan_title: str
    plan_number: str
    source: dict[str, object]
    siblings: tuple[PartView, ...]
    history: tuple[Moment, ...]
    told: tuple[Told, ...]
    coming: tuple[Coming, ...]
    may_answer: bool
    may_verify: bool
    undo_until: datetime | None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One occurrence over all its units: "3 of 5", and the parts behind it."""

    item: str
    title: str
    plan: str
    due: date
    done: int
    total: int
    parts: tuple[PartView, ...]

    @property
    def late(self) -> int:
        return sum(part.phase == "overdue" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The bureau's first screen: who is late, what needs a decision, what falls due this week; then every row."""

    plans: tuple[PlanRow, ...]
    units: tuple[Unit, ...]
    late: tuple[PartView, ...]
    to_decide: tuple[PartView, ...]
    this_week: tuple[PartView, ...]
    rows: tuple[LedgerRow, ...]
    unreachable: tuple[tuple[str, str], ...]
    """(unit, officer) pairs without a live chat."""
    counts: dict[str, int]


def inbox_page(desk: Desk, officer: Officer) -> InboxPage:
    """Everything a person's inbox shows now. Office hours hold back what would buzz a phone, not what lies here."""
    lying: dict[int, list[tuple[datetime, str]]] = {}
    for row in reminders.lying(desk.tx, officer.id, desk.now):
        lying.setdefault(row.part_id, []).append((row.lies_at, row.rung))
    held = [row for row in parts.of_unit(desk.tx, officer.unit_id) if row.plan_state == "on"]
    told = {**lying, **_others(desk, officer, lying)}
    shown = [row for row in [*held, *_foreign(desk, officer, held, lying)] if row.id in told and _fresh(desk, row)]
    undo = undoable(desk, officer)
    cards = [_card(part, told[part.id], undo.get(part.id)) for part in views(desk, shown)]
    open_ids = {row.id for row in shown if row.settled_at is None}
    unit = people.unit_by_id(desk.tx, officer.unit_id)
    assert unit is not None  # noqa: S101 a foreign key holds it
    return InboxPage(
        officer=officer,
        unit=unit,
        cards=tuple(sorted((c for c in cards if c.part.id in open_ids), key=_need)),
        settled=tuple(c for c in cards if c.part.id not in open_ids),
        upcoming=sum(row.settled_at is None and row.id not in told for row in held),
        talk=tuple(inbox.talk_of(desk.tx, "web", f"web:{officer.id}")),
    )


def part_page(desk: Desk, officer: Officer, uid: str) -> PartPage:
    """One part in full; the same answer for a missing and for a foreign one."""
    row = parts.by_uid(desk.tx, uid)
    if row is None or not may_see(officer, row):
        raise NoSuchPart("There is no such part; open it from your list.", code=uid)
    plan = plans.by_id(desk.tx, row.plan_id)
    duty = next(d for d in plans.duties(desk.tx, row.plan_id, live_only=False) if d.id == row.duty_id)
    names = {o.id: o.name for o in people.officers(desk.tx, active_only=False)}
    told, coming = _reminders(desk, row, names)
    sees_joint = officer.role in SEES_ALL or row.role == "lead"
    mine = officer.unit_id == row.unit_id and officer.role in ("officer", "deputy", "head", "bureau")
    return PartPage(
        part=view(desk, row),
        plan_title=plan.title if plan else "",
        plan_number=plan.number if plan else "",
        source=duty.source,
        siblings=tuple(views(desk, parts.of_occurrence(desk.tx, row.occurrence_id))) if sees_joint else (),
        history=tuple(_history(desk, row, names)),
        told=told,
        coming=coming,
        may_answer=mine and row.settled_at is None and row.state in ("open", "received"),
        may_verify=officer.role == "bureau" and row.state == "reported" and row.verification == "bureau",
        undo_until=undoable(desk, officer).get(row.id),
    )


def ledger(
    desk: Desk, officer: Officer, *, plan_key: str | None = None, state: str | None = None, unit: str | None = None
) -> Ledger:
    """Units × duties as the bureau sees them, overdue first. `state` is a phase word or a stored state."""
    if officer.role not in SEES_ALL:
        raise NotAllowed("The ledger is the bureau's; your own list is in the inbox.", role=officer.role)
    rows = [row for row in parts.all_parts(desk.tx, since=_ledger_since(desk)) if row.plan_state == "on"]
    shown = views(desk, rows)
    occurrence = {row.id: row.occurrence_id for row in rows}
    picked = [part for part in shown if _picked(part, plan_key, state, unit)]
    return Ledger(
        plans=tuple(plans.all_plans(desk.tx)),
        units=tuple(people.units(desk.tx)),
        late=tuple(part for part in shown if part.phase == "overdue"),
        to_decide=tuple(to_verify(desk)),
        this_week=tuple(
            p for p in shown if p.state in ("open", "received") and desk.today <= p.due <= desk.today + WEEK
        ),
        rows=tuple(_ledger_rows(picked, occurrence)),
        unreachable=tuple(_unreachable(desk)),
        counts={
            word: sum(part.state == word for part in shown) for word in ("open", "received", "reported", "verified")
        },
    )


def undoable(desk: Desk, officer: Officer) -> dict[int, datetime]:
    """Until when this person may take back their last act, by part."""
    rows = timeline.last_by(desk.tx, officer.id, desk.now - desk.office.undo_window)
    undone = {row.detail.get("undoes") for row in rows}
    found: dict[int, datetime] = {}
    for row in rows:
        if row.verb in UNDOABLE and row.id not in undone and row.part_id is not None:
            found.setdefault(row.part_id, row.at + desk.office.undo_window)
    return found


def _others(
    desk: Desk, officer: Officer, lying: dict[int, list[tuple[datetime, str]]]
) -> dict[int, list[tuple[datetime, str]]]:
    """Parts of the unit that this person acted on lately stay in sight, reminded or not."""
    return {part_id: [(desk.now, "acted")] for part_id in undoable(desk, officer) if part_id not in lying}


def _foreign(
    desk: Desk, officer: Officer, held: Sequence[PartRow], lying: dict[int, list[tuple[datetime, str]]]
) -> list[PartRow]:
    """What the bureau is reminded of belongs to other units."""
    own = {row.id for row in held}
    found = parts.by_ids(desk.tx, [part_id for part_id in lying if part_id not in own])
    return [row for row in found.values() if officer.role in SEES_ALL and row.plan_state == "on"]


def _fresh(desk: Desk, row: PartRow) -> bool:
    return row.settled_at is None or desk.now - row.settled_at < SETTLED_STAYS


def _card(part: PartView, told: list[tuple[datetime, str]], undo_until: datetime | None) -> Card:
    newest = sorted(told)
    return Card(part, tuple(rung for _, rung in newest), newest[-1][0], undo_until)


def _need(card: Card) -> tuple[date, int]:
    """The newest need on top: the nearest due date first, so overdue before everything."""
    return card.part.due, card.part.code


def _reminders(desk: Desk, row: PartRow, names: dict[int, str]) -> tuple[tuple[Told, ...], tuple[Coming, ...]]:
    rows = reminders.of_parts(desk.tx, [row.id])
    ways: dict[int, list[tuple[str, str, datetime]]] = {}
    for reminder_id, delivery in deliveries.of_reminders(desk.tx, [r.id for r in rows]):
        ways.setdefault(reminder_id, []).append((delivery.channel, delivery.state, delivery.sent_at or delivery.at))
    told = [
        Told(at, names.get(r.officer_id, ""), r.rung, channel, state)
        for r in rows
        if r.state == "handed"
        for channel, state, at in ways.get(r.id, [("web", "sent", r.handed_at or r.lies_at)])
    ]
    coming = [Coming(r.push_at, names.get(r.officer_id, ""), r.rung) for r in rows if r.state == "planned"]
    return tuple(told), tuple(coming)


def _history(desk: Desk, row: PartRow, names: dict[int, str]) -> list[Moment]:
    return [
        Moment(t.at, names.get(t.officer_id or 0, ""), names.get(t.on_behalf_of or 0, ""), t.verb, t.words, t.door)
        for t in timeline.of_part(desk.tx, row.id)
    ]


def _ledger_since(desk: Desk) -> date:
    """The ledger opens with this year's and last year's parts; older ones are in the exports."""
    return date(civil_date(desk.now, desk.office.zone).year - 1, 1, 1)


def _picked(part: PartView, plan_key: str | None, state: str | None, unit: str | None) -> bool:
    return (
        (not plan_key or part.plan_key == plan_key)
        and (not state or state in (part.state, part.phase))
        and (not unit or part.unit == unit)
    )


def _ledger_rows(picked: Sequence[PartView], occurrence: dict[int, int]) -> list[LedgerRow]:
    grouped: dict[int, list[PartView]] = {}
    for part in picked:
        grouped.setdefault(occurrence[part.id], []).append(part)
    rows = [
        LedgerRow(
            item=held[0].item,
            title=held[0].title,
            plan=held[0].plan,
            due=held[0].due,
            done=sum(part.state in DONE for part in held),
            total=sum(part.state != "waived" for part in held),
            parts=tuple(held),
        )
        for held in grouped.values()
    ]
    return sorted(rows, key=lambda row: (not row.late, row.due, row.item))


def _unreachable(desk: Desk) -> list[tuple[str, str]]:
    units = {unit.id: unit.name for unit in people.units(desk.tx)}
    liaison = [o for o in people.officers(desk.tx) if o.role == "officer"]
    reached = {contact.officer_id for contact in people.contacts(desk.tx, [o.id for o in liaison])}
    return [(units[o.unit_id], o.name) for o in liaison if o.id not in reached]
