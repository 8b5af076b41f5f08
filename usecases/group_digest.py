"""A unit's groups: each hears once what the unit is reminded of, from every rung that goes to its officers."""

from collections.abc import Iterable, Mapping

from storage import deliveries, group_chats, reminders, restored
from storage.rows import DeliveryRow, GroupChat, PartRow, ReminderRow
from usecases.office import Desk

Rung = tuple[int, str, object]
"""(part, rung, due date): what several officers of a unit are told, a group is told once."""


def hand_to_groups(desk: Desk, told: Iterable[ReminderRow], held: Mapping[int, PartRow]) -> int:
    """One digest for each live group of the units whose officers are told now; gives how many."""
    by_unit: dict[int, dict[Rung, ReminderRow]] = {}
    for row in told:
        if row.audience == "officer":
            by_unit.setdefault(held[row.part_id].unit_id, {}).setdefault(_rung(row), row)
    groups = [group for group in group_chats.of_units(desk.tx, by_unit) if _runs(desk, group)]
    return sum(_hand(desk, group, list(by_unit[group.unit_id].values())) for group in groups)


def is_robot(channel: str) -> bool:
    """Whether a group on this channel only listens: robots speak and hear nothing."""
    return channel.endswith("_robot")


def unfit(desk: Desk, delivery: DeliveryRow) -> str:
    """Why this group may not hear it any more; empty when it may."""
    group = group_chats.at(desk.tx, delivery.channel, delivery.address)
    if group is None or group.state != "live":
        return "group gone"
    return "" if group.unit_id == delivery.body.get("group") else "group of another unit"


def _hand(desk: Desk, group: GroupChat, rows: list[ReminderRow]) -> bool:
    fresh = _untold(desk, group, rows)
    if fresh:
        deliveries.add(
            desk.tx,
            [(row.part_id, row.id) for row in fresh],
            officer_id=None,
            channel=group.channel,
            address=group.address,
            kind="digest",
            body={"audience": "officer", "group": group.unit_id},
            ambiguous=restored.told_before(fresh),
            at=desk.now,
            created_at=desk.now,
        )
    return bool(fresh)


def _untold(desk: Desk, group: GroupChat, rows: list[ReminderRow]) -> list[ReminderRow]:
    """Without what the group has heard already because a colleague is reminded at another hour."""
    alike = {row.id: _rung(row) for row in reminders.of_parts(desk.tx, [row.part_id for row in rows])}
    here = (group.channel, group.address)
    carried = deliveries.of_reminders(desk.tx, [i for i, rung in alike.items() if rung in set(map(_rung, rows))])
    heard = {alike[reminder_id] for reminder_id, sent in carried if (sent.channel, sent.address) == here}
    return [row for row in rows if _rung(row) not in heard]


def _rung(row: ReminderRow) -> Rung:
    return row.part_id, row.rung, row.due


def _runs(desk: Desk, group: GroupChat) -> bool:
    return desk.office.channels is None or group.channel in desk.office.channels
