"""Empty stores with all their tables, quickly: one PostgreSQL database and one in memory for the whole run.

They are opened once, because an engine compiles every statement anew for itself, and emptied for each test.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, event, text

from storage.engine import Store, open_store
from storage.tables import metadata
from tests import postgres
from tests.storage.unguarded import unguarded

CLEAN = [str(delete(table)) for table in reversed(metadata.sorted_tables)]
ANEW = [f"ALTER SEQUENCE {table.name}_id_seq RESTART" for table in metadata.sorted_tables if "id" in table.c]
"""Deleting few rows costs a tenth of TRUNCATE, which gives every table and index a new file."""


@pytest.fixture(scope="session")
def postgres_kept(postgres_url: str) -> Iterator[Store]:
    with postgres.temporary_database(postgres_url) as url:
        made = open_store(url)
        made.create()
        yield made
        made.close()


@pytest.fixture
def postgres_store(postgres_kept: Store) -> Store:
    postgres_kept.on_write.clear()
    with postgres_kept.write() as tx, unguarded(tx):
        tx.execute(text("; ".join(CLEAN + ANEW)))
    return postgres_kept


@pytest.fixture(scope="session")
def memory_kept() -> Iterator[Store]:
    made = open_store("sqlite://")
    made.create()
    yield made
    made.close()


@pytest.fixture
def memory_store(memory_kept: Store) -> Store:
    """SQLite in memory: one connection, so for one thread at a time."""
    memory_kept.on_write.clear()
    with memory_kept.write() as tx, unguarded(tx):
        for statement in CLEAN:
            tx.execute(text(statement))
    return memory_kept


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """A SQLite file whose writes need not survive a power cut: waiting for the disk would take most of the time."""
    opened = open_store(f"sqlite:///{tmp_path / 'ruqi.db'}")
    event.listen(opened.engine, "connect", hurry)
    opened.create()
    yield opened
    opened.close()


def hurry(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store on each engine in turn: a SQLite file, then PostgreSQL."""
    opened: Store = request.getfixturevalue(f"{request.param}_store")
    return opened
