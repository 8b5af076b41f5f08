"""Units' groups that hear nothing any more: we were sent out, the group is gone, or its robot was taken away."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from schedules.civil import civil_date
from storage import group_chats, people, timeline
from storage.rows import GroupChat, Officer
from usecases.errors import NoSuchWay, NotAllowed
from usecases.group_digest import is_robot
from usecases.office import Desk
from usecases.remit import remit

LOST = "group_lost"
REMOVED = "removed"
"""The reason of a robot that was taken away on purpose: nobody misses it."""


@dataclass(frozen=True, slots=True)
class DeadGroup:
    """A group of a unit that reminders do not reach, since when; a `robot` is added again by an administrator."""

    number: int
    unit_id: int
    unit: str
    channel: str
    since: date
    robot: bool


def dead_groups(desk: Desk, within: Collection[int] | None = None) -> list[DeadGroup]:
    """By unit, the longest dead first. A unit that has bound a group since then misses nothing.

    `within`: of these units only.
    """
    names = {unit.id: unit.name for unit in people.units(desk.tx) if within is None or unit.id in within}
    every = group_chats.of_units(desk.tx, names, live_only=False)
    lost_at = {(row.door, row.detail.get("address")): row.at for row in timeline.of_verb(desk.tx, LOST)}
    fresh: dict[int, list[GroupChat]] = {}
    for group in every:
        if group.state == "live":
            fresh.setdefault(group.unit_id, []).append(group)
    found = []
    for group in every:
        at = lost_at.get((group.channel, group.address), group.bound_at)
        replaced = any(other.bound_at >= at for other in fresh.get(group.unit_id, ()))
        if group.state != "live" and group.reason != REMOVED and not replaced:
            since = civil_date(at, desk.office.zone)
            robot = is_robot(group.channel)
            found.append(DeadGroup(group.id, group.unit_id, names[group.unit_id], group.channel, since, robot))
    return sorted(found, key=lambda one: (one.unit, one.since, one.number))


def forget_group(desk: Desk, by: Officer, number: int) -> DeadGroup:
    """The unit wants no group any more: take a dead one off the list. Raises NotAllowed, NoSuchWay."""
    if by.role != "bureau":
        raise NotAllowed("Only the bureau takes a dead group off the list.", role=by.role, verb="unbind_group")
    found = next((one for one in dead_groups(desk, remit(desk, by)) if one.number == number), None)
    if found is None:
        raise NoSuchWay("There is no such group; see the list.")
    group = next(row for row in group_chats.of_units(desk.tx, [found.unit_id], live_only=False) if row.id == number)
    group_chats.drop(desk.tx, group.channel, group.address)
    detail = {"address": group.address, "unit": group.unit_id}
    timeline.add(
        desk.tx, at=desk.now, verb="unbind_group", officer_id=by.id, door="web", words=found.unit, detail=detail
    )
    return found
