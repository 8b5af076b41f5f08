"""The robots of a unit's groups: adding, listing, testing and removing them. The bureau and administrators may."""

from dataclasses import dataclass

from storage import group_chats, people, timeline
from storage.rows import GroupChat, Officer, Unit
from texts.reader import Reader
from texts.values import Message
from usecases.contacts import shown
from usecases.dead_groups import REMOVED
from usecases.deliver import say
from usecases.errors import NoSuchWay, NotAllowed, UnknownUnit
from usecases.group_digest import is_robot
from usecases.office import Desk
from usecases.remit import reaches


@dataclass(frozen=True, slots=True)
class RobotRow:
    """One robot; `shown` is the end of its key."""

    number: int
    unit: str
    channel: str
    shown: str
    live: bool
    reason: str


def find_unit(desk: Desk, name: str) -> Unit:
    """The unit of that name or short name. Raises UnknownUnit."""
    found = [unit for unit in people.units(desk.tx) if name in (unit.name, unit.short)]
    if len(found) != 1:
        raise UnknownUnit(f"There is no unit {name!r}; see the roster.", name=name)
    return found[0]


def add_robot(desk: Desk, by: Officer | None, unit: Unit, channel: str, address: str) -> RobotRow:
    """Bind a robot to a unit; one that was bound elsewhere moves. `address` is canonical. Raises NotAllowed."""
    _check(desk, by, unit.id)
    actor = by.id if by else None
    group_chats.bind(desk.tx, unit_id=unit.id, channel=channel, address=address, bound_by=actor, now=desk.now)
    made = group_chats.at(desk.tx, channel, address)
    assert made is not None  # noqa: S101 it was just written
    _note(desk, by, "robot_add", made)
    return _row(made, unit.name)


def robots(desk: Desk, unit: Unit | None = None) -> list[RobotRow]:
    """Every robot, of one unit if it is named, those that no longer work with the reason."""
    names = {held.id: held.name for held in people.units(desk.tx) if unit is None or held.id == unit.id}
    found = group_chats.of_units(desk.tx, names, live_only=False)
    return [_row(row, names[row.unit_id]) for row in found if is_robot(row.channel) and row.reason != REMOVED]


def remove_robot(desk: Desk, by: Officer | None, number: int) -> RobotRow:
    """Say nothing more through it. Raises NotAllowed, NoSuchWay."""
    held, name = _find(desk, number)
    _check(desk, by, held.unit_id)
    group_chats.change(desk.tx, held.channel, held.address, state="dead", reason=REMOVED)
    _note(desk, by, "robot_remove", held)
    return _row(held, name)


def test_robot(desk: Desk, by: Officer | None, number: int) -> RobotRow:
    """Say in the group that this is a test. Raises NotAllowed, NoSuchWay."""
    held, name = _find(desk, number)
    _check(desk, by, held.unit_id)
    reader = Reader("zh", desk.today, desk.office.zone)
    message = Message((reader.say("ways.test_group", unit=name),))
    say(desk, message, officer_id=None, channel=held.channel, address=held.address)
    _note(desk, by, "robot_test", held)
    return _row(held, name)


def _check(desk: Desk, by: Officer | None, unit_id: int) -> None:
    if by is not None and (by.role not in {"bureau", "administrator"} or not reaches(desk, by, unit_id)):
        raise NotAllowed("Only the bureau or an administrator may do this.", role=by.role, verb="ways")


def _find(desk: Desk, number: int) -> tuple[GroupChat, str]:
    names = {unit.id: unit.name for unit in people.units(desk.tx)}
    for held in group_chats.of_units(desk.tx, names, live_only=False):
        if held.id == number and is_robot(held.channel) and held.reason != REMOVED:
            return held, names[held.unit_id]
    raise NoSuchWay("There is no such robot; see the list.")


def _row(held: GroupChat, unit: str) -> RobotRow:
    return RobotRow(held.id, unit, held.channel, shown(held.channel, held.address), held.state == "live", held.reason)


def _note(desk: Desk, by: Officer | None, verb: str, held: GroupChat) -> None:
    detail = {"unit": held.unit_id, "channel": held.channel, "way": shown(held.channel, held.address)}
    actor = by.id if by else None
    timeline.add(desk.tx, at=desk.now, verb=verb, officer_id=actor, door="", words="", detail=detail)
