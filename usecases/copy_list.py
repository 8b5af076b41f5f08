"""The copy list (抄送名单) of a unit: who else gets its 督办单 and its lines of the 通报, as the bureau decides.

The ladder copies by role, the same for all units; this names persons, unit by unit. A copy tells of a part, so only
those may get it who may look at the unit's parts anyway: its own people, heads above it, and who oversees it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage import copy_lists, parts, people, timeline
from storage.rows import CopyTo, Officer, Unit
from usecases.acting import Act
from usecases.copied import LETTERS, may_get
from usecases.errors import NotAllowed, Refused
from usecases.office import Desk
from usecases.plan_reminders import plan_reminders
from usecases.remit import covers, remit, require, tree


class NoCopyFor(Refused):
    """This person may not look at the unit's parts, or is not there."""

    key = "no_copy_for"


class NoSuchCopy(Refused):
    """There is no such line on a copy list, or it is another bureau's."""

    key = "no_such_copy"


@dataclass(frozen=True, slots=True)
class Copied:
    """A line of a unit's copy list."""

    number: int
    unit: str
    name: str
    of: str
    """The person's own unit."""
    letter: str


def copy_list(desk: Desk, officer: Officer) -> list[Copied]:
    """The lines for the units that the person's role reaches, unit by unit."""
    units = {unit.id: unit for unit in people.units(desk.tx)}
    staff = {one.id: one for one in people.officers(desk.tx)}
    within = remit(desk, officer)
    held = [row for row in copy_lists.of_units(desk.tx, within) if row.officer_id in staff]
    place = {unit_id: n for n, unit_id in enumerate(units)}
    held.sort(key=lambda row: (place[row.unit_id], row.id))
    return [_line(row, units, staff[row.officer_id]) for row in held]


def choices(desk: Desk, officer: Officer) -> tuple[list[Unit], list[tuple[Officer, Unit]]]:
    """Units whose lists are this bureau's to keep, and everybody who may get a copy of one of them."""
    known, within = tree(desk), remit(desk, officer)
    units = [unit for unit in known.units.values() if within is None or unit.id in within]
    staff = [one for one in people.officers(desk.tx) if may_get(known, one, units)]
    return units, [(one, known.units[one.unit_id]) for one in staff]


def add_copy(desk: Desk, act: Act, unit_id: int, officer_id: int, letters: Iterable[str]) -> Sequence[str]:
    """Put a person on a unit's copy list for these letters; gives those that are new.

    What is still to leave goes to them too, what has left does not. Raises NotAllowed, NotYours, NoCopyFor.
    """
    _keeps(desk, act, unit_id)
    known, person = tree(desk), people.officer_by_id(desk.tx, officer_id)
    unit = known.units.get(unit_id)
    if unit is None or person is None or not person.active or not may_get(known, person, [unit]):
        name = unit.name if unit else ""
        raise NoCopyFor("A copy goes only to whoever may look at the unit's parts.", unit=name)
    fresh = [one for one in letters if one in LETTERS and copy_lists.add(desk.tx, unit_id, officer_id, one)]
    if fresh:
        _changed(desk, act, "copy_add", unit_id, officer_id, fresh)
    return fresh


def remove_copy(desk: Desk, act: Act, number: int) -> None:
    """Take a line off; what is still to leave goes to them no more. Raises NotAllowed, NoSuchCopy."""
    row = copy_lists.by_id(desk.tx, number)
    if row is None or not covers(remit(desk, act.officer), row):
        raise NoSuchCopy
    _keeps(desk, act, row.unit_id)
    copy_lists.remove(desk.tx, number)
    _changed(desk, act, "copy_remove", row.unit_id, row.officer_id, [row.letter])


def _keeps(desk: Desk, act: Act, unit_id: int) -> None:
    if act.officer.role != "bureau":
        raise NotAllowed("Copy lists are the bureau's; nothing was changed.", role=act.officer.role, verb="copies")
    require(desk, act.officer, unit_id)


def _changed(  # noqa: PLR0913, PLR0917 what changed on whose list, and who did it
    desk: Desk, act: Act, verb: str, unit_id: int, officer_id: int, letters: Sequence[str]
) -> None:
    detail = {"unit": unit_id, "for": officer_id, "letters": list(letters)}
    timeline.add(desk.tx, at=desk.now, verb=verb, officer_id=act.officer.id, door=act.door, detail=detail)
    plan_reminders(desk, parts.asked_for(desk.tx, unit_id))


def _line(row: CopyTo, units: dict[int, Unit], person: Officer) -> Copied:
    return Copied(row.id, units[row.unit_id].name, person.name, units[person.unit_id].name, row.letter)
