"""A few facts about this database itself: what it is, what it was made with, what was done last."""

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.engine import Tx
from storage.tables import meta


def get(tx: Tx, key: str) -> str | None:
    found: str | None = tx.execute(select(meta.c.value).where(meta.c.key == key)).scalar()
    return found


def put(tx: Tx, key: str, value: str) -> None:
    """Note a fact, in place of what was noted before; several nodes may note the same one at once."""
    insert = sqlite.insert(meta) if tx.dialect.name == "sqlite" else postgresql.insert(meta)
    note = insert.values(key=key, value=value)
    tx.execute(note.on_conflict_do_update(index_elements=[meta.c.key], set_={"value": value}))


def swap(tx: Tx, key: str, old: str, new: str) -> bool:
    """Put `new` in the place of `old`; says whether this one did it, and not another node before it."""
    query = update(meta).where(meta.c.key == key, meta.c.value == old).values(value=new)
    return bool(tx.execute(query).rowcount)
