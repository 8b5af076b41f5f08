"""What a digest tells: its parts as they stand now, each with the rung that comes next."""

from collections.abc import Sequence
from datetime import datetime

from schedules.civil import civil_date
from storage import deliveries, group_chats, parts, people, reminders
from storage.rows import DeliveryRow, Officer, PartRow, ReminderRow
from texts.values import DigestView, ReminderView
from usecases.look import views
from usecases.office import Desk

Ours = tuple[ReminderRow, PartRow]


def ours(desk: Desk, delivery: DeliveryRow) -> list[Ours]:
    """The reminders a delivery carries, with their parts read afresh."""
    items = deliveries.items(desk.tx, delivery.id)
    rows = reminders.by_ids(desk.tx, [reminder_id for _, reminder_id in items if reminder_id is not None])
    held = parts.by_ids(desk.tx, [part_id for part_id, _ in items])
    return [(rows[r], held[p]) for p, r in items if r in rows and p in held]


def view_of(desk: Desk, delivery: DeliveryRow, told: Sequence[Ours]) -> DigestView:
    """What this delivery tells its person, or its group."""
    first = min(row.push_at for row, _ in told)
    late = first if (delivery.sent_at or desk.now) - first > desk.office.late_after else None
    return digest_view(
        desk,
        people.officer_by_id(desk.tx, delivery.officer_id or 0),
        told,
        audience=delivery.body.get("audience", "officer"),
        unit=_unit(desk, delivery),
        late_since=late,
        possible_repeat=delivery.ambiguous > 0,
    )


def digest_view(  # noqa: PLR0913 what a message says of itself
    desk: Desk,
    officer: Officer | None,
    told: Sequence[Ours],
    *,
    audience: str,
    unit: str = "",
    late_since: datetime | None = None,
    possible_repeat: bool = False,
) -> DigestView:
    """Everything one person is told at one moment, each line with the rung that comes next."""
    shown = views(desk, [part for _, part in told])
    coming = _coming(desk, told)
    lines = []
    for (row, _), part in zip(told, shown, strict=True):
        after = coming.get((row.part_id, row.id))
        lines.append(
            ReminderView(
                part,
                row.rung,
                row.push_at,
                next_rung=after.rung if after else "",
                next_on=civil_date(after.push_at, desk.office.zone) if after else None,
                next_audience=after.audience if after else "",
            )
        )
    return DigestView(
        officer=officer.name if officer else "",
        unit=unit,
        language=officer.language if officer else "zh",
        audience=audience,
        now=desk.now,
        today=desk.today,
        zone=desk.office.zone,
        reminders=tuple(lines),
        late_since=late_since,
        possible_repeat=possible_repeat,
    )


def _unit(desk: Desk, delivery: DeliveryRow) -> str:
    if delivery.officer_id is None:
        group = group_chats.at(desk.tx, delivery.channel, delivery.address)
        unit_id = group.unit_id if group else 0
    else:
        officer = people.officer_by_id(desk.tx, delivery.officer_id)
        unit_id = officer.unit_id if officer else 0
    unit = people.unit_by_id(desk.tx, unit_id)
    return unit.name if unit else ""


def _coming(desk: Desk, told: Sequence[Ours]) -> dict[tuple[int, int], ReminderRow]:
    """For each told reminder the next planned one about the same part, to whomever it goes."""
    planned: dict[int, list[ReminderRow]] = {}
    for row in reminders.of_parts(desk.tx, [row.part_id for row, _ in told]):
        if row.state == "planned":
            planned.setdefault(row.part_id, []).append(row)
    found = {}
    for row, _ in told:
        later = [r for r in planned.get(row.part_id, []) if r.push_at > row.push_at]
        if later:
            found[row.part_id, row.id] = later[0]
    return found
