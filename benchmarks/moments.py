"""Due to first byte with a million waiting, and a thousand due in one second, by beat and clockwork as shipped."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.claims import FEW, multiply
from benchmarks.measure import Row
from benchmarks.plays import sample_office
from scheduler.beat import Beat
from scheduler.clock import SystemClock
from scheduler.clockwork import Clockwork
from schedules.retry import Outcome, Sent
from storage.engine import Store, open_store
from storage.tables import delivery
from usecases.deliver import Outgoing
from usecases.office import Office

WAITING, SINGLE, RUSH = 1_000_000, 100, 1_000


@dataclass
class Recorder:
    """A chat that only notes when the first byte would leave."""

    channel: str = "bench"
    left: list[tuple[str, float]] = field(default_factory=list)

    async def send(self, outgoing: Outgoing) -> Outcome:
        self.left.append((outgoing.message.text, time.time()))
        return Sent(str(outgoing.delivery_id))


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'moments.db'}")
        store.create()
        _fill(store, [time.time() + 86_400 + n for n in range(FEW)])
        multiply(store, FEW, WAITING)
        office = replace(sample_office(), store=store)
        singles, _ = asyncio.run(_play(office, [0.3 * n for n in range(SINGLE)], 0.3 * SINGLE + 20))
        rush, blocked = asyncio.run(_play(office, [n / RUSH for n in range(RUSH)], 60))
        store.close()
    late = sorted(singles)
    return [
        Row("due → first byte out, 1M waiting: p50", statistics.median(late) * 1e3, 0, "ms", ""),
        Row("due → first byte out, 1M waiting: p99", late[int(len(late) * 0.99) - 1] * 1e3, 0, "ms", "≤ 25"),
        Row("1,000 due in one second: sent", len(rush), 0, "", "≥ 1000"),
        Row("1,000 due in one second: the last one late by", max(rush) * 1e3, 0, "ms", ""),
        Row("1,000 due in one second: event loop blocked", blocked * 1e3, 0, "ms", "≤ 20"),
    ]


def _fill(store: Store, moments: Sequence[float]) -> None:
    with store.write() as tx:
        tx.execute(delivery.insert(), [_row(at) for at in moments])


def _row(at: float) -> dict[str, object]:
    moment = datetime.fromtimestamp(at, UTC)
    body = {"message": {"lines": [repr(at)], "buttons": []}}
    fixed = {"channel": "bench", "address": str(at), "kind": "say", "state": "due", "created_at": moment}
    return {**fixed, "body": body, "at": moment, "next_try_at": moment}


async def _play(office: Office, offsets: Sequence[float], patience: float) -> tuple[list[float], float]:
    """How late each left, in seconds, and the longest time that the event loop stood still."""
    chat, clock = Recorder(), SystemClock()
    begins = time.time() + 3
    await asyncio.to_thread(_fill, office.store, [begins + offset for offset in offsets])
    beat = Beat(office, clock, messengers=[chat])
    turning = asyncio.create_task(Clockwork(beat, clock).run())
    blocked = [0.0]
    watching = asyncio.create_task(_watch(blocked, begins))
    until = time.monotonic() + patience
    while len(chat.left) < len(offsets) and time.monotonic() < until:  # noqa: ASYNC110 - a look in between is enough
        await asyncio.sleep(0.05)
    watching.cancel()
    await beat.stop()
    await turning
    return [at - float(due) for due, at in chat.left], blocked[0]


async def _watch(blocked: list[float], begins: float) -> None:
    while True:
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        if time.time() > begins - timedelta(seconds=1).total_seconds():
            blocked[0] = max(blocked[0], time.perf_counter() - start - 0.001)
