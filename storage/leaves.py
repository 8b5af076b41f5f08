"""Leaves of people and pauses of plans: when somebody, or everybody, is not to be reminded."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from storage.engine import Tx
from storage.rows import Leave, Pause, many
from storage.tables import leave, pause
from storage.upsert import insert_row


def add_leave(tx: Tx, **values: Any) -> int:
    return insert_row(tx, leave, values)


def end_leave(tx: Tx, leave_id: int, now: datetime) -> bool:
    query = update(leave).where(leave.c.id == leave_id, leave.c.ended_at.is_(None)).values(ended_at=now)
    return bool(tx.execute(query).rowcount)


def leaves(tx: Tx, *, since: date) -> list[Leave]:
    """Leaves that are not ended and not over before `since`, by their first day."""
    query = select(leave).where(leave.c.ended_at.is_(None), leave.c.last_day >= since)
    return many(Leave, tx.execute(query.order_by(leave.c.first_day, leave.c.id)))


def add_pause(tx: Tx, **values: Any) -> int:
    return insert_row(tx, pause, values)


def end_pause(tx: Tx, pause_id: int, now: datetime) -> bool:
    query = update(pause).where(pause.c.id == pause_id, pause.c.ended_at.is_(None)).values(ended_at=now)
    return bool(tx.execute(query).rowcount)


def pauses(tx: Tx, today: date) -> list[Pause]:
    """Pauses in force on that day."""
    query = select(pause).where(pause.c.ended_at.is_(None), pause.c.until >= today)
    return many(Pause, tx.execute(query.order_by(pause.c.id)))


def was_paused(tx: Tx, at: datetime, day: date, plan_ids: Collection[int]) -> bool:
    """Whether at that moment, on that day, one of these plans or everything was paused."""
    asked = pause.c.plan_id.is_(None) | pause.c.plan_id.in_(list(plan_ids))
    lasted = pause.c.ended_at.is_(None) | (pause.c.ended_at >= at)
    query = select(pause.c.id).where(asked, lasted, pause.c.created_at <= at, pause.c.until >= day)
    return tx.execute(query).first() is not None
