"""Who gets copies of a unit's letters, beside those whom the ladder names by their role."""

from collections.abc import Collection

from sqlalchemy import delete, select

from storage.engine import Tx
from storage.rows import CopyTo, many, one
from storage.tables import copy_to
from storage.upsert import insert_absent


def add(tx: Tx, unit_id: int, officer_id: int, letter: str) -> bool:
    """Whether it is new."""
    return insert_absent(tx, copy_to, {"unit_id": unit_id, "officer_id": officer_id, "letter": letter})


def remove(tx: Tx, number: int) -> None:
    tx.execute(delete(copy_to).where(copy_to.c.id == number))


def by_id(tx: Tx, number: int) -> CopyTo | None:
    return one(CopyTo, tx.execute(select(copy_to).where(copy_to.c.id == number)).mappings().first())


def of_units(tx: Tx, unit_ids: Collection[int] | None = None) -> list[CopyTo]:
    """In the order in which they were put down."""
    held = many(CopyTo, tx.execute(select(copy_to).order_by(copy_to.c.id)))
    return [row for row in held if unit_ids is None or row.unit_id in unit_ids]
