"""Taking in a list that is not the whole roster: what it does not say stays, and what is doubtful is told, not guessed.

Gather what is held, decide what the listed units look like from now on, then take that in as a whole roster.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from schedules.roster import Roster, RosterOfficer, RosterUnit
from usecases.office import Desk
from usecases.take_roster import Doubt, RosterReport, load_roster, roster_of

TRUSTED = ("bureau", "auditor", "administrator")
"""Roles that a list of liaison officers neither takes away nor turns into another."""
ALIKE = 0.8
SHORTEST_ALIKE = 3

Gone = Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Merged:
    """The listed units as they shall be, the doubts, and (unit, name) of who left, in the names that are held."""

    roster: Roster
    doubts: tuple[Doubt, ...]
    gone: frozenset[tuple[str, str]] = frozenset()


def take_list(desk: Desk, listed: Roster, gone: Gone = ()) -> RosterReport:
    """Take a list of units and people in. `gone` are (unit, name) of whom the list says that they left."""
    merged = merge(roster_of(desk), listed, gone)
    report = load_roster(desk, merged.roster, gone=merged.gone)
    report.doubts.extend(merged.doubts)
    return report


def merge(held: Roster, listed: Roster, gone: Gone = ()) -> Merged:
    """What is held with what the list says of it.

    A unit is known by its name or its short name. An empty cell erases nothing. Within a role that the list fills for a
    unit, whoever is not listed has left; within a role for which it names nobody, people stay.
    """
    book = Book(held, listed)
    left = frozenset((book.name_of(unit), book.person_of(book.name_of(unit), name)) for unit, name in gone)
    units: dict[str, RosterUnit] = {}
    for unit in listed.units:
        name = book.name_of(unit.name)
        units[name] = _joined(units[name], unit) if name in units else unit
    whole = tuple(_unit(book, name, unit, left) for name, unit in units.items())
    return Merged(Roster(listed.title, units=_placed(book, whole)), tuple(book.doubts), left)


@dataclass(slots=True)
class Book:
    """Held units by name, by what their names are without spaces, and by short names; and the doubts so far."""

    held: Roster
    listed: Roster
    doubts: list[Doubt] = field(default_factory=list)
    units: dict[str, RosterUnit] = field(init=False)
    known: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.units = {unit.name: unit for unit in self.held.units}
        shorts = [unit.short for unit in self.held.units]
        self.known = {bare(u.short): u.name for u in self.held.units if u.short and shorts.count(u.short) == 1}
        self.known |= {bare(unit.name): unit.name for unit in self.held.units}

    def name_of(self, unit: str) -> str:
        return self.known.get(bare(unit), unit)

    def person_of(self, unit: str, name: str) -> str:
        """The name as it is held, when only spaces differ."""
        held = self.units.get(unit)
        same = (person.name for person in (held.officers if held else ()) if bare(person.name) == bare(name))
        return next(same, name)

    def doubt(self, kind: str, unit: str, name: str = "", other: str = "") -> None:
        self.doubts.append(Doubt(kind, unit, name, other))


def bare(name: str) -> str:
    return "".join(name.split())


def _joined(first: RosterUnit, again: RosterUnit) -> RosterUnit:
    """One unit under two of its names."""
    names = {person.name for person in first.officers}
    return replace(
        first,
        short=first.short or again.short,
        categories=tuple(dict.fromkeys((*first.categories, *again.categories))),
        parent=first.parent or again.parent,
        officers=(*first.officers, *(person for person in again.officers if person.name not in names)),
    )


def _unit(book: Book, name: str, listed: RosterUnit, left: Gone) -> RosterUnit:
    held = book.units.get(name)
    if held is None:
        _tell_near(book, name)
    said = held or RosterUnit(name)
    officers = _officers(book, said, listed, left)
    dropped = [word for word in said.categories if listed.categories and word not in listed.categories]
    if dropped:
        book.doubt("category", name, other="、".join(dropped))
    if not officers:
        book.doubt("nobody", name)
    return RosterUnit(
        name=name,
        short=listed.short or said.short,
        categories=listed.categories or said.categories,
        parent=book.name_of(listed.parent) if listed.parent else said.parent,
        officers=officers,
    )


def _tell_near(book: Book, name: str) -> None:
    """A new unit that is called nearly like a held one which the list does not name is probably the same."""
    listed = {book.name_of(unit.name) for unit in book.listed.units}
    others = [unit for unit in book.units if unit not in listed]
    longer = [unit for unit in others if len(unit) >= SHORTEST_ALIKE and (unit in name or name in unit)]
    near = longer or get_close_matches(name, others, n=1, cutoff=ALIKE)
    if near:
        book.doubt("near_unit", name, other=near[0])


def _officers(book: Book, held: RosterUnit, listed: RosterUnit, left: Gone) -> tuple[RosterOfficer, ...]:
    known = {person.name: person for person in held.officers}
    said = [_person(book, held, person, known) for person in listed.officers]
    names, roles = {person.name for person in said}, {person.role for person in said}
    stay = [
        person
        for person in held.officers
        if person.name not in names
        and (held.name, person.name) not in left
        and (person.role in TRUSTED or person.role not in roles)
    ]
    for person in stay:
        if person.role == "officer":
            book.doubt("kept", held.name, person.name)
    return (*said, *stay)


def _person(book: Book, unit: RosterUnit, listed: RosterOfficer, known: dict[str, RosterOfficer]) -> RosterOfficer:
    """The listed person with what is held of them and the list does not say."""
    name = book.person_of(unit.name, listed.name)
    held = known.get(name)
    if held is None:
        return listed
    role = listed.role
    if held.role in TRUSTED and role not in TRUSTED:
        book.doubt("role_kept", unit.name, name, held.role)
        role = held.role
    return RosterOfficer(name, role, listed.position or held.position)


def _placed(book: Book, units: Iterable[RosterUnit]) -> tuple[RosterUnit, ...]:
    """The units with parents that exist and lead to no circle, among all that will be held."""
    found = list(units)
    above = {unit.name: unit.parent for unit in (*book.held.units, *found)}
    for index, unit in enumerate(found):
        if unit.parent and (unit.parent not in above or _leads_back(unit.name, above)):
            book.doubt("no_parent", unit.name, other=unit.parent)
            before = book.units.get(unit.name)
            found[index] = replace(unit, parent=before.parent if before else "")
            above[unit.name] = found[index].parent
    return tuple(found)


def _leads_back(name: str, above: dict[str, str]) -> bool:
    seen: set[str] = set()
    at = above[name]
    while at and at != name and at not in seen:
        seen.add(at)
        at = above.get(at, "")
    return at == name
