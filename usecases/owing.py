"""What one part owes by way of reminders: its ladder climbed for the people of its unit. Nothing here is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from schedules.civil import civil_date, clock_time
from schedules.ladder import PlannedReminder, climb
from schedules.rungs import ASSIGNED
from storage.rows import Officer, PartRow, ReminderRow
from usecases.office import Desk
from usecases.remit import Bureaus

Key = tuple[str, date, int]
"""(rung, due date, officer id): with the part, what makes a reminder happen once."""

COPY = "copy_"
"""Before the audience of a reminder that is somebody else's, for this person to know of (抄送)."""
HELD = "held"
"""Why a reminder that the bureau held back was superseded; nothing plans it again but the bureau itself."""
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
    bureaus: Bureaus
    active: frozenset[int]
    listed: Mapping[tuple[int, str], Sequence[Officer]] = field(default_factory=dict)
    """By unit and letter, who is on its copy list."""

    def recipients(self, unit_id: int, audience: str) -> list[Officer]:
        """A unit without a head hears its own 督办单; without a bureau nobody is told, and the ledger shows it red.

        Where a unit has no liaison officer its deputies stand in, then its head, then whoever of the bureau sits there.
        """
        mine = self.by_unit.get(unit_id, [])
        stand_in = (staff for role in ("officer", "deputy", "head", "bureau") if (staff := having(mine, role)))
        liaison = next(stand_in, [])
        match audience:
            case "head":
                return having(mine, "head") or liaison
            case "bureau":
                return self.bureaus.over(unit_id)
            case _:
                return liaison

    def copied(self, unit_id: int, step: PlannedReminder) -> list[Officer]:
        """Who gets a copy of a step: by role, as the ladder has it, and by name, as the unit's copy list has it."""
        by_role = [officer for audience in step.copies for officer in self._with_role(unit_id, audience)]
        return [*by_role, *self.listed.get((unit_id, step.audience), ())]

    def _with_role(self, unit_id: int, audience: str) -> list[Officer]:
        """Heads and bureaus as they are, nobody in their stead."""
        if audience == "bureau":
            return self.bureaus.over(unit_id)
        return having(self.by_unit.get(unit_id, []), audience)


def having(officers: Iterable[Officer], role: str) -> list[Officer]:
    return [officer for officer in officers if officer.role == role]


