"""Opening the database, and the two kinds of transaction: one that reads, one that writes.

SQLite: BEGIN IMMEDIATE for every writing transaction (a read-then-write in a deferred one loses updates or fails at
once, whatever the busy timeout), foreign keys on, and the journal mode by library version: WAL only from 3.51.3, where
the WAL-reset corruption bug is fixed (sqlite.org/wal.html, "The WAL-reset bug"); before that the rollback journal with
synchronous=EXTRA. The words of a database error never quote the values: what people type and what is secret would
reach the log with them.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from storage.append_only import guard
from storage.refusals import StoreRefused
from storage.tables import metadata

Tx = Connection
"""An open transaction. Only this room looks inside it; the others pass it on."""

BUSY_SECONDS = 10
WAL_IS_SAFE_FROM = (3, 51, 3)


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> tuple[str, str]:
    """The journal mode and synchronous level that are safe with this SQLite library."""
    return ("WAL", "FULL") if version >= WAL_IS_SAFE_FROM else ("DELETE", "EXTRA")


class Store:
    """An opened database. `on_write` is called after each writing transaction has committed."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.on_write: list[Callable[[], None]] = []
        self.step: str | None = None
        """The migration step this process works on; None where nobody looked, or the tables live only in memory."""
        self._one_writer = threading.RLock()

    @property
    def dialect(self) -> str:
        return self.engine.dialect.name

    @property
    def writers(self) -> int:
        """How many transactions of one process are worth writing at once."""
        return 1 if self.dialect == "sqlite" else 4

    @contextmanager
    def read(self) -> Iterator[Tx]:
        with self.engine.connect() as tx, tx.begin():
            yield tx

    @contextmanager
    def write(self) -> Iterator[Tx]:
        with self.turn(), self._writing() as tx, tx.begin():
            yield tx
        for tell in self.on_write:
            tell()

    @contextmanager
    def rebuild(self) -> Iterator[Tx]:
        """A writing transaction in which tables may be replaced by others, for migrations.

        SQLite changes a column by copying its table; meanwhile foreign keys have to be off, and are checked at the end
        (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
        """
        if self.dialect != "sqlite":
            with self.write() as tx:
                yield tx
            return
        with self.turn(), self._writing() as connection:
            raw: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment] # what sqlite's driver gives
            raw.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    yield connection
                    if broken := raw.execute("PRAGMA foreign_key_check").fetchall():
                        raise StoreRefused("damaged", what=f"{len(broken)} rows of {broken[0][0]} refer to nothing")
            finally:
                raw.execute("PRAGMA foreign_keys=ON")

    @contextmanager
    def _writing(self) -> Iterator[Tx]:
        with self.engine.connect() as connection:
            yield connection.execution_options(ruqi_writes=True)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """SQLite has one writer: threads of this process queue here, which is fair, instead of in its busy loop."""
        if self.dialect != "sqlite":
            yield
            return
        with self._one_writer:
            yield

    def create(self) -> None:
        """Make all tables at once: for a store that lives only in memory. A store that stays is migrated."""
        with self.write() as tx:
            metadata.create_all(tx)
            guard(tx)

    def close(self) -> None:
        self.engine.dispose()


def open_store(url: str) -> Store:
    """Open the database at `url` (``sqlite:///file``, ``sqlite://``, ``postgresql://…``); makes no tables."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreRefused("address") from error
    if address.get_backend_name() == "sqlite":
        return Store(_sqlite(address))
    if address.get_backend_name() == "postgresql":
        return Store(_postgres(address))
    raise StoreRefused("backend", what=address.get_backend_name())


def _postgres(address: URL) -> Engine:
    options = "-c lock_timeout=10s -c statement_timeout=30s -c idle_in_transaction_session_timeout=30s -c timezone=UTC"
    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"options": options, "connect_timeout": 10},
    )


def _sqlite(address: URL) -> Engine:
    memory = address.database in (None, "", ":memory:")
    extra: dict[str, Any] = {"poolclass": StaticPool} if memory else {}
    waits = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(address, hide_parameters=True, connect_args=waits, **extra)
    event.listen(engine, "connect", _prepare_memory if memory else _prepare_file)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_memory(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")


def _prepare_file(connection: sqlite3.Connection, record: object) -> None:
    _prepare_memory(connection, record)
    journal, synchronous = journal_mode()
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.execute(f"PRAGMA synchronous={synchronous}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("ruqi_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
