"""Claim, read afresh and record with a million more waiting for later, against a thousand: the cost must not grow."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import select

from benchmarks.measure import Row, left_out, paired
from storage import claims
from storage.engine import Store, open_store
from storage.rows import DeliveryRow
from storage.tables import delivery

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ROUND = 10
MANY, FEW = 1_000_000, 1_000


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        rows = _compare(
            "SQLite", *(f"sqlite:///{Path(folder) / f'{n}.db'}" for n in (MANY, FEW)), limits=("1.2", "1.2")
        )
    try:
        with two_databases() as urls:
            rows += _compare("PostgreSQL", *urls, limits=("1.3", "1.6"))
    except (ImportError, RuntimeError) as error:
        rows.append(left_out("claim + re-read + record on PostgreSQL", "≤ 1.3", str(error)))
    return rows


def _compare(name: str, many_at: str, few_at: str, *, limits: tuple[str, str]) -> list[Row]:
    many, few = _store(many_at, MANY), _store(few_at, FEW)
    a, b = paired(_turn(many), _turn(few), rounds=21)
    c, d = paired(_poll(many), _poll(few), rounds=21)
    many.close()
    few.close()
    return [
        Row(f"{name}: claim + re-read + record {ROUND}, 1M waiting / 1k", a * 1e3, b * 1e3, "ms", f"≤ {limits[0]}"),
        Row(f"{name}: a poll that finds nothing, 1M waiting / 1k", c * 1e3, d * 1e3, "ms", f"≤ {limits[1]}"),
    ]


@contextmanager
def two_databases() -> Iterator[list[str]]:
    """Two databases of one throw-away server."""
    from tests import postgres  # noqa: PLC0415 - only where the server is installed

    programs = postgres.find_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed")
    with postgres.temporary_server(programs) as url:
        names = ("many", "few")
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            for name in names:
                connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield [f"{url.rpartition('/')[0]}/{name}" for name in names]


def _store(url: str, waiting: int) -> Store:
    store = open_store(url)
    store.create()
    with store.write() as tx:
        tx.execute(delivery.insert(), [waiting_row(NOW + timedelta(days=1, seconds=n)) for n in range(FEW)])
    multiply(store, FEW, waiting)
    if store.dialect == "postgresql":
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE delivery")
    return store


def multiply(store: Store, held: int, wanted: int) -> None:
    """Copy the rows that are there, the server alone, until there are so many."""
    columns = [column for column in delivery.c if column.name not in {"id", "key"}]
    while held < wanted:
        more = min(held, wanted - held)
        with store.write() as tx:
            names = [column.name for column in columns]
            tx.execute(delivery.insert().from_select(names, select(*columns).limit(more)))
        held += more


def waiting_row(at: datetime) -> dict[str, object]:
    common = {"channel": "bench", "address": "1", "kind": "digest", "body": {}, "state": "due", "created_at": NOW}
    return {**common, "at": at, "next_try_at": at}


def _turn(store: Store) -> Callable[[], None]:
    def turn() -> None:
        with store.write() as tx:
            tx.execute(delivery.insert(), [waiting_row(NOW) for _ in range(ROUND)])
        lease = timedelta(minutes=1)
        with store.write() as tx:
            claimed = claims.claim(tx, owner="a", now=NOW, lease=lease, limit=ROUND, channels=("bench",))
        carry(store, claimed, lease)

    return turn


def carry(store: Store, claimed: Sequence[DeliveryRow], lease: timedelta) -> int:
    """What the postman asks of the database for messages that leave at once: two transactions. Gives how many."""
    with store.write() as tx:
        held = claims.held(tx, claimed)
        begun = claims.begin(tx, [row for row in claimed if row.claim in held], NOW + lease)
    sent = {"state": "sent", "message_ref": "1", "text": "", "sent_at": NOW, "reason": ""}
    with store.write() as tx:
        return len(claims.record_all(tx, [(row, sent) for row in claimed if row.claim in begun]))


def _poll(store: Store) -> Callable[[], None]:
    def poll() -> None:
        lease = timedelta(minutes=1)
        with store.write() as tx:
            claims.claim(tx, owner="a", now=NOW, lease=lease, limit=ROUND, channels=("bench",))
        with store.read() as tx:
            claims.next_at(tx, ("bench",))

    return poll
