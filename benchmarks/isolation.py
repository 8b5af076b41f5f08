"""What one bad chat costs the others, and 2,000 reminders due at nine: the product as wired, a Bot API over real HTTP.

The Bot API is our fake in a process of its own, which answers 429 to the 31st message within any second, to the second
in a second to one person. Lateness: from the moment that was due to the moment the fake had taken the message.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from multiprocessing import get_context
from pathlib import Path

from benchmarks.bursts import over_bucket
from benchmarks.measure import Row
from benchmarks.plays import sample_office
from bot.channels.telegram import Telegram
from scheduler.beat import Beat
from scheduler.clock import ShiftedClock, SystemClock
from scheduler.clockwork import Clockwork
from schedules.plan import Duty, Group, Plan
from schedules.roster import Roster, RosterOfficer, RosterUnit
from schedules.timing import By
from storage import people
from storage.engine import Store, open_store
from storage.tables import delivery
from tests.bot_api import BotApi, faults
from usecases.enroll import load_roster
from usecases.import_plan import import_plan
from usecases.office import Office

ROUNDS, OTHERS, A_SECOND = 5, 480, 20
LIMIT, CROWD, GRACE = 30, 2_000, 5.0
FIRST = 5_000_000
"""The chat that something is wrong with; the others follow."""
BAD = {
    "dead (connection reset)": faults.reset(),
    "slow by 12 s": faults.slow(12.0),
    "told to wait an hour (429)": faults.too_many(3600),
}


def run() -> list[Row]:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        rows = [_compared(pool, name) for name in ("", *BAD)]
    return [*rows, *_crowd()]


def _compared(pool: ProcessPoolExecutor, bad: str) -> Row:
    """The round in the middle of the rounds, by the ratio of its two offices.

    p99 of 480 is the sixth worst, and what a machine does beside this moves it. So two offices without a bad chat are
    compared as well, and what they differ by is a line of its own: no less can be seen of a bad chat. The middle round
    of two such offices was 0.91 on a quiet machine, twice; single rounds were 0.89 to 1.11 on a busy one.
    """
    rounds = [_both(pool, bad, ill_first=n % 2 == 0) for n in range(ROUNDS)]
    ill, sound = sorted(rounds, key=lambda pair: pair[0] / pair[1])[ROUNDS // 2]
    name, reach = (f"one chat {bad}", "≤ 1.1") if bad else ("no chat bad: what the measure differs by", "")
    return Row(f"others' p99, {name}", ill, sound, "ms", reach)


def _both(pool: ProcessPoolExecutor, bad: str, *, ill_first: bool) -> tuple[float, float]:
    """p99 with the bad chat and without, in ms. They begin in turn first: whoever begins later may be the later one."""
    first, second = (pool.submit(_leg, kind) for kind in ((bad, "") if ill_first else ("", bad)))
    ill, sound = (first, second) if ill_first else (second, first)
    return _p99(ill.result()) * 1e3, _p99(sound.result()) * 1e3


def _leg(bad: str) -> list[float]:
    """480 others, one message each, twenty a second, while the first chat gets one in four: how late the others'.

    A leg with a bad chat and one without run at the same time, each a process with a Bot API of its own, so that a
    machine whose speed drifts bends both alike.
    """
    with _there() as (api, office, seen):
        for n in range(OTHERS + 1):
            api.person(FIRST + n, f"人{n}", started=True)
        if bad:
            api.inject(BAD[bad], method="sendMessage", chat=FIRST, times=None)
        begins = time.time() + 2
        due = {FIRST + 1 + n: begins + n / A_SECOND for n in range(OTHERS)}
        _queue(office.store, [*due.items(), *((FIRST, begins + n) for n in range(0, OTHERS // A_SECOND, 4))])
        asyncio.run(_play(office, api, SystemClock(), begins + OTHERS / A_SECOND + 10, lambda: seen() >= OTHERS))
        return [entry.at.timestamp() - due[entry.chat] for entry in api.delivered() if entry.chat in due]


def _crowd() -> list[Row]:
    """2,000 persons whose reminder is due at nine: planned, bundled, worded, paced and sent as in any office."""
    nine = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
    with _there() as (api, office, seen):
        for n in range(CROWD):
            api.person(FIRST + n, f"人{n}", started=True)
        _staff(office, nine - timedelta(hours=61))
        api.enforce_limits(overall=LIMIT)
        begins = time.time() + 5
        clock = ShiftedClock(nine.timestamp() - begins)
        asyncio.run(_play(office, api, clock, begins + 120, lambda: seen() >= CROWD - 1))
        entries = api.ledger("sendMessage")
        arrived = sorted(entry.at.timestamp() - begins for entry in entries)
        told = sorted(entry.at.timestamp() - begins for entry in api.delivered())
    persons = len({entry.chat for entry in entries if entry.seen})
    refused = sum(entry.status == HTTPStatus.TOO_MANY_REQUESTS for entry in entries)
    least = 0.99 * CROWD / LIMIT
    return [
        Row("2,000 due at nine: persons told", persons, 0, "", f"≥ {CROWD}"),
        Row("2,000 due at nine: sent twice", len(told) - persons, 0, "", "≤ 0"),
        Row("2,000 due at nine: first one late by", told[0], 0, "s", ""),
        Row("2,000 due at nine: p99 late, 0.99 × 2,000 / 30 is 66 s", _p99(told), 0, "s", f"≤ {least + GRACE:.0f}"),
        Row("2,000 due at nine: answers of 429 by a strict window of 30", refused, 0, "", "≤ 0"),
        Row("2,000 due at nine: too many for a bucket of 30", over_bucket(arrived), 0, "", "≤ 0"),
    ]


@contextmanager
def _there() -> Iterator[tuple[BotApi, Office, Callable[[], int]]]:
    """A Bot API, an office on a fresh database file, and how many messages to the others were seen so far."""
    with tempfile.TemporaryDirectory() as folder, BotApi.in_process(ledger=(ledger := Path(folder) / "ledger")) as api:
        seen = _Seen(ledger)
        store = open_store(f"sqlite:///{Path(folder) / 'ruqi.db'}")
        store.create()
        try:
            yield api, replace(sample_office(), store=store), seen
        finally:
            store.close()


class _Seen:
    """How many messages to the others were seen so far; what was read is not read again."""

    def __init__(self, ledger: Path) -> None:
        self._ledger, self._read, self._count = ledger, 0, 0

    def __call__(self) -> int:
        if not self._ledger.exists():
            return 0
        with self._ledger.open("rb") as file:
            file.seek(self._read)
            lines = file.read().rpartition(b"\n")[0]
        self._read += len(lines) + bool(lines)
        others = (b'"seen": true' in line and b'"chat": %d,' % FIRST not in line for line in lines.splitlines())
        self._count += sum(others)
        return self._count


async def _play(office: Office, api: BotApi, clock: SystemClock, until: float, done: Callable[[], bool]) -> None:
    """The beat, its clockwork and the real channel, until all is done or the time (seconds since 1970) is over."""
    channel = Telegram(api.token, api.url, office, clock, wake=lambda: None)
    beat = Beat(office, clock, messengers=[channel.messenger])
    turning = asyncio.create_task(Clockwork(beat, clock).run())
    while time.time() < until and not await asyncio.to_thread(done):  # noqa: ASYNC110 - a look in between is enough
        await asyncio.sleep(1.0)
    await beat.stop(0.1)
    await turning
    await channel.close()


def _queue(store: Store, due: Sequence[tuple[int, float]]) -> None:
    rows = []
    for chat, at in due:
        moment = datetime.fromtimestamp(at, UTC)
        body = {"message": {"lines": [f"{at}"], "buttons": []}}
        fixed = {"channel": "telegram", "address": str(chat), "kind": "say", "state": "due", "created_at": moment}
        rows.append({**fixed, "body": body, "at": moment, "next_try_at": moment})
    with store.write() as tx:
        tx.execute(delivery.insert(), rows)


def _staff(office: Office, now: datetime) -> None:
    """2,000 units with an officer each, and a plan of one task that all of them hear of when the office opens."""
    units = tuple(
        RosterUnit(f"单位{n}", categories=("全体",), officers=(RosterOfficer(f"人{n}"),)) for n in range(CROWD)
    )
    duty = Duty("1", "1", "年度案卷评查", roles={"responsible": ("各单位",)}, due=(By(date(2026, 12, 18)),))
    begins = date(2026, 11, 1)
    groups = {"各单位": Group(categories=("全体",))}
    plan = Plan("p", "示例方案", issued=begins, begins=begins, groups=groups, duties=(duty,))
    with office.write(now) as desk:
        load_roster(desk, Roster("名册", units=units))
        for officer in people.officers(desk.tx):
            address = str(FIRST + int(officer.name.removeprefix("人")))
            people.bind_contact(desk.tx, officer_id=officer.id, channel="telegram", address=address, now=now)
        import_plan(desk, plan)


def _p99(late: list[float]) -> float:
    return sorted(late)[max(0, int(len(late) * 0.99) - 1)]
