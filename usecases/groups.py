"""Groups: a chat group, or a topic of one, bound to a unit by somebody who answers for it; it hears its reminders.

An address is a chat's number, or ``chat/topic``. Who presses there acts as themselves; the group itself has no rights.
"""

from dataclasses import dataclass

from storage import deliveries, group_chats, people, timeline
from storage.rows import GroupChat, Officer, Unit
from texts.reader import Reader
from texts.values import Message
from usecases.dead_groups import LOST
from usecases.deliver import say
from usecases.errors import Refused
from usecases.office import Desk
from usecases.remit import reaches

OWN = frozenset({"officer", "deputy", "head"})
LANGUAGE = "zh"


class NotForGroups(Refused):
    """This role binds no group."""

    key = "group_role"


class NoSuchUnit(Refused):
    """There is no unit of that name."""

    key = "group_unit"


class UnitMissing(Refused):
    """Which unit is meant has to be said."""

    key = "group_unit_missing"


class GroupTaken(Refused):
    """The group hears another unit's reminders; that unit or the bureau has to let it go first."""

    key = "group_taken"


class NotBound(Refused):
    """The group is bound to no unit."""

    key = "group_not_bound"


@dataclass(frozen=True, slots=True)
class Bound:
    """The unit a group is bound to, or was; `changed` is false where it had been so before."""

    unit: str
    changed: bool = True


def bind_group(desk: Desk, officer: Officer, channel: str, address: str, unit_name: str = "") -> Bound:
    """Bind a group to the person's own unit; the bureau names any. Raises the refusals above."""
    unit = _unit(desk, officer, unit_name)
    before = group_chats.at(desk.tx, channel, address)
    if before is not None and before.state == "live":
        if before.unit_id == unit.id:
            return Bound(unit.name, changed=False)
        _check_holder(desk, officer, before)
    group_chats.bind(desk.tx, unit_id=unit.id, channel=channel, address=address, bound_by=officer.id, now=desk.now)
    _note(desk, "bind_group", officer.id, channel, address, unit)
    return Bound(unit.name)


def unbind_group(desk: Desk, officer: Officer, channel: str, address: str) -> Bound:
    """Let a group go; for people of its unit and for the bureau."""
    group = group_chats.at(desk.tx, channel, address)
    if group is None:
        raise NotBound("This group is bound to no unit.")
    _check_holder(desk, officer, group)
    unit = people.unit_by_id(desk.tx, group.unit_id)
    assert unit is not None  # noqa: S101 a foreign key
    group_chats.drop(desk.tx, channel, address)
    _note(desk, "unbind_group", officer.id, channel, address, unit)
    return Bound(unit.name)


def bound_unit(desk: Desk, channel: str, address: str) -> str:
    """The name of the unit a live group is bound to; empty for none."""
    group = group_chats.at(desk.tx, channel, address)
    unit = people.unit_by_id(desk.tx, group.unit_id) if group and group.state == "live" else None
    return unit.name if unit else ""


def lost_group(desk: Desk, channel: str, chat: str, reason: str) -> None:
    """We were sent out of a chat: its groups are dead, and the bureau sees it."""
    for group in group_chats.in_chat(desk.tx, channel, chat):
        if group.state == "live":
            _lose(desk, group, reason)


def found_group(desk: Desk, channel: str, chat: str) -> None:
    """We are back: what was bound there hears again."""
    for group in group_chats.in_chat(desk.tx, channel, chat):
        group_chats.change(desk.tx, channel, group.address, state="live", reason="")


def moved_group(desk: Desk, channel: str, old: str, new: str) -> None:
    """The chat has a new number; a group bound under the new one already stays as it is."""
    for group in group_chats.in_chat(desk.tx, channel, old):
        _rename(desk, group, new + group.address[len(old) :])


def left_topic(desk: Desk, channel: str, address: str, main: str) -> None:
    """The topic is closed or gone: what was to go there goes to the group itself, which is told so once."""
    group = group_chats.at(desk.tx, channel, address)
    if group is not None and _rename(desk, group, main):
        unit = people.unit_by_id(desk.tx, group.unit_id)
        said = Reader(LANGUAGE, desk.today, desk.office.zone).say("groups.topic_gone", unit=unit.name if unit else "")
        say(desk, Message((said,)), officer_id=None, channel=channel, address=main)
    deliveries.move(desk.tx, channel, address, main)


def _rename(desk: Desk, group: GroupChat, address: str) -> bool:
    """Give a group another address; where that is another unit's, the group is dead and the bureau sees it."""
    there = group_chats.at(desk.tx, group.channel, address)
    if there is None:
        group_chats.move(desk.tx, group.channel, group.address, address)
    elif there.unit_id == group.unit_id:
        group_chats.drop(desk.tx, group.channel, group.address)
    else:
        _lose(desk, group, f"{address} is another unit's")
        return False
    return True


def _unit(desk: Desk, officer: Officer, name: str) -> Unit:
    if officer.role not in {*OWN, "bureau"}:
        raise NotForGroups(f"The role {officer.role} binds no group.", role=officer.role)
    units = people.units(desk.tx)
    own = next(unit for unit in units if unit.id == officer.unit_id)
    if not name:
        if officer.role == "bureau":
            raise UnitMissing("Say which unit the group is for.")
        return own
    found = next((unit for unit in units if name in (unit.name, unit.short)), None)
    if found is None:
        raise NoSuchUnit(f"There is no unit {name!r}.", unit=name)
    if (officer.role != "bureau" and found.id != own.id) or not reaches(desk, officer, found.id):
        raise NotForGroups("People bind groups to their own unit only.", role=officer.role)
    return found


def _check_holder(desk: Desk, officer: Officer, group: GroupChat) -> None:
    if officer.role == "bureau" and reaches(desk, officer, group.unit_id):
        return
    if officer.role in OWN and officer.unit_id == group.unit_id:
        return
    unit = people.unit_by_id(desk.tx, group.unit_id)
    name = unit.name if unit else ""
    raise GroupTaken(f"The group is bound to {name}.", unit=name)


def _note(desk: Desk, verb: str, officer_id: int, channel: str, address: str, unit: Unit) -> None:  # noqa: PLR0913, PLR0917 one row of the timeline
    detail = {"address": address, "unit": unit.id}
    timeline.add(desk.tx, at=desk.now, verb=verb, officer_id=officer_id, door=channel, words=unit.name, detail=detail)


def _lose(desk: Desk, group: GroupChat, reason: str) -> None:
    group_chats.change(desk.tx, group.channel, group.address, state="dead", reason=reason)
    timeline.add(desk.tx, at=desk.now, verb=LOST, door=group.channel, words=reason, detail=_where(group))


def _where(group: GroupChat) -> dict[str, object]:
    return {"address": group.address, "unit": group.unit_id}
