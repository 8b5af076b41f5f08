"""The roster as the bureau looks at it: units with their people, who can be reached in a chat, and who left."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from storage import people, tokens
from storage.rows import Contact, Officer, Unit
from usecases.office import Desk


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who answers for a unit. `chat`: bound, lost (blocked or left), invited, or none."""

    officer: Officer
    chat: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    unit: Unit
    parent: str
    people: tuple[Person, ...]
    left: tuple[Officer, ...]

    def names(self) -> tuple[str, ...]:
        """The words under which somebody looks for this unit."""
        persons = (person.officer.name for person in self.people)
        return (self.unit.name, self.unit.short, *self.unit.categories, *persons)


def roster_page(desk: Desk, within: Collection[int] | None = None) -> tuple[UnitLine, ...]:
    """All units, or those `within` a remit, in the order of the roster; people who left stand apart."""
    units = {unit.id: unit for unit in people.units(desk.tx)}
    staff = people.officers(desk.tx, active_only=False)
    chats = _chats(desk, [officer.id for officer in staff])
    by_unit: dict[int, list[Officer]] = {}
    for officer in staff:
        by_unit.setdefault(officer.unit_id, []).append(officer)
    lines = []
    for unit in (one for one in units.values() if within is None or one.id in within):
        own = by_unit.get(unit.id, [])
        here = tuple(Person(officer, chats.get(officer.id, "none")) for officer in own if officer.active)
        parent = units[unit.parent_id].name if unit.parent_id else ""
        lines.append(UnitLine(unit, parent, here, tuple(officer for officer in own if not officer.active)))
    return tuple(lines)


def _chats(desk: Desk, officer_ids: list[int]) -> dict[int, str]:
    invited = (
        token.officer_id
        for token in tokens.live(desk.tx, "invite")
        if token.used_at is None and (token.expires_at is None or token.expires_at > desk.now)
    )
    found = {officer_id: "invited" for officer_id in invited if officer_id is not None}
    contacts = people.contacts(desk.tx, officer_ids, live_only=False)
    lost = {contact.officer_id: "lost" for contact in contacts}
    return {**lost, **found, **_bound(contacts)}


def _bound(contacts: Iterable[Contact]) -> dict[int, str]:
    return {contact.officer_id: "bound" for contact in contacts if contact.state == "live"}
