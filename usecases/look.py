"""Looking: parts as a person is told of them, at one moment. Nothing here changes anything."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from schedules.civil import civil_date
from schedules.lifecycle import State, phase
from storage import deliveries, evidences, extensions, parts, people
from storage.rows import Extension, Officer, PartRow, Sibling, Unit
from texts.values import CountedFrom, PartView
from usecases.counting import counted_from
from usecases.errors import NoSuchPart, NotYours
from usecases.office import Desk
from usecases.remit import OVERSEERS, bureaus, covers, reaches, remit

SEES_ALL = OVERSEERS
"""Roles that see all parts of the units they reach (`usecases.remit`); the others see their own list."""
DONE = frozenset({"reported", "verified"})
OWED = frozenset({"open", "received"})
"""States in which the unit itself still has something to do."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Joint:
    """How one occurrence stands over all units it is asked of; who is let off counts neither as done nor as missing."""

    total: int = 0
    done: int = 0
    missing: tuple[str, ...] = ()
    """The units whose parts the lead waits for."""


def is_asked(row: PartRow) -> bool:
    """Whether the unit may still be reminded of it: it is theirs to do, and the plan is followed."""
    return row.state in OWED and row.settled_at is None and row.plan_state == "on"


def is_missing(row: Sibling | PartRow) -> bool:
    """Whether a lead waits for it: asked of a unit that does not lead itself, and not in yet."""
    return row.role != "lead" and row.state not in DONE and row.settled_at is None


def view(desk: Desk, row: PartRow) -> PartView:
    return views(desk, [row])[0]


def views(desk: Desk, rows: Sequence[PartRow]) -> list[PartView]:
    joints = _joints(desk, rows)
    verifies = _verifies(desk, {row.unit_id for row in rows if row.verification == "bureau"})
    ids = [row.id for row in rows]
    more_time, files = extensions.of_parts(desk.tx, ids), evidences.counts(desk.tx, ids)
    counted = counted_from(desk, rows)
    return [
        written(
            desk,
            row,
            joint=joints.get(row.occurrence_id, Joint()),
            bureau=verifies.get(row.unit_id, ""),
            more_time=more_time.get(row.id, ()),
            files=files.get(row.id, 0),
            counted=counted.get(row.id),
        )
        for row in rows
    ]


def open_parts(desk: Desk, officer: Officer) -> list[PartView]:
    """What the officer's unit still owes, the nearest due date first."""
    rows = [row for row in parts.of_unit(desk.tx, officer.unit_id) if row.settled_at is None and row.plan_state == "on"]
    return views(desk, rows)


def today(desk: Desk, officer: Officer) -> list[PartView]:
    """Overdue, due today, or to be acted on today because the due date falls on a day off."""
    return [part for part in open_parts(desk, officer) if part.last_workday <= desk.today and part.state in OWED]


def week(desk: Desk, officer: Officer) -> list[PartView]:
    """What has to be done within the next seven days, overdue included."""
    return [part for part in open_parts(desk, officer) if part.last_workday <= desk.today + WEEK]


def overdue(desk: Desk, officer: Officer) -> list[PartView]:
    """Past due and not reported: what waits for the bureau is the bureau's to do."""
    return [part for part in open_parts(desk, officer) if part.due < desk.today and part.state in OWED]


def to_verify(desk: Desk, officer: Officer) -> list[PartView]:
    """Reported parts that wait for the bureau, of the units that the person's role reaches."""
    within = remit(desk, officer)
    return views(desk, [row for row in parts.to_verify(desk.tx) if covers(within, row)])


def by_id(desk: Desk, officer: Officer, part_id: int) -> PartView:
    return view(desk, row_for(desk, officer, part_id))


def by_code(desk: Desk, officer: Officer, code: int) -> PartView:
    """The part with that short code in the officer's own unit."""
    row = parts.by_code(desk.tx, officer.unit_id, code)
    if row is None:
        raise NoSuchPart(f"Unit {officer.unit_id} has no part with the code {code}; look at the list.", code=code)
    return view(desk, row)


def with_code(desk: Desk, officer: Officer, code: int) -> list[PartView]:
    """The parts with that short code of every unit that the person's role reaches, of plans that are followed."""
    within = remit(desk, officer)
    rows = [row for row in parts.with_code(desk.tx, code) if row.plan_state == "on" and covers(within, row)]
    return views(desk, rows)


def of_unit_named(desk: Desk, officer: Officer, unit: str, code: int) -> PartView:
    """A part of another unit, named by the unit's name or short name and the code: for those who see all units."""
    for found in people.units(desk.tx):
        if unit in (found.name, found.short):
            row = parts.by_code(desk.tx, found.id, code)
            if row is not None:
                return by_id(desk, officer, row.id)
    raise NoSuchPart(f"There is no part {code} of {unit}; look at the ledger.", code=code, unit=unit)


def shown_in(desk: Desk, channel: str, address: str, message_ref: str) -> list[int]:
    """The ids of the parts that a message of ours shows, in its order; empty when it is none of ours."""
    delivery = deliveries.by_message(desk.tx, channel, address, message_ref)
    return [] if delivery is None else [part_id for part_id, _ in deliveries.items(desk.tx, delivery.id)]


