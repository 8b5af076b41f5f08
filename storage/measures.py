"""Counts for whoever watches the program: no names, no titles."""

from sqlalchemy import func, select

from storage.engine import Tx
from storage.tables import contact, delivery, group_chat, inbox

WAITS = ("due", "sending", "dead")


def queue(tx: Tx) -> dict[tuple[str, str], int]:
    """Messages that wait, are being sent or were given up, by (channel, state)."""
    query = select(delivery.c.channel, delivery.c.state, func.count()).where(delivery.c.state.in_(WAITS))
    return {(row[0], row[1]): row[2] for row in tx.execute(query.group_by(delivery.c.channel, delivery.c.state))}


def inbox_waiting(tx: Tx) -> dict[str, int]:
    """What came in and is not handled yet, by channel."""
    query = select(inbox.c.channel, func.count()).where(inbox.c.handled_at.is_(None)).group_by(inbox.c.channel)
    return {row[0]: row[1] for row in tx.execute(query)}


def inbox_set_aside(tx: Tx) -> int:
    found = tx.execute(select(func.count()).where(inbox.c.error != "", inbox.c.handled_at.is_not(None))).scalar()
    return found or 0


def ways(tx: Tx) -> dict[tuple[str, str], int]:
    """People's and groups' chats, by (channel, state)."""
    counted: dict[tuple[str, str], int] = {}
    for table in (contact, group_chat):
        query = select(table.c.channel, table.c.state, func.count()).group_by(table.c.channel, table.c.state)
        counted |= {(row[0], row[1]): row[2] + counted.get((row[0], row[1]), 0) for row in tx.execute(query)}
    return counted
