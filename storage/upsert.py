"""Inserting: a row and its id, or a row only if its key is not there yet. Meeting a key is a normal outcome."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.dialects import postgresql, sqlite

from storage.engine import Tx


def insert_row(tx: Tx, table: Table, values: Mapping[str, Any]) -> int:
    return int(tx.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())


def insert_rows(tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        tx.execute(insert(table), list(rows))


def insert_absent(tx: Tx, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert unless a unique key is met; says whether the row is new.

    The id that comes back is the witness: PostgreSQL's driver counts an insert that met a key as -1 rows, not as none.
    """
    insert_into = sqlite.insert(table) if tx.dialect.name == "sqlite" else postgresql.insert(table)
    query = insert_into.values(**values).on_conflict_do_nothing().returning(table.c.id)
    return tx.execute(query).first() is not None
