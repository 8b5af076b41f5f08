"""Seals over the timeline: numbered without a gap, each over the rows from where the one before it ended."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import OperationalError

from storage.engine import Tx
from storage.rows import Seal, TimelineRow, many, one
from storage.tables import seal, timeline

LOWEST = -(2**31)


def newest(tx: Tx) -> Seal | None:
    return one(Seal, tx.execute(select(seal).order_by(seal.c.number.desc()).limit(1)).mappings().first())


def between(tx: Tx, first: int, last: int) -> list[Seal]:
    """The seals of these numbers, both included, in their order."""
    query = select(seal).where(seal.c.number >= first, seal.c.number <= last)
    return many(Seal, tx.execute(query.order_by(seal.c.number)))


def add(tx: Tx, **values: Any) -> None:
    tx.execute(insert(seal).values(**values))


def rows_after(tx: Tx, row: int, limit: int) -> list[TimelineRow]:
    query = select(timeline).where(timeline.c.id > row).order_by(timeline.c.id).limit(limit)
    return many(TimelineRow, tx.execute(query))


def rows_within(tx: Tx, after: int, last: int) -> list[TimelineRow]:
    """The rows behind `after` up to `last`, `last` included; behind 0 are those that no number of ours is given to."""
    query = select(timeline).where(timeline.c.id > (after or LOWEST), timeline.c.id <= last).order_by(timeline.c.id)
    return many(TimelineRow, tx.execute(query))


def last_row(tx: Tx) -> int:
    return int(tx.execute(select(func.coalesce(func.max(timeline.c.id), 0))).scalar_one())


def hold(tx: Tx) -> bool:
    """Wait until nobody is writing into the timeline, and let nobody begin; False where that takes half a second.

    On PostgreSQL a row's number says nothing of when it is committed: one that comes late would look slipped in. SQLite
    has one writer.
    """
    if tx.dialect.name != "postgresql":
        return True
    waiting = tx.begin_nested()
    try:
        tx.execute(text("SET LOCAL lock_timeout = '500ms'"))
        tx.execute(text("LOCK TABLE timeline IN SHARE MODE"))
    except OperationalError:
        waiting.rollback()
        return False
    waiting.commit()
    return True


def erased_rows(rows: Sequence[TimelineRow]) -> set[int]:
    """The rows whose words these acts erased."""
    return {int(number) for row in rows for number in row.detail.get("rows", ())}