@dataclass(slots=True)
class Owing:
    """Works out what parts owe at one desk; parts that climb the same ladder to the same day climb it once."""

    desk: Desk
    staff: Staff
    _climbed: dict[tuple[object, ...], tuple[PlannedReminder, ...]] = field(default_factory=dict)
    _people: dict[tuple[object, ...], tuple[list[Officer], list[Officer]]] = field(default_factory=dict)

    def reconcile(
        self, part: PartRow, held: Iterable[ReminderRow], *, assigned: bool = False
    ) -> tuple[list[dict[str, Any]], list[tuple[ReminderRow, dict[str, Any]]]]:
        """The rows that are missing, and what changes in those held: no longer owed, moved, or owed once more."""
        wanted = {} if part.settled_at else _uncovered(self._wanted(part, assigned=assigned), held)
        known = {(row.rung, row.due, row.officer_id): row for row in held}
        kept_back = {(row.rung, row.due) for row in known.values() if row.reason == HELD}
        changes = [(row, values) for key, row in known.items() if (values := self._change(part, row, wanted.get(key)))]
        missing = [
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
            if (rung, due, officer_id) not in known and (rung, due) not in kept_back
        ]
        return missing, changes

    def _change(self, part: PartRow, row: ReminderRow, step: Owed | None) -> dict[str, Any]:
        """New values of a row; none where it stays as it is."""
        if row.state == "cancelled" and step is not None:
            return {"state": "planned", "reason": "", "lies_at": step.lies_at, "push_at": step.push_at}
        return self._replan(part, row, step) if row.state == "planned" else {}

    def _replan(self, part: PartRow, row: ReminderRow, step: Owed | None) -> dict[str, Any]:
        if row.officer_id not in self.staff.active:
            return {"state": "cancelled", "reason": "officer_left"}
        if row.rung == ASSIGNED or row.rung.startswith(BY_HAND):
            return {}
        if step is None and (row.due != part.due or row.push_at > self.desk.now):
            return {"state": "cancelled", "reason": "replanned"}
        if step is not None and step.push_at != row.push_at:
            return {"push_at": step.push_at, "lies_at": step.lies_at}
        return {}

    def _wanted(self, part: PartRow, *, assigned: bool) -> dict[Key, Owed]:
        wanted: dict[Key, Owed] = {}
        for step in self._steps(part, assigned=assigned):
            told, copied = self._reached(part.unit_id, step)
            for officer in told:
                wanted[step.rung, part.due, officer.id] = self._owed(step, officer, _addressed(step, officer))
            for officer in copied:
                owed = self._owed(step, officer, f"{COPY}{step.audience}")
                wanted.setdefault((step.rung, part.due, officer.id), owed)
        return wanted

    def _reached(self, unit_id: int, step: PlannedReminder) -> tuple[list[Officer], list[Officer]]:
        """Whom a step of a unit's part is for, and who gets a copy: the same for all of the unit's parts."""
        key = (unit_id, step.audience, step.copies)
        if key not in self._people:
            self._people[key] = self.staff.recipients(unit_id, step.audience), self.staff.copied(unit_id, step)
        return self._people[key]

    def _steps(self, part: PartRow, *, assigned: bool) -> tuple[PlannedReminder, ...]:
        silent = civil_date(part.changed_at, self.desk.office.zone) if part.state == "received" else None
        key = (part.kind, part.due, _period_days(part), assigned, silent)
        if key not in self._climbed:
            self._climbed[key] = self._climb(part, assigned=assigned, silent_since=silent)
        return self._climbed[key]

    def _climb(self, part: PartRow, *, assigned: bool, silent_since: date | None) -> tuple[PlannedReminder, ...]:
        desk, ladders = self.desk, self.desk.office.ladders
        return climb(
            ladders.get(part.kind) or ladders["standard"],
            due=part.due,
            period_days=_period_days(part),
            assigned_at=desk.now if assigned else None,
            now_floor=desk.now,
            hours=desk.office.hours,
            calendar=desk.calendar,
            zone=desk.office.zone,
            silent_since=silent_since,
        )

    def _owed(self, step: PlannedReminder, officer: Officer, audience: str) -> Owed:
        """At the person's own hour where there is one; news of an assignment does not wait for it."""
        if step.rung == ASSIGNED or not officer.digest_at:
            return Owed(audience, step.lies_at, step.push_at)
        opening = self.desk.office.opening
        at = opening.sends_on(civil_date(step.push_at, self.desk.office.zone), clock_time(officer.digest_at))
        return Owed(audience, at, at)


def _addressed(step: PlannedReminder, officer: Officer) -> str:
    """Whoever hears a head's rung in the head's place is asked to act, not to see that somebody else does."""
    return "officer" if step.audience == "head" and officer.role != "head" else step.audience


def _period_days(part: PartRow) -> int | None:
    """Every month counts as the shortest, so that a lead is not dropped in February only."""
    if part.period_start is None or part.period_end is None:
        return None
    days = (part.period_end - part.period_start).days + 1
    return 28 if days in range(28, 32) else days


def _uncovered(wanted: dict[Key, Owed], held: Iterable[ReminderRow]) -> dict[Key, Owed]:
    """Without what an `assigned` reminder that is still to leave says to the same person (rule 3 of `climb`)."""
    says = {row.officer_id: row.push_at for row in held if row.rung == ASSIGNED and row.state == "planned"}
    if not says:
        return wanted
    return {
        key: step
        for key, step in wanted.items()
        if key[0] == ASSIGNED or key[2] not in says or step.push_at > says[key[2]]
    }
