"""Unfolding a plan: its duties, events and the roster become occurrences, parts and reminders.

Run at an import, when an event or the roster changes, and once a day as the horizon moves. Running it again changes
nothing; what somebody has answered is never taken away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4, uuid5

from schedules.fanout import Member, Share, share_out
from schedules.occurrences import Bounds, Due, EventDay, ShiftPolicy, due_dates
from schedules.plan import Group
from schedules.timing_data import timing_from_dict
from storage import meta, parts, people, plans
from storage.rows import DutyRow, OccurrenceRow, PartRow, PlanRow, Unit
from usecases.office import Desk
from usecases.plan_reminders import plan_reminders

LONG_AGO = date(1990, 1, 1)
"""Earlier than any plan's dates: the window starts here, the plan's own `begins` is the real bound."""

Identity = tuple[date, str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was read, for one plan."""

    plan: PlanRow
    duties: Sequence[DutyRow]
    dues: Mapping[int, Sequence[Due]]
    shares: Mapping[int, Share]
    occurrences: Sequence[OccurrenceRow]
    parts: Sequence[PartRow]
    today: date


@dataclass(slots=True)
class Changes:
    """Everything that should be written. A new part names its occurrence by (duty id, identity)."""

    add: list[tuple[int, Due, str]] = field(default_factory=list)
    move: list[tuple[OccurrenceRow, Due]] = field(default_factory=list)
    withdraw: list[OccurrenceRow] = field(default_factory=list)
    reinstate: list[OccurrenceRow] = field(default_factory=list)
    share: list[tuple[int, Identity, int, str]] = field(default_factory=list)
    waive: list[tuple[PartRow, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What unfolding did: counts, and the printed names that no unit of the roster stands for."""

    new_parts: int
    reminders: int
    past: int
    unresolved: tuple[tuple[str, str], ...]


def unfold(desk: Desk, plan_id: int, *, announce: bool) -> Unfolded:
    """Bring occurrences, parts and reminders in line with the plan. `announce`: tell people of what is new to them."""
    facts = gather(desk, plan_id)
    changes = decide(facts)
    return apply(desk, facts, changes, announce=announce)


def is_stale(desk: Desk, plan_id: int) -> bool:
    """Whether the dates worked out today differ from the stored ones: the horizon or the working calendar has moved."""
    facts = gather(desk, plan_id, with_parts=False)
    changes = decide(facts)
    return bool(changes.add or changes.move or changes.withdraw or changes.reinstate)


def gather(desk: Desk, plan_id: int, *, with_parts: bool = True) -> Facts:
    plan = plans.by_id(desk.tx, plan_id)
    assert plan is not None, f"plan {plan_id} vanished"  # noqa: S101 the caller holds the row in this transaction
    duties = plans.duties(desk.tx, plan_id, live_only=False)
    events = [EventDay(e.name, e.day, e.key) for e in plans.events(desk.tx, plan_id)]
    roster = [_member(unit) for unit in people.units(desk.tx)]
    groups = {name: Group(tuple(g["categories"]), tuple(g["units"])) for name, g in plan.groups.items()}
    return Facts(
        plan=plan,
        duties=duties,
        dues={duty.id: _dues(desk, plan, duty, events) for duty in duties},
        shares={d.id: share_out(d.roles, groups=groups, aliases=plan.aliases, roster=roster) for d in duties},
        occurrences=parts.occurrences(desk.tx, plan_id),
        parts=parts.of_plan(desk.tx, plan_id) if with_parts else (),
        today=desk.today,
    )


def decide(facts: Facts) -> Changes:
    """What should change; a pure function of what was read."""
    changes = Changes()
    known: dict[int, dict[Identity, OccurrenceRow]] = {duty.id: {} for duty in facts.duties}
    for occurrence in facts.occurrences:
        known[occurrence.duty_id][_identity(occurrence)] = occurrence
    held: dict[int, list[PartRow]] = {}
    for part in facts.parts:
        held.setdefault(part.occurrence_id, []).append(part)
    for duty in facts.duties:
        _decide_occurrences(facts, duty, known[duty.id], changes)
    gone = {occurrence.id for occurrence in changes.withdraw}
    for duty in facts.duties:
        _decide_parts(facts, duty, known[duty.id], held, gone, changes)
    kept = {part.occurrence_id for part in facts.parts if part.occurrence_id in gone and _touched(part)}
    changes.withdraw = [occurrence for occurrence in changes.withdraw if occurrence.id not in kept]
    return changes


def _decide_occurrences(facts: Facts, duty: DutyRow, known: Mapping[Identity, OccurrenceRow], changes: Changes) -> None:
    wanted = {due.identity: due for due in facts.dues[duty.id]}
    for identity, due in wanted.items():
        occurrence = known.get(identity)
        if occurrence is None:
            changes.add.append((duty.id, due, "past" if due.day < facts.plan.tracked_from else "tracked"))
        elif occurrence.state == "withdrawn":
            changes.reinstate.append(occurrence)
        elif (occurrence.due, occurrence.provisional) != (due.day, due.provisional):
            changes.move.append((occurrence, due))
    changes.withdraw += [o for identity, o in known.items() if identity not in wanted and o.state != "withdrawn"]


def _decide_parts(  # noqa: PLR0913, PLR0917 one duty's slice of what was read
    facts: Facts,
    duty: DutyRow,
    known: Mapping[Identity, OccurrenceRow],
    held: Mapping[int, list[PartRow]],
    gone: set[int],
    changes: Changes,
) -> None:
    units = facts.shares[duty.id].units if duty.state == "live" else {}
    for identity, occurrence in known.items():
        mine = held.get(occurrence.id, [])
        if occurrence.id in gone:
            changes.waive += [(part, "plan_revised") for part in mine if not _touched(part)]
            continue
        changes.waive += [(part, "unit_left") for part in mine if part.unit_id not in units and not _touched(part)]
        if occurrence.state != "past" and occurrence.due >= facts.today:
            missing = units.keys() - {part.unit_id for part in mine}
            changes.share += [(duty.id, identity, unit_id, units[unit_id]) for unit_id in sorted(missing)]
    for duty_id, due, state in changes.add:
        if duty_id == duty.id and state == "tracked":
            changes.share += [(duty.id, due.identity, unit_id, role) for unit_id, role in sorted(units.items())]


def apply(desk: Desk, facts: Facts, changes: Changes, *, announce: bool) -> Unfolded:
    """Write the changes, then plan the reminders of every part that is new or has moved."""
    ids = {(o.duty_id, _identity(o)): o.id for o in facts.occurrences}
    for duty_id, due, state in changes.add:
        ids[duty_id, due.identity] = _add_occurrence(desk, duty_id, due, state)
    for occurrence in changes.reinstate:
        parts.change_occurrence(desk.tx, occurrence.id, state="tracked")
    for occurrence in changes.withdraw:
        parts.change_occurrence(desk.tx, occurrence.id, state="withdrawn")
    for part, reason in changes.waive:
        _waive(desk, part, reason)
    moved = _move(desk, facts, changes.move)
    known = {part.id for part in facts.parts}
    _add_parts(desk, facts, changes, ids)
    now_held = parts.of_plan(desk.tx, facts.plan.id) if changes.share or moved else []
    fresh = [part for part in now_held if part.id not in known]
    again = [part for part in now_held if part.id in moved]
    told = _soonest(now_held, fresh) if announce else set()
    reminders = plan_reminders(desk, [*fresh, *again], announced=told)
    return Unfolded(len(fresh), reminders, sum(state == "past" for *_, state in changes.add), _unresolved(facts))


def _dues(desk: Desk, plan: PlanRow, duty: DutyRow, events: Sequence[EventDay]) -> Sequence[Due]:
    if duty.state != "live":
        return ()
    return due_dates(
        [timing_from_dict(data) for data in duty.timings],
        bounds=Bounds(plan.begins, plan.ends),
        window=(LONG_AGO, desk.today + desk.office.horizon),
        events=events,
        shift=ShiftPolicy(plan.due_on_holiday, plan.counted_on_holiday),
        calendar=desk.calendar,
    )


def _member(unit: Unit) -> Member:
    return Member(unit.id, unit.name, unit.short, frozenset(unit.categories))


def _identity(occurrence: OccurrenceRow) -> Identity:
    return occurrence.rule_day, occurrence.stage, occurrence.event_key


def _touched(part: PartRow) -> bool:
    return part.state != "open" or part.counted > 0


def _add_occurrence(desk: Desk, duty_id: int, due: Due, state: str) -> int:
    return parts.add_occurrence(
        desk.tx,
        duty_id=duty_id,
        rule_day=due.rule_day,
        due=due.day,
        stage=due.stage,
        event_key=due.event_key,
        period_start=due.period_start,
        period_end=due.period_end,
        target=due.target,
        unit_of_measure=due.unit_of_measure,
        provisional=due.provisional,
        state=state,
    )


def _waive(desk: Desk, part: PartRow, reason: str) -> None:
    from usecases.settle import close_part  # noqa: PLC0415 settle tells the cards, which read views of parts

    close_part(desk, part, state="waived", reason=reason)


def _move(desk: Desk, facts: Facts, moves: Iterable[tuple[OccurrenceRow, Due]]) -> set[int]:
    """Move occurrences; their open parts follow unless somebody gave them a date of their own."""
    moved: set[int] = set()
    for occurrence, due in moves:
        parts.change_occurrence(desk.tx, occurrence.id, due=due.day, provisional=due.provisional)
        for part in facts.parts:
            if part.occurrence_id == occurrence.id and part.settled_at is None and part.due == occurrence.due:
                parts.change_part(desk.tx, part.id, due=due.day, changed_at=desk.now)
                moved.add(part.id)
    return moved


def _add_parts(desk: Desk, facts: Facts, changes: Changes, ids: Mapping[tuple[int, Identity], int]) -> None:
    """Add the new parts; short codes are given in the order of due dates, so that office lists read in order."""
    position = {duty.id: duty.position for duty in facts.duties}
    due_of = {(o.duty_id, _identity(o)): o.due for o in facts.occurrences}
    due_of |= {(duty_id, due.identity): due.day for duty_id, due, _ in changes.add}
    wanted = sorted(changes.share, key=lambda s: (due_of[s[0], s[1]], position[s[0]], s[2]))
    counts: dict[int, int] = {}
    for _, _, unit_id, _ in wanted:
        counts[unit_id] = counts.get(unit_id, 0) + 1
    codes = {
        unit_id: iter(range(first := people.take_codes(desk.tx, unit_id, n), first + n))
        for unit_id, n in counts.items()
    }
    space = _installation(desk)
    parts.add_parts(
        desk.tx,
        [
            {
                "uid": str(uuid5(space, f"{ids[duty_id, identity]}/{unit_id}")),
                "occurrence_id": ids[duty_id, identity],
                "unit_id": unit_id,
                "role": role,
                "code": next(codes[unit_id]),
                "due": due_of[duty_id, identity],
                "counted": 0,
                "created_at": desk.now,
                "changed_at": desk.now,
            }
            for duty_id, identity, unit_id, role in wanted
        ],
    )


def _soonest(held: Iterable[PartRow], fresh: Iterable[PartRow]) -> set[int]:
    """New parts worth a message of their own: the nearest of each duty and unit, and whatever an event started."""
    nearest: dict[tuple[int, int], PartRow] = {}
    for part in held:
        if part.settled_at is None:
            nearest.setdefault((part.duty_id, part.unit_id), part)
    ids = {part.id for part in nearest.values()}
    return {part.id for part in fresh if part.id in ids or part.event_key}


def _installation(desk: Desk) -> UUID:
    """This installation's own name space, made once: the same duty elsewhere must not have the same calendar UID."""
    known = meta.get(desk.tx, "installation")
    if known is None:
        known = str(uuid4())
        meta.put(desk.tx, "installation", known)
    return UUID(known)


def _unresolved(facts: Facts) -> tuple[tuple[str, str], ...]:
    live = (duty for duty in facts.duties if duty.state == "live")
    return tuple((duty.item, name) for duty in live for name in facts.shares[duty.id].unresolved)
