"""Claim and record ten deliveries with many more waiting for later, against few: the cost must not grow."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.measure import Row, paired
from storage import deliveries
from storage.engine import Store, open_store
from storage.tables import delivery

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ROUND = 10


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        many, few = (_store(Path(folder) / f"{n}.db", n) for n in (100_000, 1_000))
        a, b = paired(_turn(many), _turn(few), rounds=15)
        many.close()
        few.close()
    return [Row("claim + record 10 of 100,000 waiting, against 1,000", a * 1e3, b * 1e3, "ms", "≤ 1.2")]


def _store(path: Path, waiting: int) -> Store:
    store = open_store(f"sqlite:///{path}")
    store.create()
    rows = [_row(NOW + timedelta(days=1, seconds=n)) for n in range(waiting)]
    with store.write() as tx:
        tx.execute(delivery.insert(), rows)
    return store


def _row(at: datetime) -> dict[str, object]:
    common = {"channel": "bench", "address": "1", "kind": "digest", "body": {}, "state": "due", "created_at": NOW}
    return {**common, "at": at, "next_try_at": at}


def _turn(store: Store) -> Callable[[], None]:
    def turn() -> None:
        with store.write() as tx:
            tx.execute(delivery.insert(), [_row(NOW) for _ in range(ROUND)])
        lease = timedelta(minutes=1)
        with store.write() as tx:
            claimed = deliveries.claim(tx, owner="a", now=NOW, lease=lease, limit=ROUND, channels=("bench",))
        with store.write() as tx:
            for row in claimed:
                deliveries.record(tx, row, state="sent", sent_at=NOW)

    return turn
