"""Who cannot be reached: no chat, a chat that blocked the bot, silence, or leave without a deputy; and what to do."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from schedules.civil import civil_date
from storage import leaves, people, reminders, standing
from storage.rows import Contact, Officer
from usecases.fallback import reached
from usecases.office import Desk
from usecases.remit import covers

Why = Literal["no_chat", "blocked", "unconfirmed", "on_leave", "silent"]
"""In this order one reason covers the later ones. The catalogue says what to do: ``unreachable.do.<why>``."""
LIAISON = ("officer", "deputy", "head")


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A person whose unit owes something and who does not hear of it; `since` when, where that is known."""

    officer_id: int
    officer: str
    role: str
    unit_id: int
    unit: str
    why: Why
    since: date | None
    parts: int
    """How many parts of the unit are still to do."""


def unreachable(desk: Desk, within: Collection[int] | None = None) -> list[Unreachable]:
    """Liaison officers of units that owe something, whom nothing reaches; by unit. `within`: of these units only.

    A deputy or head counts where no liaison officer is named: reminders go to them then.
    """
    owed = standing.owed(desk.tx)
    names = {unit.id: unit.name for unit in people.units(desk.tx)}
    staff = [officer for officer in _liaison(desk) if officer.unit_id in owed and covers(within, officer)]
    found = dict(_reasons(desk, staff))
    return [
        Unreachable(o.id, o.name, o.role, o.unit_id, names[o.unit_id], *found[o.id], owed[o.unit_id])
        for o in sorted(staff, key=lambda o: (names[o.unit_id], o.id))
        if o.id in found
    ]


def _liaison(desk: Desk) -> list[Officer]:
    by_unit: dict[int, list[Officer]] = {}
    for officer in people.officers(desk.tx):
        by_unit.setdefault(officer.unit_id, []).append(officer)
    found: list[Officer] = []
    for held in by_unit.values():
        found += next((some for role in LIAISON if (some := [o for o in held if o.role == role])), [])
    return found


def _reasons(desk: Desk, staff: list[Officer]) -> Iterator[tuple[int, tuple[Why, date | None]]]:
    ids = [officer.id for officer in staff]
    ways: dict[int, list[Contact]] = {}
    for contact in people.contacts(desk.tx, ids, live_only=False):
        ways.setdefault(contact.officer_id, []).append(contact)
    away, sure = _away(desk), reached(desk, ids)
    waiting = _silent(desk)
    for officer in staff:
        contacts = ways.get(officer.id, [])
        if not contacts:
            yield officer.id, ("no_chat", None)
        elif not any(contact.state == "live" for contact in contacts):
            yield officer.id, ("blocked", None)
        elif officer.id not in sure:
            yield officer.id, ("unconfirmed", None)
        elif officer.id in away:
            yield officer.id, ("on_leave", away[officer.id])
        elif officer.id in waiting:
            yield officer.id, ("silent", waiting[officer.id])


def _away(desk: Desk) -> Mapping[int, date]:
    """Who is on leave today without a deputy, since when."""
    today = [leave for leave in leaves.leaves(desk.tx, since=desk.today) if leave.first_day <= desk.today]
    covered = {leave.officer_id for leave in today if leave.deputy_id is not None}
    return {leave.officer_id: leave.first_day for leave in today if leave.officer_id not in covered}


def _silent(desk: Desk) -> Mapping[int, date]:
    """Who was reminded so many working days ago of something that nobody has received yet, and has done nothing."""
    zone, limit = desk.office.zone, desk.office.silent_after
    first = {o: civil_date(at, zone) for o, at in reminders.unanswered(desk.tx).items()}
    return {o: day for o, day in first.items() if desk.calendar.workdays_between(day, desk.today) >= limit}
