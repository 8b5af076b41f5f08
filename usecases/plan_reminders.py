"""Planning reminders: each part's ladder becomes rows, one per rung and recipient. Planning twice adds nothing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from schedules.civil import civil_date, clock_time
from schedules.ladder import PlannedReminder, climb
from schedules.rungs import ASSIGNED
from storage import parts, people, reminders
from storage.rows import Officer, PartRow, ReminderRow
from usecases.office import Desk

Key = tuple[str, date, int]
"""(rung, due date, officer id): with the part, what makes a reminder happen once."""


COPY = "copy_"
"""Before the audience of a reminder that is somebody else's, for this person to know of (抄送)."""
BY_HAND = ("snooze", "nudge")
"""Rungs that people asked for: no ladder has them, so planning anew leaves them alone."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One reminder for one person: in which capacity, from when it lies in the inbox, when a phone buzzes."""

    audience: str
    lies_at: datetime
    push_at: datetime


@dataclass(frozen=True, slots=True)
class Staff:
    """Who can be reminded: officers by unit, and the bureau's."""

    by_unit: dict[int, list[Officer]]
    bureau: list[Officer]
    active: frozenset[int]

    def recipients(self, unit_id: int, audience: str) -> list[Officer]:
        """A unit without a head hears its own 督办单; without a bureau nobody is told, and the ledger shows it red.

        Where a unit has no liaison officer its deputies stand in, then its head, then whoever of the bureau sits there.
        """
        mine = self.by_unit.get(unit_id, [])
        stand_in = (staff for role in ("officer", "deputy", "head", "bureau") if (staff := _of(mine, role)))
        liaison = next(stand_in, [])
        match audience:
            case "head":
                return _of(mine, "head") or liaison
            case "bureau":
                return self.bureau
            case _:
                return liaison

    def copied(self, unit_id: int, audience: str) -> list[Officer]:
        """Who gets a copy: heads and bureaus as they are, nobody in their stead."""
        if audience == "bureau":
            return self.bureau
        return _of(self.by_unit.get(unit_id, []), audience)


def _of(officers: Iterable[Officer], role: str) -> list[Officer]:
    return [officer for officer in officers if officer.role == role]


FEW = 100
"""Units up to which only their own people are read."""


def staff_of(desk: Desk, units: Collection[int] | None = None) -> Staff:
    """Everybody, or the people of these units and the bureau's."""
    by_unit: dict[int, list[Officer]] = {}
    officers = people.officers(desk.tx) if units is None or len(units) > FEW else people.staff(desk.tx, units)
    for officer in officers:
        by_unit.setdefault(officer.unit_id, []).append(officer)
    return Staff(by_unit, _of(officers, "bureau"), frozenset(officer.id for officer in officers))


def plan_reminders(desk: Desk, asked: Sequence[PartRow], *, announced: Collection[int] = ()) -> int:
    """Plan what these parts owe from now on; `announced` parts also get the `assigned` rung. Gives the rows added."""
    staff = staff_of(desk, {part.unit_id for part in asked})
    rows: dict[int, list[ReminderRow]] = {}
    for row in reminders.of_parts(desk.tx, [part.id for part in asked]):
        rows.setdefault(row.part_id, []).append(row)
    fresh: list[dict[str, Any]] = []
    for part in asked:
        held = rows.get(part.id, [])
        wanted = {} if part.settled_at else _wanted(desk, part, staff, assigned=part.id in announced)
        fresh += _reconcile(desk, part, _uncovered(wanted, held), held=held, active=staff.active)
    reminders.add(desk.tx, fresh)
    return len(fresh)


def replan(desk: Desk) -> int:
    """Plan every open part's reminders anew: people, hours, ladders or working days have changed."""
    return plan_reminders(desk, parts.asked_for(desk.tx))


