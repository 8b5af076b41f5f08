"""Taking a roster in: units and officers added or corrected by name, and what becomes of work when people change."""

from collections.abc import Collection
from dataclasses import dataclass, field

from schedules.roster import Roster, RosterOfficer, RosterUnit
from storage import people, plans
from storage.rows import Officer, Unit
from usecases.handover import Handover, hand_over
from usecases.office import Desk
from usecases.plan_reminders import replan, staff_of
from usecases.unfold import unfold


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the report. `what`: unit_added, unit_changed, officer_added, officer_changed or officer_left."""

    what: str
    unit: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What somebody should look at; nothing was guessed.

    `kind`: near_unit, no_parent, category, role_kept, kept or nobody; `other`: the unit, category or role it is about.
    """

    kind: str
    unit: str
    name: str = ""
    other: str = ""


@dataclass(slots=True)
class RosterReport:
    """What a roster changed, in names. Importing the same roster twice changes nothing."""

    units_added: list[str] = field(default_factory=list)
    units_changed: list[str] = field(default_factory=list)
    officers_added: list[str] = field(default_factory=list)
    officers_changed: list[str] = field(default_factory=list)
    officers_left: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    handovers: list[Handover] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    absent: int = 0
    """Units that are held and that the list does not name; they stay as they are."""
    new_parts: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.changes)

    def note(self, what: str, unit: str, name: str = "") -> None:
        self.changes.append(Change(what, unit, name))
        family, _, verb = what.partition("_")
        getattr(self, f"{family}s_{verb}").append(name or unit)


@dataclass(slots=True)
class Taking:
    """One roster being taken in: what is held, read once, and what has changed so far."""

    desk: Desk
    sample: bool
    report: RosterReport
    units: dict[str, Unit]
    staff: dict[int, list[Officer]]


def load_roster(desk: Desk, roster: Roster, *, gone: Collection[tuple[str, str]] = ()) -> RosterReport:
    """Take a roster in: units and officers are added or corrected by name, plans are shared out anew.

    An officer of a listed unit who is no longer on the list has left, and so have the `gone`, (unit, name). Open parts
    stay with the unit and go over to whoever answers for it now. A unit listed without anybody keeps its people.
    """
    before, report = staff_of(desk), RosterReport()
    taking = _open(desk, roster, report)
    for listed in roster.units:
        _take_unit(taking, listed)
    for listed in roster.units:
        _place(taking, listed)
        _take_officers(taking, listed, {name for unit, name in gone if unit == listed.name})
    report.absent = len(taking.units) - len({unit.name for unit in roster.units})
    if report.changed:
        report.new_parts = sum(unfold(desk, plan.id, announce=True).new_parts for plan in plans.all_plans(desk.tx))
        report.handovers = hand_over(desk, before)
        replan(desk)  # whoever left is not reminded any more, whoever came is
    return report


def roster_of(desk: Desk) -> Roster:
    """The roster as it is held now."""
    units = {unit.id: unit for unit in people.units(desk.tx)}
    staff: dict[int, list[RosterOfficer]] = {}
    for officer in people.officers(desk.tx):
        staff.setdefault(officer.unit_id, []).append(RosterOfficer(officer.name, officer.role, officer.position))
    return Roster(
        title="",
        sample=any(unit.sample for unit in units.values()),
        units=tuple(
            RosterUnit(
                name=unit.name,
                short=unit.short,
                categories=tuple(unit.categories),
                parent=units[unit.parent_id].name if unit.parent_id else "",
                officers=tuple(staff.get(unit.id, ())),
            )
            for unit in units.values()
        ),
    )


def _open(desk: Desk, roster: Roster, report: RosterReport) -> Taking:
    staff: dict[int, list[Officer]] = {}
    for officer in people.officers(desk.tx, active_only=False):
        staff.setdefault(officer.unit_id, []).append(officer)
    units = {unit.name: unit for unit in people.units(desk.tx)}
    return Taking(desk, roster.sample, report, units, staff)


def _take_unit(taking: Taking, listed: RosterUnit) -> None:
    tx, known = taking.desk.tx, taking.units.get(listed.name)
    said = {"short": listed.short, "categories": list(listed.categories)}
    if known is None:
        unit_id = people.add_unit(tx, name=listed.name, sample=taking.sample, **said)
        taking.units[listed.name] = Unit(
            unit_id, listed.name, listed.short, None, list(listed.categories), sample=taking.sample, next_code=1
        )
        taking.report.note("unit_added", listed.name)
    elif (known.short, known.categories) != (said["short"], said["categories"]):
        people.change_unit(tx, known.id, **said)
        taking.report.note("unit_changed", listed.name)


def _place(taking: Taking, listed: RosterUnit) -> None:
    """Put the unit under its parent, which may stand further down the list."""
    unit, parent = taking.units[listed.name], taking.units.get(listed.parent)
    parent_id = parent.id if parent else None
    if unit.parent_id != parent_id:
        people.change_unit(taking.desk.tx, unit.id, parent_id=parent_id)
        if listed.name not in {*taking.report.units_added, *taking.report.units_changed}:
            taking.report.note("unit_changed", listed.name)


def _take_officers(taking: Taking, listed: RosterUnit, gone: Collection[str]) -> None:
    wanted = {(person.name, person.role): person for person in listed.officers}
    held = {(o.name, o.role): o for o in taking.staff.get(taking.units[listed.name].id, [])}
    for key, person in wanted.items():
        known = held.pop(key, None) or _in_another_role(held, wanted, person)
        if known is not None:
            held.pop((known.name, known.role), None)
        _take_officer(taking, listed.name, person, known)
    for officer in held.values():
        if officer.active and (listed.officers or officer.name in gone):
            people.change_officer(taking.desk.tx, officer.id, active=False)
            taking.report.note("officer_left", listed.name, officer.name)


def _in_another_role(
    held: dict[tuple[str, str], Officer], wanted: Collection[tuple[str, str]], person: RosterOfficer
) -> Officer | None:
    """The same person who was something else to the unit until now: chats, sessions and calendars stay theirs."""
    same = (o for key, o in held.items() if o.name == person.name and o.active and key not in wanted)
    return next(same, None)


def _take_officer(taking: Taking, unit: str, person: RosterOfficer, known: Officer | None) -> None:
    said = {"role": person.role, "position": person.position}
    if known is None:
        row = {"name": person.name, "sample": taking.sample, **said}
        people.add_officer(taking.desk.tx, unit_id=taking.units[unit].id, **row)
        taking.report.note("officer_added", unit, person.name)
    elif not known.active or (known.role, known.position) != (person.role, person.position):
        people.change_officer(taking.desk.tx, known.id, active=True, **said)
        taking.report.note("officer_changed", unit, person.name)
