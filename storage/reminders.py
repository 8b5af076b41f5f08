"""Reminders: the promises to remind. One row per part, rung, due date and recipient; it happens once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update

from storage.engine import Tx
from storage.rows import ReminderRow, many
from storage.tables import PLANNED, duty, occurrence, part, reminder, timeline
from storage.upsert import insert_rows


@dataclass(frozen=True, slots=True)
class Held:
    """What is not handed over now: reminders of paused plans, and of people whose hour has not come.

    Rungs that begin with one of `but_for` reach those people all the same.
    """

    plans: Collection[int] = ()
    officers: Collection[int] = ()
    but_for: tuple[str, ...] = ()


NOTHING_HELD = Held()


def of_parts(tx: Tx, part_ids: Collection[int]) -> list[ReminderRow]:
    ids, rows = sorted(set(part_ids)), []
    for start in range(0, len(ids), 500):
        query = select(reminder).where(reminder.c.part_id.in_(ids[start : start + 500]))
        rows += many(ReminderRow, tx.execute(query.order_by(reminder.c.push_at, reminder.c.id)))
    return rows


def by_ids(tx: Tx, ids: Collection[int]) -> dict[int, ReminderRow]:
    rows = tx.execute(select(reminder).where(reminder.c.id.in_(list(ids))))
    return {r.id: r for r in many(ReminderRow, rows)}


def add(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    insert_rows(tx, reminder, rows)


def due(tx: Tx, now: datetime, limit: int = 5000, *, held: Held = NOTHING_HELD) -> list[ReminderRow]:
    """Planned reminders whose moment has come, person by person and each person's earliest first.

    The limit never cuts one person's in two, since together they make one message. Rows that another node is handing
    over at this moment are left to it.
    """
    query = select(reminder).where(PLANNED, reminder.c.push_at <= now, *_free(held))
    query = query.limit(limit).with_for_update(skip_locked=True)
    by_person = (reminder.c.officer_id, reminder.c.push_at, reminder.c.id)
    rows = many(ReminderRow, tx.execute(query.order_by(*by_person)))
    whole = [row for row in rows if row.officer_id != rows[-1].officer_id] if len(rows) == limit else rows
    return whole or rows


def next_at(tx: Tx, *, held: Held = NOTHING_HELD) -> datetime | None:
    """The moment of the next planned reminder that nothing holds back."""
    query = select(func.min(reminder.c.push_at)).where(PLANNED, *_free(held))
    found: datetime | None = tx.execute(query).scalar()
    return found


def late(tx: Tx, before: datetime, limit: int, *, held: Held = NOTHING_HELD) -> list[int]:
    """Planned reminders that nothing holds back and whose moment came before that, the oldest first."""
    query = select(reminder.c.id).where(PLANNED, reminder.c.push_at <= before, *_free(held))
    return [row.id for row in tx.execute(query.order_by(reminder.c.push_at).limit(limit))]


def _free(held: Held) -> Iterator[ColumnElement[bool]]:
    if held.plans:
        paused = (
            select(part.c.id)
            .join(occurrence, part.c.occurrence_id == occurrence.c.id)
            .join(duty, occurrence.c.duty_id == duty.c.id)
            .where(duty.c.plan_id.in_(sorted(held.plans)))
        )
        yield reminder.c.part_id.not_in(paused)
    if held.officers:
        at_once = or_(*(reminder.c.rung.startswith(rung, autoescape=True) for rung in held.but_for))
        yield or_(reminder.c.officer_id.not_in(sorted(held.officers)), at_once)


def lying(tx: Tx, officer_id: int, now: datetime) -> list[ReminderRow]:
    """What lies in a person's web inbox: office hours hold back what would buzz a phone, not this."""
    query = select(reminder).where(
        reminder.c.officer_id == officer_id, reminder.c.lies_at <= now, reminder.c.state.in_(("planned", "handed"))
    )
    return many(ReminderRow, tx.execute(query.order_by(reminder.c.lies_at, reminder.c.id)))


def change(tx: Tx, ids: Collection[int], **values: Any) -> int:
    """Change planned reminders only: what was handed over is history."""
    changed, todo = 0, sorted(set(ids))
    for start in range(0, len(todo), 500):
        query = update(reminder).where(reminder.c.id.in_(todo[start : start + 500]), PLANNED)
        changed += tx.execute(query.values(**values)).rowcount
    return changed


