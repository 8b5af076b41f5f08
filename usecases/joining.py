"""Requests to join that wait: who may decide about which, who is told, until when."""

from datetime import date

from schedules.civil import civil_date
from storage import joinings, people
from storage.rows import Joining, Officer, Unit
from usecases.office import Desk
from usecases.remit import Tree, has_all, tree


def waiting_for(desk: Desk, officer: Officer) -> list[Joining]:
    """The requests this person may decide about, the oldest first."""
    if officer.role not in {"bureau", "auditor", "head"}:
        return []
    found = joinings.waiting(desk.tx)
    known = tree(desk) if found else Tree()
    return [one for one in found if _reaches(desk, known, officer, one)]


def may_decide(desk: Desk, officer: Officer, asked: Joining) -> bool:
    return officer.role in {"bureau", "head"} and _reaches(desk, tree(desk), officer, asked)


def unit_of(units: dict[int, Unit], asked: Joining) -> Unit | None:
    """The unit that was typed, where it is exactly one of ours."""
    found = [unit for unit in units.values() if asked.unit_said in (unit.name, unit.short)]
    return found[0] if len(found) == 1 else None


def deciders(desk: Desk, asked: Joining) -> list[Officer]:
    """The nearest bureau of the unit that was named; where none of ours was, whoever is in charge of everything."""
    known = tree(desk)
    bureau = [officer for officer in people.officers(desk.tx) if officer.role == "bureau"]
    unit = unit_of(known.units, asked)
    near = known.nearest(bureau, unit.id) if unit else []
    return near or [officer for officer in bureau if known.seat(officer) is None]


def lapses_on(desk: Desk, asked: Joining) -> date:
    """The last day on which it can be decided."""
    return desk.calendar.add_workdays(civil_date(asked.asked_at, desk.office.zone), desk.office.join_life)


def _reaches(desk: Desk, known: Tree, officer: Officer, asked: Joining) -> bool:
    """The unit that was named is theirs to decide about; what names none is for whoever has all."""
    unit = unit_of(known.units, asked)
    if unit is None:
        return officer.role in {"bureau", "auditor"} and has_all(desk, officer)
    return known.reaches(officer, unit.id)
