"""Whether the database takes writes now: nothing stays written, and nobody who writes is waited for."""

import sqlite3

from sqlalchemy import text

from storage.engine import BUSY_SECONDS, Store


def writable(store: Store) -> bool:
    """False on a read-only file, medium or server. Raises the driver's error when the database does not answer."""
    if store.dialect != "sqlite":
        with store.read() as tx:
            return tx.execute(text("SHOW transaction_read_only")).scalar() == "off"
    if store.engine.url.database in {None, "", ":memory:"}:
        return True
    with store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - what sqlite's driver gives
        raw.execute("PRAGMA busy_timeout=0")
        try:
            raw.execute("BEGIN IMMEDIATE")
            (ours,) = raw.execute("PRAGMA user_version").fetchone()
            raw.execute(f"PRAGMA user_version={ours}")  # BEGIN alone is let through on a read-only file
        except sqlite3.OperationalError as error:
            return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # somebody writes, so it can be written
        finally:
            raw.rollback()
            raw.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    return True
