"""Extensions: more time asked for one part. At most one of a part waits for a decision."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update

from storage.engine import Tx
from storage.rows import Extension, many, one
from storage.tables import ASKED, extension
from storage.upsert import insert_row


def add(tx: Tx, **values: Any) -> int:
    return insert_row(tx, extension, {"state": "asked", **values})


def change(tx: Tx, extension_id: int, **values: Any) -> bool:
    """Decide an extension that still waits; says whether it did."""
    query = update(extension).where(extension.c.id == extension_id, ASKED).values(**values)
    return bool(tx.execute(query).rowcount)


def restore(tx: Tx, extension_id: int) -> None:
    """A decision was taken back: it waits again."""
    values = {"state": "asked", "granted_due": None, "decided_by": None, "decided_at": None, "decision": ""}
    tx.execute(update(extension).where(extension.c.id == extension_id).values(**values))


def by_id(tx: Tx, extension_id: int) -> Extension | None:
    return one(Extension, tx.execute(select(extension).where(extension.c.id == extension_id)).mappings().first())


def of_part(tx: Tx, part_id: int) -> list[Extension]:
    query = select(extension).where(extension.c.part_id == part_id).order_by(extension.c.id)
    return many(Extension, tx.execute(query))


def of_parts(tx: Tx, part_ids: Collection[int]) -> dict[int, list[Extension]]:
    """What was asked and granted for these parts, the oldest first."""
    found: dict[int, list[Extension]] = {}
    ids = sorted(set(part_ids))
    for start in range(0, len(ids), 500):
        query = select(extension).where(
            extension.c.part_id.in_(ids[start : start + 500]), extension.c.state.in_(("asked", "granted"))
        )
        for row in many(Extension, tx.execute(query.order_by(extension.c.id))):
            found.setdefault(row.part_id, []).append(row)
    return found


def waiting(tx: Tx, part_ids: Collection[int] | None = None) -> dict[int, Extension]:
    """The extensions nobody has decided, by part; of these parts, or of all."""
    query = select(extension).where(ASKED).order_by(extension.c.id)
    rows = many(Extension, tx.execute(query))
    return {row.part_id: row for row in rows if part_ids is None or row.part_id in part_ids}