def _wanted(desk: Desk, part: PartRow, staff: Staff, *, assigned: bool) -> dict[Key, Owed]:
    ladder = desk.office.ladders.get(part.kind) or desk.office.ladders["standard"]
    period = (
        None if part.period_start is None or part.period_end is None else (part.period_end - part.period_start).days + 1
    )
    steps = climb(
        ladder,
        due=part.due,
        period_days=None if period is None else min(period, _shortest(period)),
        assigned_at=desk.now if assigned else None,
        now_floor=desk.now,
        hours=desk.office.hours,
        calendar=desk.calendar,
        zone=desk.office.zone,
        silent_since=civil_date(part.changed_at, desk.office.zone) if part.state == "received" else None,
    )
    wanted: dict[Key, Owed] = {}
    for step in steps:
        for officer in staff.recipients(part.unit_id, step.audience):
            wanted[step.rung, part.due, officer.id] = _owed(desk, step, officer, _addressed(step, officer))
        copied = (o for audience in step.copies for o in staff.copied(part.unit_id, audience))
        for officer in copied:
            wanted.setdefault((step.rung, part.due, officer.id), _owed(desk, step, officer, f"{COPY}{step.audience}"))
    return wanted


def _addressed(step: PlannedReminder, officer: Officer) -> str:
    """Whoever hears a head's rung in the head's place is asked to act, not to see that somebody else does."""
    return "officer" if step.audience == "head" and officer.role != "head" else step.audience


def _owed(desk: Desk, step: PlannedReminder, officer: Officer, audience: str) -> Owed:
    """At the person's own hour where there is one; news of an assignment does not wait for it."""
    if step.rung == ASSIGNED or not officer.digest_at:
        return Owed(audience, step.lies_at, step.push_at)
    opening = desk.office.opening
    at = opening.sends_on(civil_date(step.push_at, desk.office.zone), clock_time(officer.digest_at))
    return Owed(audience, at, at)


def _shortest(days: int) -> int:
    """Every month counts as the shortest, so that a lead is not dropped in February only."""
    return 28 if days in range(28, 32) else days


def _uncovered(wanted: dict[Key, Owed], held: Iterable[ReminderRow]) -> dict[Key, Owed]:
    """Without what an `assigned` reminder that is still to leave says to the same person (rule 3 of `climb`)."""
    says = {row.officer_id: row.push_at for row in held if row.rung == ASSIGNED and row.state == "planned"}
    return {
        key: step
        for key, step in wanted.items()
        if key[0] == ASSIGNED or key[2] not in says or step.push_at > says[key[2]]
    }


def _reconcile(
    desk: Desk,
    part: PartRow,
    wanted: dict[Key, Owed],
    *,
    held: Iterable[ReminderRow],
    active: Collection[int],
) -> list[dict[str, Any]]:
    """Cancel what is no longer owed, move what moved, owe again what was cancelled; gives the rows that are missing."""
    known: set[Key] = set()
    for row in held:
        key = (row.rung, row.due, row.officer_id)
        known.add(key)
        _adjust(desk, part, row, wanted.get(key), left=row.officer_id not in active)
    return [
        {
            "part_id": part.id,
            "officer_id": officer_id,
            "rung": rung,
            "due": due,
            "audience": step.audience,
            "lies_at": step.lies_at,
            "push_at": step.push_at,
        }
        for (rung, due, officer_id), step in wanted.items()
        if (rung, due, officer_id) not in known
    ]


def _adjust(desk: Desk, part: PartRow, row: ReminderRow, step: Owed | None, *, left: bool) -> None:
    if row.state == "cancelled" and step is not None:
        reminders.plan_again(desk.tx, row.id, lies_at=step.lies_at, push_at=step.push_at)
    if row.state != "planned":
        return
    if left:
        reminders.change(desk.tx, [row.id], state="cancelled", reason="officer_left")
    elif row.rung == ASSIGNED or row.rung.startswith(BY_HAND):
        return
    elif step is None and (row.due != part.due or row.push_at > desk.now):
        reminders.change(desk.tx, [row.id], state="cancelled", reason="replanned")
    elif step is not None and step.push_at != row.push_at:
        reminders.change(desk.tx, [row.id], push_at=step.push_at, lies_at=step.lies_at)