def supersede_part(tx: Tx, part_id: int, reason: str) -> None:
    query = update(reminder).where(reminder.c.part_id == part_id, PLANNED)
    tx.execute(query.values(state="superseded", reason=reason))


def restore_part(tx: Tx, part_id: int, reasons: Collection[str]) -> None:
    """Plan again what was superseded for a reason that holds no longer, also where its moment came meanwhile."""
    query = update(reminder).where(
        reminder.c.part_id == part_id, reminder.c.state == "superseded", reminder.c.reason.in_(list(reasons))
    )
    tx.execute(query.values(state="planned", reason=""))


def restore(tx: Tx, ids: Collection[int], reason: str) -> None:
    """Plan these again that were superseded for that reason."""
    query = update(reminder).where(
        reminder.c.id.in_(list(ids)), reminder.c.state == "superseded", reminder.c.reason == reason
    )
    tx.execute(query.values(state="planned", reason=""))


def restore_replanned(tx: Tx, part_id: int, due: date, since: datetime) -> None:
    """Plan again what was cancelled because its due date was another one for a while, from that moment on."""
    query = update(reminder).where(
        reminder.c.part_id == part_id,
        reminder.c.due == due,
        reminder.c.state == "cancelled",
        reminder.c.reason == "replanned",
        reminder.c.push_at >= since,
    )
    tx.execute(query.values(state="planned", reason=""))


def plan_again(tx: Tx, reminder_id: int, *, lies_at: datetime, push_at: datetime) -> None:
    """What was cancelled is owed once more: the same row, since a reminder happens once."""
    query = update(reminder).where(reminder.c.id == reminder_id, reminder.c.state == "cancelled")
    tx.execute(query.values(state="planned", reason="", lies_at=lies_at, push_at=push_at))


def unanswered(tx: Tx) -> dict[int, datetime]:
    """By officer: when the oldest reminder was handed over that is still without a receipt.

    Only of people who have done nothing since then.
    """
    query = (
        select(reminder.c.officer_id, func.min(reminder.c.handed_at).label("first"))
        .join(part, reminder.c.part_id == part.c.id)
        .where(reminder.c.state == "handed", reminder.c.audience == "officer")
        .where(part.c.state == "open", part.c.settled_at.is_(None))
        .group_by(reminder.c.officer_id)
    )
    first = {row.officer_id: row.first for row in tx.execute(query)}
    acted = select(timeline.c.officer_id, func.max(timeline.c.at).label("last")).group_by(timeline.c.officer_id)
    last = {row.officer_id: row.last for row in tx.execute(acted)}
    return {o: at for o, at in first.items() if at is not None and (o not in last or last[o] < at)}


def of_rung(tx: Tx, part_id: int, rung: str) -> list[ReminderRow]:
    """One step of one part, to everybody who gets it."""
    query = select(reminder).where(reminder.c.part_id == part_id, reminder.c.rung == rung)
    return many(ReminderRow, tx.execute(query.order_by(reminder.c.id)))


def to_come(tx: Tx, audiences: Collection[str], since: datetime, until: datetime, reason: str) -> list[ReminderRow]:
    """What is planned for these audiences, or was superseded for that reason, in order of leaving."""
    planned = PLANNED & (reminder.c.push_at < until)
    kept = (reminder.c.state == "superseded") & (reminder.c.reason == reason)
    between = kept & (reminder.c.push_at >= since) & (reminder.c.push_at < until)
    query = select(reminder).where(reminder.c.audience.in_(list(audiences)), or_(planned, between))
    return many(ReminderRow, tx.execute(query.order_by(reminder.c.push_at, reminder.c.id)))


def let_go(tx: Tx, part_id: int, rung: str, reason: str) -> int:
    """Plan again what was superseded for that reason: one step of one part."""
    step = (reminder.c.part_id == part_id, reminder.c.rung == rung)
    query = update(reminder).where(*step, reminder.c.state == "superseded", reminder.c.reason == reason)
    return tx.execute(query.values(state="planned", reason="")).rowcount
