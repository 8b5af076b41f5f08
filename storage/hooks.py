"""Hooks: addresses of other programs that hear of events. A removed one keeps its number, which nobody gets again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage.engine import Tx
from storage.rows import Hook, many, one
from storage.tables import hook
from storage.upsert import insert_row

REMOVED = "removed"


def add(tx: Tx, *, url: str, secret: str, events: Sequence[str], now: datetime) -> int:
    return insert_row(tx, hook, {"url": url, "secret": secret, "events": list(events), "created_at": now})


def known(tx: Tx) -> list[Hook]:
    """All but the removed ones."""
    return many(Hook, tx.execute(select(hook).where(hook.c.state != REMOVED).order_by(hook.c.id)))


def by_id(tx: Tx, hook_id: int) -> Hook | None:
    return one(Hook, tx.execute(select(hook).where(hook.c.id == hook_id)).mappings().first())


def change(tx: Tx, hook_id: int, **values: Any) -> None:
    tx.execute(update(hook).where(hook.c.id == hook_id).values(**values))


def remove(tx: Tx, hook_id: int) -> None:
    """Forget where it was and what signed."""
    change(tx, hook_id, state=REMOVED, url="", secret="")
