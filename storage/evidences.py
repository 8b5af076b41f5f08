"""Evidence: the files that came with a report, as rows; the bytes lie in the data folder under their hash."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update

from storage.engine import Tx
from storage.rows import Evidence, many, one
from storage.tables import evidence
from storage.upsert import insert_row

LATELY = 200
"""How far back the files of one person are looked through."""


def add(tx: Tx, **values: Any) -> int:
    return insert_row(tx, evidence, values)


def change(tx: Tx, evidence_id: int, **values: Any) -> None:
    tx.execute(update(evidence).where(evidence.c.id == evidence_id).values(**values))


def by_uid(tx: Tx, uid: str) -> Evidence | None:
    return one(Evidence, tx.execute(select(evidence).where(evidence.c.uid == uid)).mappings().first())


def of_parts(tx: Tx, part_ids: Collection[int]) -> list[Evidence]:
    query = select(evidence).where(evidence.c.part_id.in_(list(part_ids))).order_by(evidence.c.id)
    return many(Evidence, tx.execute(query))


def waiting(tx: Tx, channel: str, now: datetime, limit: int = 20) -> list[Evidence]:
    """Files of a channel that are still to be fetched and may be tried now."""
    due = or_(evidence.c.next_try_at.is_(None), evidence.c.next_try_at <= now)
    query = select(evidence).where(evidence.c.state == "waiting", evidence.c.channel == channel, due)
    return many(Evidence, tx.execute(query.order_by(evidence.c.id).limit(limit)))


def next_try_at(tx: Tx, channel: str) -> datetime | None:
    """When the next waiting file of a channel may be tried; None where none waits for a moment of its own."""
    query = select(func.min(evidence.c.next_try_at)).where(evidence.c.state == "waiting", evidence.c.channel == channel)
    found: datetime | None = tx.execute(query).scalar()
    return found


def hold(tx: Tx, uid: str) -> Evidence | None:
    """The file's row, kept from other writers until this transaction ends."""
    query = select(evidence).where(evidence.c.uid == uid).with_for_update()
    return one(Evidence, tx.execute(query).mappings().first())


def parts_of_album(tx: Tx, officer_id: int, channel: str, album: str) -> list[int]:
    """The parts that files of this album of this person belong to: those of the last of them, in order."""
    mine = (evidence.c.officer_id == officer_id, evidence.c.channel == channel)
    query = select(evidence.c.part_id, evidence.c.source).where(*mine).order_by(evidence.c.id.desc()).limit(LATELY)
    rows = [row.part_id for row in tx.execute(query) if row.source.get("album") == album]
    return sorted(set(rows))


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


def digests(tx: Tx) -> list[str]:
    """The hashes of all stored files, each once."""
    query = select(evidence.c.sha256).where(evidence.c.state == "stored").distinct().order_by(evidence.c.sha256)
    return list(tx.execute(query).scalars())
