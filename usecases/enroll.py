"""Enrolling: the roster of units and officers, invitations, and binding a chat to a person."""

import secrets
from dataclasses import dataclass, field

from schedules.roster import Roster, RosterOfficer, RosterUnit
from storage import deliveries, people, plans, timeline, tokens
from storage.rows import Officer, Unit
from usecases.errors import AmbiguousOfficer, BadInvite, NoSuchOfficer
from usecases.office import Desk
from usecases.plan_reminders import replan
from usecases.unfold import unfold

CODE_BYTES = 16
"""128 random bits, as long as a Telegram start parameter may comfortably be (64 characters at most)."""


@dataclass(slots=True)
class RosterReport:
    """What a roster changed, in names. Importing the same roster twice changes nothing."""

    units_added: list[str] = field(default_factory=list)
    units_changed: list[str] = field(default_factory=list)
    officers_added: list[str] = field(default_factory=list)
    officers_changed: list[str] = field(default_factory=list)
    officers_left: list[str] = field(default_factory=list)
    new_parts: int = 0

    @property
    def changed(self) -> bool:
        lists = (self.units_added, self.units_changed, self.officers_added, self.officers_changed, self.officers_left)
        return any(lists)


def load_roster(desk: Desk, roster: Roster) -> RosterReport:
    """Take a roster in: units and officers are added or corrected by name, plans are shared out anew.

    An officer of a listed unit who is no longer on the list has left; open parts stay with the unit.
    """
    report = RosterReport()
    for listed in roster.units:
        _take_unit(desk, listed, sample=roster.sample, report=report)
    ids = {unit.name: unit.id for unit in people.units(desk.tx)}
    for listed in roster.units:
        _place(desk, listed, ids)
        _take_officers(desk, ids[listed.name], listed, sample=roster.sample, report=report)
    if report.changed:
        report.new_parts = sum(unfold(desk, plan.id, announce=True).new_parts for plan in plans.all_plans(desk.tx))
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


def find_officer(desk: Desk, name: str, unit: str | None = None) -> Officer:
    """The person of that name; with several, the unit has to be named too."""
    found = people.officers_named(desk.tx, name)
    if unit is not None:
        ids = {u.id for u in people.units(desk.tx) if unit in (u.name, u.short)}
        found = [officer for officer in found if officer.unit_id in ids]
    if not found:
        raise NoSuchOfficer(f"Nobody called {name!r} is in the roster; see `ruqi officer list`.", name=name)
    if len({officer.unit_id for officer in found}) > 1:
        units = "、".join(u.name for u in people.units(desk.tx) if u.id in {o.unit_id for o in found})
        raise AmbiguousOfficer(f"Several people are called {name!r}: {units}. Add --unit.", name=name, units=units)
    return found[0]


def invite(desk: Desk, officer: Officer) -> str:
    """A one-time code that binds a chat to this person; a new one makes earlier ones worthless."""
    for old in tokens.live(desk.tx, "invite", officer.id):
        tokens.change(desk.tx, old.id, revoked_at=desk.now)
    code = secrets.token_urlsafe(CODE_BYTES)
    expires_at = desk.now + desk.office.invite_life
    tokens.add(desk.tx, code, kind="invite", officer_id=officer.id, created_at=desk.now, expires_at=expires_at)
    return code


def bind(desk: Desk, code: str, channel: str, address: str) -> Officer:
    """Spend a code and bind the chat; raises BadInvite for an unknown, used, revoked or expired one alike."""
    token = tokens.find(desk.tx, "invite", code)
    good = token is not None and token.revoked_at is None and (token.expires_at is None or token.expires_at > desk.now)
    if token is None or token.officer_id is None or not good or not tokens.use_once(desk.tx, token.id, desk.now):
        raise BadInvite
    officer = people.officer_by_id(desk.tx, token.officer_id)
    if officer is None or not officer.active:
        raise BadInvite
    people.bind_contact(desk.tx, officer_id=officer.id, channel=channel, address=address, now=desk.now)
    timeline.add(desk.tx, at=desk.now, verb="bind", officer_id=officer.id, door=channel)
    return officer


def who(desk: Desk, channel: str, address: str) -> Officer | None:
    """The active officer bound to this chat."""
    contact = people.contact_at(desk.tx, channel, address)
    officer = people.officer_by_id(desk.tx, contact.officer_id) if contact else None
    return officer if officer and officer.active else None


def lost_chat(desk: Desk, channel: str, address: str, reason: str) -> None:
    """The chat is gone (blocked, left): nothing more is sent there, and the bureau sees who cannot be reached."""
    people.change_contact(desk.tx, channel, address, state="dead", reason=reason)


def found_chat(desk: Desk, channel: str, address: str) -> None:
    """The chat is back (unblocked)."""
    people.change_contact(desk.tx, channel, address, state="live", reason="")


def moved_chat(desk: Desk, channel: str, old: str, new: str) -> None:
    """The chat has a new address (a group became a supergroup): what waits to be sent follows it there."""
    if people.contact_at(desk.tx, channel, new) is None:
        people.move_contact(desk.tx, channel, old, new)
        deliveries.move(desk.tx, channel, old, new)
    else:
        people.change_contact(desk.tx, channel, old, state="dead", reason=f"moved to {new}")


def set_language(desk: Desk, officer: Officer, language: str) -> None:
    people.change_officer(desk.tx, officer.id, language=language)


def _take_unit(desk: Desk, listed: RosterUnit, *, sample: bool, report: RosterReport) -> None:
    known = next((unit for unit in people.units(desk.tx) if unit.name == listed.name), None)
    said = {"short": listed.short, "categories": list(listed.categories)}
    if known is None:
        people.add_unit(desk.tx, name=listed.name, sample=sample, **said)
        report.units_added.append(listed.name)
    elif (known.short, known.categories) != (said["short"], said["categories"]):
        people.change_unit(desk.tx, known.id, **said)
        report.units_changed.append(listed.name)


def _place(desk: Desk, listed: RosterUnit, ids: dict[str, int]) -> None:
    parent_id = ids.get(listed.parent) if listed.parent else None
    unit = _unit(desk, ids[listed.name])
    if unit.parent_id != parent_id:
        people.change_unit(desk.tx, unit.id, parent_id=parent_id)


def _unit(desk: Desk, unit_id: int) -> Unit:
    found = people.unit_by_id(desk.tx, unit_id)
    assert found is not None  # noqa: S101 the id was read in this transaction
    return found


def _take_officers(desk: Desk, unit_id: int, listed: RosterUnit, *, sample: bool, report: RosterReport) -> None:
    held = {(o.name, o.role): o for o in people.officers(desk.tx, active_only=False) if o.unit_id == unit_id}
    for person in {(person.name, person.role): person for person in listed.officers}.values():
        _take_officer(desk, unit_id, person, held.pop((person.name, person.role), None), sample=sample, report=report)
    for officer in held.values() if listed.officers else ():
        if officer.active:
            people.change_officer(desk.tx, officer.id, active=False)
            report.officers_left.append(officer.name)


def _take_officer(  # noqa: PLR0913 one line of a roster against one row
    desk: Desk, unit_id: int, person: RosterOfficer, known: Officer | None, *, sample: bool, report: RosterReport
) -> None:
    if known is None:
        row = {"name": person.name, "role": person.role, "position": person.position, "sample": sample}
        people.add_officer(desk.tx, unit_id=unit_id, **row)
        report.officers_added.append(person.name)
    elif not known.active or known.position != person.position:
        people.change_officer(desk.tx, known.id, active=True, position=person.position)
        report.officers_changed.append(person.name)
