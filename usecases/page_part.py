"""One part in full: where it comes from, who was told what, every answer, and what comes next."""

from dataclasses import dataclass
from datetime import datetime

from storage import deliveries, parts, people, plans, reminders, timeline
from storage.rows import Evidence, Officer, PartRow
from texts.values import PartView
from usecases.errors import NoSuchPart
from usecases.evidence import of_part
from usecases.look import SEES_ALL, may_see, view, views
from usecases.office import Desk
from usecases.page_inbox import undoable


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
    audience: str


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
    files: tuple[Evidence, ...] = ()


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
        files=tuple(of_part(desk, officer, row.id)),
    )


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
    coming = [Coming(r.push_at, names.get(r.officer_id, ""), r.rung, r.audience) for r in rows if r.state == "planned"]
    return tuple(told), tuple(coming)


def _history(desk: Desk, row: PartRow, names: dict[int, str]) -> list[Moment]:
    return [
        Moment(t.at, names.get(t.officer_id or 0, ""), names.get(t.on_behalf_of or 0, ""), t.verb, t.words, t.door)
        for t in timeline.of_part(desk.tx, row.id)
    ]
