"""Planning reminders: each part's ladder becomes rows, one per rung and recipient. Planning twice adds nothing."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from storage import copy_lists, parts, people, reminders
from storage.rows import CopyTo, Officer, PartRow, ReminderRow
from usecases.copied import named
from usecases.office import Desk
from usecases.owing import Owing, Staff
from usecases.remit import bureaus, tree

__all__ = ["Planner", "Staff", "plan_reminders", "replan", "staff_of"]

Planner = Callable[[Desk, Sequence[PartRow], Collection[int]], int]
"""Plans what parts owe, given which of them are announced: `plan_reminders` in rows, a play in mind."""

FEW = 100
"""Units up to which only their own people are read."""
AT_ONCE = 1_000
"""Parts planned at a time: a plan for a province has reminders by the hundred thousand."""


def staff_of(desk: Desk, units: Collection[int] | None = None) -> Staff:
    """Everybody, or the people of these units and the bureau's."""
    by_unit: dict[int, list[Officer]] = {}
    officers = people.officers(desk.tx) if units is None or len(units) > FEW else people.staff(desk.tx, units)
    for officer in officers:
        by_unit.setdefault(officer.unit_id, []).append(officer)
    listed = copy_lists.of_units(desk.tx, units)
    others = _beside(desk, officers, listed)
    copies = named(tree(desk), listed, [*officers, *others]) if listed else {}
    active = frozenset(officer.id for officer in (*officers, *others))
    return Staff(by_unit, bureaus(desk, officers), active, copies)


def _beside(desk: Desk, known: Sequence[Officer], listed: Sequence[CopyTo]) -> list[Officer]:
    """Those on a copy list who are of other units."""
    wanted = {row.officer_id for row in listed} - {officer.id for officer in known}
    found = [people.officer_by_id(desk.tx, officer_id) for officer_id in sorted(wanted)]
    return [officer for officer in found if officer is not None and officer.active]


def plan_reminders(desk: Desk, asked: Sequence[PartRow], announced: Collection[int] = ()) -> int:
    """Plan what these parts owe from now on; `announced` parts also get the `assigned` rung. Gives the rows added."""
    owing = Owing(desk, staff_of(desk, {part.unit_id for part in asked}))
    return sum(_plan(owing, asked[n : n + AT_ONCE], announced) for n in range(0, len(asked), AT_ONCE))


def _plan(owing: Owing, asked: Sequence[PartRow], announced: Collection[int]) -> int:
    tx = owing.desk.tx
    rows: dict[int, list[ReminderRow]] = {}
    for row in reminders.of_parts(tx, [part.id for part in asked]):
        rows.setdefault(row.part_id, []).append(row)
    fresh: list[dict[str, Any]] = []
    for part in asked:
        missing, changes = owing.reconcile(part, rows.get(part.id, []), assigned=part.id in announced)
        fresh += missing
        for row, values in changes:
            if row.state == "cancelled":
                reminders.plan_again(tx, row.id, lies_at=values["lies_at"], push_at=values["push_at"])
            else:
                reminders.change(tx, [row.id], **values)
    reminders.add(tx, fresh)
    return len(fresh)


def replan(desk: Desk) -> int:
    """Plan every open part's reminders anew: people, hours, ladders or working days have changed."""
    return plan_reminders(desk, parts.asked_for(desk.tx))
