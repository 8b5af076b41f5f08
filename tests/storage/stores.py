"""Empty stores with all their tables, quickly: one PostgreSQL database for the whole run, emptied for each test."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, event, text

from storage.engine import Store, open_store
from storage.tables import metadata
from tests import postgres

CLEAN = [str(delete(table)) for table in reversed(metadata.sorted_tables)]
ANEW = [f"ALTER SEQUENCE {table.name}_id_seq RESTART" for table in metadata.sorted_tables if "id" in table.c]
"""Deleting few rows costs a tenth of TRUNCATE, which gives every table and index a new file."""


@pytest.fixture(scope="session")
def postgres_tables(postgres_url: str) -> Iterator[str]:
    """The address of a database that holds all tables."""
    with postgres.temporary_database(postgres_url) as url:
        made = open_store(url)
        made.create()
        made.close()
        yield url


@pytest.fixture
def postgres_store(postgres_tables: str) -> Iterator[Store]:
    opened = open_store(postgres_tables)
    with opened.write() as tx:
        tx.execute(text("; ".join(CLEAN + ANEW)))
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """A SQLite file whose writes need not survive a power cut: waiting for the disk would take most of the time."""
    opened = open_store(f"sqlite:///{tmp_path / 'ruqi.db'}")
    event.listen(opened.engine, "connect", _hurry)
    opened.create()
    yield opened
    opened.close()


def _hurry(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store on each engine in turn: a SQLite file, then PostgreSQL."""
    opened: Store = request.getfixturevalue(f"{request.param}_store")
    return opened
