"""Moving a database out of the way without losing a row: a file gets another name, tables another schema."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import inspect, text

from storage.engine import Tx
from storage.tables import VERSION_TABLE, metadata

BESIDE = ("-wal", "-shm", "-journal")


def move_file(file: Path, stamp: str) -> Path | None:
    """Rename a SQLite file and what belongs to it; gives its new name, None where there was nothing."""
    to = file.with_name(f"{file.name}.before-{stamp}")
    for end in BESIDE:
        beside = file.with_name(file.name + end)
        if beside.exists():
            beside.rename(to.with_name(to.name + end))
    if not file.exists():
        return None
    file.rename(to)
    return to


def move_tables(tx: Tx, stamp: str) -> str:
    """Put our tables of this PostgreSQL database into a schema of their own; gives its name."""
    schema = f"ruqi_before_{stamp.lower()}"
    tx.execute(text(f'CREATE SCHEMA "{schema}"'))
    for name in own_tables(tx):
        tx.execute(text(f'ALTER TABLE "{name}" SET SCHEMA "{schema}"'))
    return schema


def own_tables(tx: Tx) -> Iterator[str]:
    there = set(inspect(tx).get_table_names())
    return (name for name in (VERSION_TABLE, *metadata.tables) if name in there)
