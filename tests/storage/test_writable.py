"""Whether the database takes writes is told without writing and without waiting."""

import sqlite3
from pathlib import Path

from storage.engine import open_store
from storage.writable import writable


def test_an_ordinary_database_takes_writes(database_url: str) -> None:
    store = open_store(database_url)
    store.create()
    assert writable(store)
    store.close()


def test_one_that_somebody_writes_to_counts_as_taking_them(tmp_path: Path) -> None:
    file = tmp_path / "ruqi.db"
    store = open_store(f"sqlite:///{file}")
    store.create()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert writable(store)
    other.close()
    store.close()


def test_a_read_only_file_does_not(tmp_path: Path) -> None:
    made = open_store(f"sqlite:///{tmp_path / 'ruqi.db'}")
    made.create()
    made.close()
    store = open_store(f"sqlite:///file:{tmp_path / 'ruqi.db'}?mode=ro&uri=true")
    assert not writable(store)
    store.close()


def test_a_read_only_server_does_not(postgres_database: str) -> None:
    made = open_store(postgres_database)
    name = postgres_database.rpartition("/")[2]
    with made.write() as tx:
        tx.exec_driver_sql(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    made.close()
    store = open_store(postgres_database)
    assert not writable(store)
    store.close()