def row_for(desk: Desk, officer: Officer, part_id: int) -> PartRow:
    """The stored part, if this person may see it: rights are read at the moment of the act."""
    row = stored(desk, part_id)
    if not may_see(desk, officer, row):
        raise NotYours(f"Part {part_id} belongs to {row.unit_name}; nothing was changed.", unit=row.unit_name)
    return row


def stored(desk: Desk, part_id: int) -> PartRow:
    """The stored part for Ruqi itself, which tells each person only of what is theirs."""
    row = parts.by_id(desk.tx, part_id)
    if row is None:
        raise NoSuchPart(f"There is no part {part_id}; look at the list.", code=part_id)
    return row


def may_see(desk: Desk, officer: Officer, row: PartRow) -> bool:
    """Whether the part's unit is the person's own, or one that their role reaches."""
    return reaches(desk, officer, row.unit_id)


def _joints(desk: Desk, rows: Sequence[PartRow]) -> dict[int, Joint]:
    """Only a lead hears who is missing; for the others the database counts, a task of thousands of units included."""
    led = {row.occurrence_id for row in rows if row.role == "lead"}
    counts = parts.shares(desk.tx, {row.occurrence_id for row in rows} - led, done=DONE)
    found: dict[int, list[Sibling]] = {}
    for sibling in parts.siblings(desk.tx, led) if led else ():
        found.setdefault(sibling.occurrence_id, []).append(sibling)
    joints = {occurrence_id: Joint(asked, done) for occurrence_id, (asked, done) in counts.items()}
    return joints | {occurrence_id: joint_of(mine) for occurrence_id, mine in found.items()}


def joint_of(rows: Sequence[Sibling]) -> Joint:
    asked = [row for row in rows if row.state != "waived"]
    missing = tuple(row.unit for row in asked if is_missing(row))
    return Joint(len(asked), sum(row.state in DONE for row in asked), missing)


def bureau_of(all_units: Iterable[Unit], officers: Iterable[Officer]) -> str:
    """The unit that verifies, as people call it; empty where the roster names no bureau."""
    units = {unit.id: unit for unit in all_units}
    found = (units[officer.unit_id] for officer in officers if officer.role == "bureau")
    return next((unit.short or unit.name for unit in found), "")


def _verifies(desk: Desk, unit_ids: Collection[int]) -> dict[int, str]:
    """The unit that verifies for each of these, as people call it; none where the roster names no bureau."""
    if not unit_ids:
        return {}
    found = bureaus(desk)
    names = {one.id: one.short or one.name for one in people.units(desk.tx)} if found.staff else {}
    near = {unit_id: found.over(unit_id) for unit_id in unit_ids}
    return {unit_id: names[staff[0].unit_id] for unit_id, staff in near.items() if staff}


def written(  # noqa: PLR0913 what is read at once for many parts
    desk: Desk,
    row: PartRow,
    *,
    joint: Joint,
    bureau: str,
    more_time: Sequence[Extension] = (),
    files: int = 0,
    counted: CountedFrom | None = None,
) -> PartView:
    """A part as a person is told of it, from what was read before."""
    reported_on = civil_date(row.reported_at, desk.office.zone) if row.reported_at else None
    state = State(row.state)
    asked = next((extension for extension in more_time if extension.state == "asked"), None)
    extended = row.due != row.occurrence_due and any(extension.state == "granted" for extension in more_time)
    return PartView(
        id=row.id,
        uid=row.uid,
        code=row.code,
        title=row.title,
        item=row.item,
        text=row.text,
        section=row.section,
        plan_key=row.plan_key,
        plan=row.plan_heading,
        unit=row.unit_name,
        unit_id=row.unit_id,
        role=row.role,
        state=row.state,
        phase=phase(row.due, desk.today, state=state, verification=row.verification, reported_on=reported_on).value,
        due=row.due,
        rule_day=row.rule_day,
        stage=row.stage,
        days_left=desk.calendar.workdays_between(desk.today, row.due),
        calendar_days_left=(row.due - desk.today).days,
        provisional=desk.calendar.is_provisional(row.due),
        last_workday=desk.calendar.previous_workday(row.due),
        counted=row.counted,
        target=row.target,
        unit_of_measure=row.unit_of_measure,
        measure=row.measure,
        note=row.note,
        reason=row.reason,
        received_by=row.received_name or "",
        received_at=row.received_at,
        reported_by=row.reported_name or "",
        reported_at=row.reported_at,
        verification=row.verification,
        confidential=row.confidential,
        bureau=bureau,
        siblings=joint.total,
        siblings_done=joint.done,
        waiting_for=joint.missing if row.role == "lead" and not row.any_one else (),
        occurrence_id=row.occurrence_id,
        any_one=row.any_one,
        original_due=row.occurrence_due if extended else None,
        asked_due=asked.asked_due if asked else None,
        extension_reason=asked.reason if asked else "",
        delegate=row.delegate_name or "",
        came_from=row.came_from_unit or "",
        rerouted_to=row.rerouted_unit or "",
        evidence=files,
        counted_from=counted,
    )
