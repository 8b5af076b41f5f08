"""Writing what a plan unfolds into: occurrences, parts with short codes, reminders, and word to those affected."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count
from types import MappingProxyType
from uuid import UUID, uuid4, uuid5

from schedules.occurrences import Due
from storage import meta, parts, people, reminders
from storage.rows import OccurrenceRow, PartRow
from texts import notices
from usecases.look import views
from usecases.office import Desk
from usecases.plan_reminders import Planner
from usecases.settle import close_part, reopen_part
from usecases.tell import tell_unit
from usecases.unfold_decide import EVENT_OFF, LAST_REOPENED, Changes, Facts, Identity, identity_of, told_by

OFF = MappingProxyType({EVENT_OFF: notices.event_off, LAST_REOPENED: notices.not_yet})
"""What a unit is told, by why a part is no longer asked of it."""


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What unfolding did: counts, and the printed names that no unit of the roster stands for."""

    new_parts: int
    reminders: int
    past: int
    unresolved: tuple[tuple[str, str], ...]


def apply(desk: Desk, facts: Facts, changes: Changes, *, announce: bool, planner: Planner) -> Unfolded:
    """Write the changes, then plan the reminders of every part that is new or has moved."""
    ids = {(o.duty_id, identity_of(o)): o.id for o in facts.occurrences}
    for duty_id, due, state in changes.add:
        ids[duty_id, due.identity] = _add_occurrence(desk, duty_id, due, state)
    for occurrence in changes.reinstate:
        parts.change_occurrence(desk.tx, occurrence.id, state="tracked")
    for occurrence in changes.withdraw:
        parts.change_occurrence(desk.tx, occurrence.id, state="withdrawn")
    for part, reason in changes.waive:
        close_part(desk, part, state="waived", reason=reason)
    for part in changes.reopen:
        reopen_part(desk, part)
    back = {part.id for part in changes.reopen}
    moved = _move(desk, facts, changes.move, back)
    _add_parts(desk, facts, changes, ids)
    fresh, planned = _plan_reminders(desk, facts, moved | back, announce=announce, planner=planner)
    _tell(desk, facts, changes, moved)
    return Unfolded(fresh, planned, sum(state == "past" for *_, state in changes.add), _unresolved(facts))


def _plan_reminders(desk: Desk, facts: Facts, again: set[int], *, announce: bool, planner: Planner) -> tuple[int, int]:
    """Plan the reminders of new parts and of those that moved or came back; gives how many parts are new, and rows."""
    known = {part.id for part in facts.parts}
    held = parts.of_plan(desk.tx, facts.plan.id, facts.only)
    fresh = [part for part in held if part.id not in known]
    told = _worth_telling(held, fresh, desk.today) if announce else set()
    return len(fresh), planner(desk, [*fresh, *(part for part in held if part.id in again)], told)


def _tell(desk: Desk, facts: Facts, changes: Changes, moved: set[int]) -> None:
    """Whoever was told of a part is told that it is no longer asked, or by when it is now."""
    why = {part.id: reason for part, reason in changes.waive}
    heard = {row.part_id for row in reminders.of_parts(desk.tx, moved | why.keys()) if row.state == "handed"}
    before = {part.id: part.due for part in facts.parts}
    for part in views(desk, list(parts.by_ids(desk.tx, heard).values())):
        old = before[part.id]
        if part.id in why:
            tell_unit(desk, part, OFF.get(why[part.id], notices.dropped))
        elif part.due != old:
            tell_unit(desk, part, partial(notices.moved, old=old))


def _add_occurrence(desk: Desk, duty_id: int, due: Due, state: str) -> int:
    identity = {"rule_day": due.rule_day, "stage": due.stage, "event_key": due.event_key}
    return parts.add_occurrence(desk.tx, duty_id=duty_id, state=state, **identity, **told_by(due))


def _move(desk: Desk, facts: Facts, moves: Iterable[tuple[OccurrenceRow, Due]], back: Collection[int]) -> set[int]:
    """Move occurrences; their open parts, and those that come back, follow unless they have a later date."""
    held: dict[int, list[PartRow]] = {}
    for part in facts.parts:
        if part.settled_at is None or part.id in back:
            held.setdefault(part.occurrence_id, []).append(part)
    moved: set[int] = set()
    for occurrence, due in moves:
        parts.change_occurrence(desk.tx, occurrence.id, **told_by(due))
        for part in held.get(occurrence.id, ()):
            day = due.day if part.due == occurrence.due else max(part.due, due.day)
            parts.change_part(desk.tx, part.id, due=day, changed_at=desk.now)
            moved.add(part.id)
    return moved


def _add_parts(desk: Desk, facts: Facts, changes: Changes, ids: Mapping[tuple[int, Identity], int]) -> None:
    """Add the new parts; short codes are given in the order of due dates, so that office lists read in order."""
    position = {duty.id: duty.position for duty in facts.duties}
    due_of = {(o.duty_id, identity_of(o)): o.due for o in facts.occurrences}
    due_of |= {(o.duty_id, due.identity): due.day for o, due in changes.move}
    due_of |= {(duty_id, due.identity): due.day for duty_id, due, _ in changes.add}
    wanted = sorted(changes.share, key=lambda s: (due_of[s[0], s[1]], position[s[0]], s[2]))
    counts: dict[int, int] = {}
    for _, _, unit_id, _ in wanted:
        counts[unit_id] = counts.get(unit_id, 0) + 1
    codes = {unit_id: count(first) for unit_id, first in people.take_runs(desk.tx, counts).items()}
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


def _worth_telling(held: Iterable[PartRow], fresh: Iterable[PartRow], today: date) -> set[int]:
    """New parts worth a message now: the nearest of each duty and unit, what an event started, and what is overdue.

    Nobody would ever hear of an overdue one otherwise: all its reminders lie in the past.
    """
    nearest: dict[tuple[int, int], PartRow] = {}
    for part in held:
        if part.settled_at is None and part.due >= today:
            nearest.setdefault((part.duty_id, part.unit_id), part)
    ids = {part.id for part in nearest.values()}
    return {part.id for part in fresh if part.id in ids or part.event_key or part.due < today}


def part_uid(desk: Desk, occurrence_id: int, unit_id: int) -> str:
    """The lasting name of a unit's part in an occurrence, known to calendars."""
    return str(uuid5(_installation(desk), f"{occurrence_id}/{unit_id}"))


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
