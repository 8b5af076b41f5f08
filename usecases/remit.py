"""The remit (管辖): which units a person's role reaches. The one place that decides it, asked at the moment of the act.

A role held at a unit reaches the units under it. What that means for each role:

- officer, deputy: their own unit.
- head: their own unit and everything under it.
- bureau, auditor: the whole area they stand for. A unit without a superior stands for everything. One with units under
  it stands for itself and those. One with nothing under it is an office of its superior, and stands for all that is the
  superior's; so is one whose categories say 督办, whatever is under it. Where that superior is the top of the whole
  roster, it is everything.
- administrator: everything; an administrator runs the program and decides nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from storage import people
from storage.rows import Officer, Unit
from usecases.errors import NotAllowed, NotYours
from usecases.office import Desk

OVERSEERS = frozenset({"bureau", "auditor", "administrator"})
"""Roles that look over units other than their own."""
KEEPERS = frozenset({"bureau", "administrator"})
"""Roles that do what binds every unit, where they reach every unit."""
SUPERVISES = "督办"
"""The category of a unit that supervises on behalf of its superior."""


class HasUnit(Protocol):
    """A part, as a row or as it is shown."""

    @property
    def unit_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Tree:
    """The units and who is above whom, read once."""

    units: dict[int, Unit] = field(default_factory=dict)
    above: frozenset[int] = frozenset()
    """Units with units under them."""
    top: int | None = None
    """The unit above all others, where there is but one without a superior."""

    @classmethod
    def of(cls, rows: Iterable[Unit]) -> "Tree":
        units = {unit.id: unit for unit in rows}
        tops = [unit.id for unit in units.values() if unit.parent_id is None]
        above = frozenset(unit.parent_id for unit in units.values() if unit.parent_id is not None)
        return cls(units, above, tops[0] if len(tops) == 1 else None)

    def up(self, unit_id: int) -> list[int]:
        """The unit and everything above it, itself first; a circle, which no roster may hold, ends where it began."""
        found: list[int] = []
        at: int | None = unit_id
        while at is not None and at in self.units and at not in found:
            found.append(at)
            at = self.units[at].parent_id
        return found

    def seat(self, officer: Officer) -> int | None:
        """The unit whose area the role reaches; None for everything."""
        own = self.units[officer.unit_id]
        if officer.role == "administrator" or (officer.role in OVERSEERS and own.parent_id is None):
            return None
        for_superior = own.id not in self.above or SUPERVISES in own.categories
        if officer.role not in OVERSEERS or not for_superior:
            return own.id
        return None if own.parent_id == self.top else own.parent_id

    def reaches(self, officer: Officer, unit_id: int) -> bool:
        if officer.unit_id == unit_id:
            return True
        if officer.role not in OVERSEERS and officer.role != "head":
            return False
        seat = self.seat(officer)
        return seat is None or seat in self.up(unit_id)

    def nearest(self, staff: Iterable[Officer], unit_id: int) -> list[Officer]:
        """Of these people those whose area is the smallest around the unit: the bureau that decides about it first."""
        place = {above: step for step, above in enumerate(self.up(unit_id))}
        far = len(place)
        steps = {one: place.get(seat, far) for one in staff if (seat := self.seat(one) or 0) in place or not seat}
        least = min(steps.values(), default=far)
        return [one for one, step in steps.items() if step == least]


def tree(desk: Desk) -> Tree:
    return Tree.of(people.units(desk.tx))


def reaches(desk: Desk, officer: Officer, unit_id: int) -> bool:
    """Whether the person's role reaches this unit now."""
    if officer.unit_id == unit_id or has_all(desk, officer):
        return True
    return _looks_over(officer) and tree(desk).reaches(officer, unit_id)


def remit(desk: Desk, officer: Officer) -> frozenset[int] | None:
    """The ids of the units the person's role reaches; None for every unit."""
    if has_all(desk, officer):
        return None
    if not _looks_over(officer):
        return frozenset({officer.unit_id})
    known = tree(desk)
    return frozenset(unit_id for unit_id in known.units if known.reaches(officer, unit_id))


def covers(within: Collection[int] | None, part: HasUnit) -> bool:
    """Whether a part's unit is within a remit."""
    return within is None or part.unit_id in within


def within_reach(desk: Desk, within: Collection[int] | None) -> list[Unit]:
    """The units of a remit, in the order of the roster."""
    return [unit for unit in people.units(desk.tx) if within is None or unit.id in within]


def has_all(desk: Desk, officer: Officer) -> bool:
    """Whether the person is in charge of every unit, and so of plans, the roster and what binds everybody."""
    if officer.role not in OVERSEERS:
        return False
    own = people.unit_by_id(desk.tx, officer.unit_id)
    return officer.role == "administrator" or own is None or own.parent_id is None or tree(desk).seat(officer) is None


def require_all(desk: Desk, officer: Officer) -> None:
    """Raises NotAllowed for whoever may not do what binds every unit."""
    if officer.role not in KEEPERS or not has_all(desk, officer):
        raise NotAllowed("This is for those in charge of every unit; nothing was changed.", role=officer.role)


def answers_for(desk: Desk, officer: Officer, unit_id: int) -> bool:
    """Whether the person is of the unit, or the head of one above it: who may answer in the unit's name."""
    return officer.unit_id == unit_id or (officer.role == "head" and reaches(desk, officer, unit_id))


def require(desk: Desk, officer: Officer, unit_id: int) -> None:
    """Raises NotYours for a unit the person's role does not reach."""
    if not reaches(desk, officer, unit_id):
        unit = people.unit_by_id(desk.tx, unit_id)
        name = unit.name if unit else ""
        raise NotYours(f"{name or unit_id} is not {officer.name}'s to decide about; nothing was changed.", unit=name)


@dataclass(frozen=True, slots=True)
class Bureaus:
    """The bureau's people; `known` only where not all of them are in charge of everything."""

    staff: tuple[Officer, ...]
    known: Tree | None = None

    def over(self, unit_id: int) -> list[Officer]:
        """Those of the nearest bureau above a unit: who decides about it, and hears of it."""
        return list(self.staff) if self.known is None else self.known.nearest(self.staff, unit_id)


def bureaus(desk: Desk, staff: Iterable[Officer] | None = None) -> Bureaus:
    """`staff`: everybody who might be of a bureau, where they are read already."""
    held = people.officers(desk.tx) if staff is None else staff
    found = tuple(officer for officer in held if officer.role == "bureau")
    units = (people.unit_by_id(desk.tx, unit_id) for unit_id in {officer.unit_id for officer in found})
    return Bureaus(found, tree(desk) if any(unit and unit.parent_id is not None for unit in units) else None)


def _looks_over(officer: Officer) -> bool:
    return officer.role in OVERSEERS or officer.role == "head"
