"""A copy of a SQLite database that is in use, and what can be checked of one: its pages, its references, its rows.

SQLite's own backup, in one step: a copy in several steps begins anew with every write of somebody else. With the
rollback journal the copy holds readers' locks, so writers of this process queue behind it instead of running into
their time limit; with WAL nobody waits.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from storage.engine import Store, Tx, journal_mode
from storage.migrate import explained
from storage.refusals import because_of
from storage.tables import metadata

FOUND_AT_MOST = 5


def copy_file(store: Store, to: Path) -> None:
    """Write the database as it stands now into the new file `to`. Raises StoreUnusable, OSError."""
    with explained(store), _refusing(to), closing(sqlite3.connect(to, isolation_level=None)) as target:
        if journal_mode()[0] == "WAL":
            _copy(store, target)
        else:
            with store.turn():
                _copy(store, target)
        target.execute("PRAGMA journal_mode=DELETE")  # the copy is one file, whatever the original's journal is


@contextmanager
def _refusing(to: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise because_of(DBAPIError("", {}, error), str(to)) from error


def _copy(store: Store, target: sqlite3.Connection) -> None:
    with store.engine.connect() as connection:
        raw: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment] # what sqlite's driver gives
        raw.backup(target)


def problems(store: Store) -> list[str]:
    """What is wrong inside: damaged pages, references to nothing. A healthy PostgreSQL has neither."""
    if store.dialect != "sqlite":
        return []
    with explained(store), store.read() as tx:
        said = list(tx.execute(text(f"PRAGMA integrity_check({FOUND_AT_MOST})")).scalars())
        broken = tx.execute(text("PRAGMA foreign_key_check")).all()
    found = [line for line in said if line != "ok"]
    return [*found, *(f"{row[0]} {row[1]} refers to nothing in {row[2]}" for row in broken[:FOUND_AT_MOST])]


def counts(tx: Tx) -> dict[str, int]:
    """How many rows each of our tables has."""
    there = set(inspect(tx).get_table_names())
    tables = [table for table in metadata.sorted_tables if table.name in there]
    return {table.name: int(tx.execute(select(func.count()).select_from(table)).scalar_one()) for table in tables}
