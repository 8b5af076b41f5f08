"""One part in full: where it comes from, who was told what, every answer, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import deliveries, extensions, parts, people, plans, reminders
from storage.rows import DeliveryRow, Evidence, Extension, Officer, PartRow, ReminderRow, Unit
from texts.values import PartView
from usecases.errors import NoSuchPart
from usecases.evidence import of_part
from usecases.fallback import UNCONFIRMED
from usecases.history import Moment, histories
from usecases.look import SEES_ALL, may_see, view, views
from usecases.offers import offers
from usecases.office import Desk
from usecases.owing import HELD
from usecases.page_inbox import ANSWERING, undoable
from usecases.remit import covers, remit, within_reach


@dataclass(frozen=True, slots=True)
class Told:
    """One reminder that went out, or lies in the inbox: to whom, when, through what, with which result."""

    at: datetime
    who: str
    rung: str
    channel: str
    state: str
    audience: str = "officer"
    meant_for: str = ""
    """Whom it was planned for, where somebody else heard it instead."""


@dataclass(frozen=True, slots=True)
class Coming:
    at: datetime
    who: str
    rung: str
    audience: str
    held: bool = False
    """Held back by the bureau: it will not leave."""


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
    offers: frozenset[str]
    undo_until: datetime | None
    files: tuple[Evidence, ...] = ()
    timings: tuple[Mapping[str, Any], ...] = ()
    """The rules that gave the dates, as the plan's file says them."""
    extensions: tuple[Extension, ...] = ()
    staff: tuple[Officer, ...] = ()
    """Who answers for the unit."""
    units: tuple[Unit, ...] = ()
    """Where the bureau may move it."""


def part_page(desk: Desk, officer: Officer, uid: str) -> PartPage:
    """One part in full; the same answer for a missing and for a foreign one."""
    row = parts.by_uid(desk.tx, uid)
    if row is None or not may_see(desk, officer, row):
        raise NoSuchPart("There is no such part; open it from your list.", code=uid)
    plan = plans.by_id(desk.tx, row.plan_id)
    duty = next(d for d in plans.duties(desk.tx, row.plan_id, live_only=False) if d.id == row.duty_id)
    names = {o.id: o.name for o in people.officers(desk.tx, active_only=False)}
    told, coming = _reminders(desk, row, names)
    within = remit(desk, officer)
    beside = parts.of_occurrence(desk.tx, row.occurrence_id)
    joint = (
        beside if row.role == "lead" else [one for one in beside if officer.role in SEES_ALL and covers(within, one)]
    )
    part = view(desk, row)
    offered = offers(desk, officer, row, part)
    return PartPage(
        part=part,
        plan_title=plan.title if plan else "",
        plan_number=plan.number if plan else "",
        source=duty.source,
        siblings=tuple(views(desk, joint)),
        history=histories(desk, [row.id]).get(row.id, ()),
        told=told,
        coming=coming,
        offers=offered,
        undo_until=undoable(desk, officer).get(row.id),
        files=tuple(of_part(desk, officer, row.id)),
        timings=tuple(duty.timings),
        extensions=tuple(extensions.of_part(desk.tx, row.id)),
        staff=tuple(one for one in people.officers_of(desk.tx, row.unit_id) if one.role in ANSWERING),
        units=tuple(within_reach(desk, within)) if "reroute" in offered else (),
    )


def _reminders(desk: Desk, row: PartRow, names: dict[int, str]) -> tuple[tuple[Told, ...], tuple[Coming, ...]]:
    rows = reminders.of_parts(desk.tx, [row.id])
    ways: dict[int, list[tuple[str, str, str, datetime]]] = {}
    for reminder_id, delivery in deliveries.of_reminders(desk.tx, [r.id for r in rows]):
        who = names.get(delivery.officer_id, "") if delivery.officer_id else row.unit_name
        at = delivery.sent_at or delivery.at
        ways.setdefault(reminder_id, []).append((who, delivery.channel, _how_far(delivery), at))
    told = [
        Told(at, who, r.rung, channel, state, r.audience, _instead(names.get(r.officer_id, ""), who, row.unit_name))
        for r in rows
        if r.state == "handed"
        for who, channel, state, at in ways.get(r.id, [_in_the_inbox(r, names)])
    ]
    coming = [
        Coming(r.push_at, names.get(r.officer_id, ""), r.rung, r.audience, held=r.reason == HELD)
        for r in rows
        if r.state == "planned" or (r.state == "superseded" and r.reason == HELD and row.settled_at is None)
    ]
    return tuple(told), tuple(coming)


def _instead(wanted: str, who: str, unit: str) -> str:
    return wanted if who not in {wanted, unit} else ""


def _in_the_inbox(r: ReminderRow, names: Mapping[int, str]) -> tuple[str, str, str, datetime]:
    return names.get(r.officer_id, ""), "web", "sent", r.handed_at or r.lies_at


def _how_far(delivery: DeliveryRow) -> str:
    """Its state; of a service that confirms nothing, sent means handed to it and no more."""
    unsure = delivery.state == "sent" and delivery.channel in UNCONFIRMED
    return "unconfirmed" if unsure else delivery.state
