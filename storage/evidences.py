"""Evidence: the files that came with a report, as rows; the bytes lie in the data folder under their hash."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update

from storage.engine import Tx
from storage.rows import Evidence, many, one
from storage.tables import evidence
from storage.upsert import insert_row


def add(tx: Tx, **values: Any) -> int:
    return insert_row(tx, evidence, values)


def change(tx: Tx, evidence_id: int, **values: Any) -> None:
    tx.execute(update(evidence).where(evidence.c.id == evidence_id).values(**values))


def by_uid(tx: Tx, uid: str) -> Evidence | None:
    return one(Evidence, tx.execute(select(evidence).where(evidence.c.uid == uid)).mappings().first())


def of_parts(tx: Tx, part_ids: Collection[int]) -> list[Evidence]:
    query = select(evidence).where(evidence.c.part_id.in_(list(part_ids))).order_by(evidence.c.id)
    return many(Evidence, tx.execute(query).mappings())


def waiting(tx: Tx, channel: str, now: datetime, limit: int = 20) -> list[Evidence]:
    """Files of a channel that are still to be fetched and may be tried now."""
    due = or_(evidence.c.next_try_at.is_(None), evidence.c.next_try_at <= now)
    query = select(evidence).where(evidence.c.state == "waiting", evidence.c.channel == channel, due)
    return many(Evidence, tx.execute(query.order_by(evidence.c.id).limit(limit)).mappings())


def counts(tx: Tx, part_ids: Collection[int]) -> dict[int, int]:
    """How many files each part has, those still being fetched included."""
    found: dict[int, int] = {}
    ids = sorted(set(part_ids))
    for start in range(0, len(ids), 500):
        query = (
            select(evidence.c.part_id, func.count().label("files"))
            .where(evidence.c.part_id.in_(ids[start : start + 500]), evidence.c.state != "refused")
            .group_by(evidence.c.part_id)
        )
        found |= {row.part_id: row.files for row in tx.execute(query)}
    return found
