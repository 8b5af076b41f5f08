"""A few facts about this database itself: what it is, what it was made with, what was done last."""

from sqlalchemy import delete, select

from storage.engine import Tx
from storage.tables import meta


def get(tx: Tx, key: str) -> str | None:
    found: str | None = tx.execute(select(meta.c.value).where(meta.c.key == key)).scalar()
    return found


def put(tx: Tx, key: str, value: str) -> None:
    tx.execute(delete(meta).where(meta.c.key == key))
    tx.execute(meta.insert().values(key=key, value=value))
