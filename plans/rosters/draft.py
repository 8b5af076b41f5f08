"""What is gathered from a file while it is read: units with their people and the places where they stand."""

from dataclasses import dataclass, field

from plans.problems import Finds, Problem
from schedules.roster import Roster, RosterOfficer, RosterUnit

Place = tuple[str, int]
"""The sheet as problems call it, and the row counted from 1."""


@dataclass(slots=True)
class Draft:
    """A unit while its rows are gathered."""

    name: str
    place: Place
    short: str = ""
    categories: dict[str, None] = field(default_factory=dict)
    parent: str = ""
    parent_place: Place = ("", 0)
    officers: dict[str, RosterOfficer] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)


@dataclass(slots=True)
class Listing:
    """What is gathered from one file. `gone` are (unit, name) of people of whom the list says that they left."""

    file: str
    units: dict[str, Draft] = field(default_factory=dict)
    gone: list[tuple[str, str]] = field(default_factory=list)
    finds: list[Finds] = field(default_factory=list)
    title: str = ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for finds in self.finds for problem in finds.sorted())

    @property
    def roster(self) -> Roster:
        units = (
            RosterUnit(unit.name, unit.short, tuple(unit.categories), unit.parent, tuple(unit.officers.values()))
            for unit in self.units.values()
        )
        return Roster(self.title, units=tuple(units))

    @property
    def places(self) -> dict[tuple[str, str], Place]:
        """Where each unit (with the name empty) and each person stands."""
        found = {(unit.name, ""): unit.place for unit in self.units.values()}
        return found | {(unit.name, name): at for unit in self.units.values() for name, at in unit.places.items()}
