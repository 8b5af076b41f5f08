"""What only one of several nodes may do: an advisory lock of PostgreSQL, on a connection of its own.

The lock lives as long as its connection. A node that is killed loses it at once, because its kernel closes the
connection; one whose machine or network is gone loses it after six seconds of unanswered keep-alives.
Whoever holds it asks the server again and again, and steps back when the answer stays out. Nothing rests on the lock
being perfect: what comes in is stored once however often it is told.

Source: postgresql.org/docs/current, 9.28.10 "Advisory Lock Functions" and 20.3.2 "TCP Settings".
"""

import zlib
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from storage.engine import Store

OURS = 0x52757169
"""First half of the lock's key: "Ruqi", so that no other program on the database is in the way."""
ASKS = 3
"""Seconds the server has to answer."""
_SERVER = "statement_timeout=3s", "tcp_keepalives_idle=2", "tcp_keepalives_interval=1", "tcp_keepalives_count=3"
_CLIENT: dict[str, Any] = {
    "options": " ".join(f"-c {setting}" for setting in (*_SERVER, "tcp_user_timeout=6000")),
    "connect_timeout": ASKS,
    "tcp_user_timeout": ASKS * 1000,
}


class OnlyOne:
    """The right to do what `name` says. Each call may wait some seconds for the server; none raises."""

    def __init__(self, store: Store, name: str) -> None:
        self._engine = create_engine(
            store.engine.url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            connect_args=_CLIENT,
        )
        self._key = {"ours": OURS, "name": zlib.crc32(name.encode()) - 2**31}
        self._held: Connection | None = None

    def take(self) -> bool:
        """Take the right if nobody else has it; says whether it is ours now."""
        self.let_go()
        try:
            self._held = self._engine.connect()
            if self._held.execute(text("SELECT pg_try_advisory_lock(:ours, :name)"), self._key).scalar_one():
                return True
        except SQLAlchemyError:
            pass  # no server, no right: tried again
        self.let_go()
        return False

    def is_ours(self) -> bool:
        """Whether the connection that holds it still stands."""
        try:
            return self._held is not None and self._held.execute(text("SELECT 1")).scalar_one() == 1
        except SQLAlchemyError:
            return False

    def let_go(self) -> None:
        held, self._held = self._held, None
        try:
            if held is not None:
                held.close()
        except SQLAlchemyError:
            return  # a broken connection holds nothing


def serves_many(store: Store) -> bool:
    """Whether several nodes may run on this database; a SQLite file has one."""
    return store.dialect == "postgresql"
