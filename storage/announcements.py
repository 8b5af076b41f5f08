"""Announcements: one text of the bureau to many, drafted, counted, and sent at a second confirmation."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage.engine import Tx
from storage.rows import Announcement, many, one
from storage.tables import announcement
from storage.upsert import insert_row


def add(tx: Tx, **values: Any) -> int:
    return insert_row(tx, announcement, values)


def by_id(tx: Tx, announcement_id: int) -> Announcement | None:
    query = select(announcement).where(announcement.c.id == announcement_id)
    return one(Announcement, tx.execute(query).mappings().first())


def settle(tx: Tx, announcement_id: int, state: str, **values: Any) -> bool:
    """Send or drop a draft; says whether it was one still."""
    query = update(announcement).where(announcement.c.id == announcement_id, announcement.c.state == "draft")
    return bool(tx.execute(query.values(state=state, **values)).rowcount)


def sent_since(tx: Tx, since: datetime) -> list[Announcement]:
    query = select(announcement).where(announcement.c.state == "sent", announcement.c.sent_at >= since)
    return many(Announcement, tx.execute(query.order_by(announcement.c.id)))
