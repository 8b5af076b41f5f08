"""A transaction in which the database's own guard is down: for what a thief would do, and for emptying a store."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from storage import append_only
from storage.engine import Tx


@contextmanager
def unguarded(tx: Tx) -> Iterator[None]:
    if tx.dialect.name == "postgresql":
        tx.execute(text("SET LOCAL session_replication_role = replica"))
        yield
        tx.execute(text("SET LOCAL session_replication_role = origin"))
        return
    for name in append_only.NAMES:
        tx.execute(text(f"DROP TRIGGER {name}"))
    yield
    for statement in append_only.SQLITE:
        tx.execute(text(statement))
