"""Reading a roster file: every problem at once, each with its line, and the roster of all that is good."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plans.complaints import nearest
from plans.decode import read_file
from plans.problems import Finds, Judged, Problem
from plans.rostermodels import RosterHead, UnitEntry
from plans.sheet import Sheet, open_sheet
from schedules.roster import Roster, RosterOfficer, RosterUnit


@dataclass(frozen=True, slots=True)
class RosterReading(Judged):
    """What a file gave. Loading wants `ok`: a roster, and no error that left something of it out.

    A spreadsheet is `partial`: what it does not say stays as it is. `gone` are (unit, name) of people of whom it says
    that they left; `places` tells where each (unit, name) stands, as ``file#sheet:row``, a unit having no name.
    """

    roster: Roster | None
    problems: tuple[Problem, ...] = ()
    partial: bool = False
    gone: tuple[tuple[str, str], ...] = ()
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.roster is not None and not self.errors


def read_roster(text: str, name: str = "roster.yaml") -> RosterReading:
    """The roster in the text of a roster file; `name` is what problems call the file."""
    return _read(text, Finds(name))


def read_roster_file(path: Path) -> RosterReading:
    """The roster in a file, whatever its encoding. A file that cannot be read is a problem, not an error raised."""
    finds = Finds(str(path))
    text = read_file(path, finds)
    return RosterReading(None, finds.sorted()) if text is None else _read(text, finds)


def _read(text: str, finds: Finds) -> RosterReading:
    sheet = open_sheet(text, finds, own="ruqi_roster", other=("ruqi", "is_plan"))
    return RosterReading(None if sheet is None else _roster(sheet), finds.sorted())


def _roster(sheet: Sheet) -> Roster | None:
    head = sheet.salvage(RosterHead, without="units")
    units = _units(sheet)
    for index in _misplaced(units, sheet):
        units[index] = RosterUnit(
            units[index].name, units[index].short, units[index].categories, "", units[index].officers
        )
    return None if head is None else Roster(head.title, head.sample, tuple(units.values()))


def _units(sheet: Sheet) -> dict[int, RosterUnit]:
    """The units that fit, by their place in the file; of two with one name the first."""
    units: dict[int, RosterUnit] = {}
    first: dict[str, int] = {}
    for index in sheet.items("units", none="no_units"):
        if sheet.finds.full:
            break
        entry = sheet.fit(UnitEntry, ("units", index))
        if entry is None:
            continue
        place = ("units", index, "name")
        if first.setdefault(entry.name, index) == index:
            units[index] = _unit(entry, sheet, index)
        else:
            sheet.tell("unit_repeated", place, name=entry.name, line=("units", first[entry.name], "name"))
    return units


def _unit(entry: UnitEntry, sheet: Sheet, index: int) -> RosterUnit:
    officers: dict[str, RosterOfficer] = {}
    for number, officer in enumerate(entry.officers):
        if officer.name in officers:
            sheet.tell("officer_repeated", ("units", index, "officers", number, "name"), name=officer.name)
        else:
            officers[officer.name] = RosterOfficer(officer.name, officer.role, officer.position)
    if not officers:
        sheet.tell("no_officers", ("units", index, "name"), name=entry.name)
    return RosterUnit(entry.name, entry.short, entry.categories, entry.parent, tuple(officers.values()))


def _misplaced(units: dict[int, RosterUnit], sheet: Sheet) -> list[int]:
    """Units whose parent is unknown or leads back to themselves, told; they are better off without one."""
    parents = {unit.name: unit.parent for unit in units.values()}
    bad = []
    for index, unit in units.items():
        place = ("units", index, "parent")
        if unit.parent and unit.parent not in parents:
            near = nearest(unit.parent, parents)
            sheet.tell("parent_near" if near else "parent_unknown", place, name=unit.parent, near=near)
            bad.append(index)
        elif _leads_back(unit.name, parents):
            sheet.tell("parent_loop", place, name=unit.name)
            bad.append(index)
    return bad


def _leads_back(name: str, parents: dict[str, str]) -> bool:
    seen: set[str] = set()
    above = parents[name]
    while above and above not in seen and above != name:
        seen.add(above)
        above = parents.get(above, "")
    return above == name
