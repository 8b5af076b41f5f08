"""The bench: nodes live, waves fall due, people answer, faults strike, and a node is killed; then everything is judged.

One seed decides every choice of the bench; what the operating system does with the time between is its own.
"""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from sqlalchemy import text, update

from storage.engine import open_store
from storage.migrate import upgrade
from storage.tables import delivery
from tests.bot_api import faults
from tests.bot_api.client import BotApi
from tests.bot_api.faults import Fault
from tests.kills.judge import Verdict, judge
from tests.kills.load import FIRST_CHAT, Town
from tests.kills.node import Life
from tests.kills.nursery import Nursery, nursery
from tests.kills.orphans import Orphans

LEASE = 2.0
PATIENCE = 180.0
"""Seconds for what is left to be sent, on a machine with other work."""
LOOK = 0.002
HASTE = 0.25
CUT = "database cut"
"""Beside the names of signals: every connection to PostgreSQL is broken off."""
CHAOS = ("SIGKILL", "SIGSTOP", "SIGTERM", CUT)
"""What strikes three nodes every two seconds in the long form; see `Course.every`."""
LONGEST_LIFE = 5.0
"""Seconds a node lives at most when nothing more happens at the messenger."""
FAULTS: tuple[Callable[[], Fault], ...] = (
    faults.lost_answer,
    faults.reset,
    faults.bad_gateway,
    faults.half_answer,
    faults.too_many,
    faults.junk,
)


@dataclass(frozen=True, slots=True)
class Course:
    """One round: so many kills of `nodes` nodes on a fresh database; `faulty` 0 leaves the messenger sound.

    `every`: seconds at least from one kill to the next; a stopped node is then continued while others are struck.
    """

    url: str
    seed: int
    kills: int
    nodes: int = 1
    units: int = 8
    faulty: float = 0.15
    answering: float = 0.3
    lease: float = LEASE
    every: float = 0.0
    ways: tuple[str, ...] = ("SIGKILL",) * 17 + ("SIGTERM",) * 2 + ("SIGSTOP",)


@dataclass(slots=True)
class Outcome:
    """What a round came to. `in_flight`: claims that the killed held, the most that could be sent twice.

    `takeovers`: seconds from a kill until each claim of the killed had been taken over. `pollers`: how often one node
    asked the messenger for updates while another did, the killed counted whose calls still hung.
    """

    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0
    takeovers: list[float] = field(default_factory=list)
    pollers: int = 0
    seconds: float = 0.0
    verdict: Verdict = field(default_factory=Verdict)


class Bench:
    """A running round."""

    def __init__(self, course: Course, town: Town, api: BotApi, ledger: Path, cradle: Nursery) -> None:
        self._course, self.town, self.api, self._ledger, self.cradle = course, town, api, ledger, cradle
        self._chance = random.Random(course.seed)
        self._said: list[tuple[int, int]] = []
        self._read = self._count = 0
        ledger.touch()
        self.outcome = Outcome(course.seed)
        self._orphans = Orphans(town)
        self._nodes = [self._born() for _ in range(course.nodes)]

    def run(self) -> Outcome:
        began = time.monotonic()
        with self._orphans.watched():
            for number in range(self._course.kills):
                self._load(number)
                self._wait_for_a_moment()
                self._strike()
                time.sleep(max(0.0, began + (number + 1) * self._course.every - time.monotonic()))
            self.api.clear_faults()
            self._finish()
        self.outcome.in_flight, self.outcome.takeovers = self._orphans.count, self._orphans.takeovers
        self.outcome.seconds = time.monotonic() - began
        return self.outcome

    def _load(self, number: int) -> None:
        """Reminders fall due; some people answer what they were told a while ago; perhaps something breaks."""
        self.town.make_due(number)
        for chat in self.town.chats:
            if number >= 2 and self._chance.random() < self._course.answering:
                self._said.append((chat, number - 2))
                self.town.answer(chat, number - 2)
        if self._chance.random() < self._course.faulty:
            fault = self._chance.choice(FAULTS)()
            self.api.inject(fault, method="sendMessage", times=self._chance.randint(1, 3))

    def _wait_for_a_moment(self) -> None:
        """Mostly until so many more messages have left, and a little longer; at times not even for the first."""
        if self._chance.random() < HASTE:
            time.sleep(self._chance.random() * 0.5)
            return
        wanted = self._sent() + self._chance.randint(1, self._course.units)
        end = time.monotonic() + LONGEST_LIFE
        while self._sent() < wanted and time.monotonic() < end:
            time.sleep(LOOK)
        time.sleep(self._chance.random() * 0.01)

    def _strike(self) -> None:
        """Kill one node in one of three ways; another takes its place."""
        self._replace_the_gone()
        place = self._chance.randrange(len(self._nodes))
        how = self._chance.choice(self._course.ways)
        self.outcome.kills[how] += 1
        pid = self._nodes[place]
        if how == CUT:
            self._cut()
            return
        os.kill(pid, signal.Signals[how])
        if how == "SIGSTOP":
            self._go_on_later(pid)
            return
        if how == "SIGTERM":
            self._wait_for(lambda: not alive(pid), f"node {pid} did not end")
        self._orphans.of(f"node:{pid}")
        self._nodes[place] = self._born()

    def _go_on_later(self, pid: int) -> None:
        """When its lease has run out. Where faults come by the clock, the next ones do not wait for it."""
        pause = self._course.lease + 0.5
        if self._course.every:
            threading.Timer(pause, go_on, (pid,)).start()
        else:
            time.sleep(pause)
            go_on(pid)

    def _cut(self) -> None:
        """The database throws everybody out, whatever they are doing, as a restart of it does."""
        with self.town.office.read(self.town.now) as desk:
            desk.tx.execute(text(THROW_OUT))

    def _finish(self) -> None:
        """Until nothing is left to do; then everybody is killed and the rows are read."""
        self._wait_for(self.is_done, "something is never done", PATIENCE)
        for pid in self._nodes:
            os.kill(pid, signal.SIGKILL)
        entries = self.api.line.order("ledger")
        self.outcome.pollers = sum(
            one["status"] == HTTPStatus.CONFLICT for one in entries if one["method"] == "getUpdates"
        )
        with self.town.office.read(self.town.now) as desk:
            self.outcome.verdict = judge(desk, entries, self._said)

    def _replace_the_gone(self) -> None:
        """One whose database was cut off while it began has ended by itself; whoever keeps it up starts it again."""
        self._nodes = [pid if alive(pid) else self._born() for pid in self._nodes]

    def is_done(self) -> bool:
        self._replace_the_gone()
        with self.town.office.write(self.town.now) as desk:  # what half an hour would do
            desk.tx.execute(update(delivery).where(delivery.c.state == "due").values(next_try_at=desk.now))
        with self.town.office.read(self.town.now) as desk:
            rows = desk.tx.execute(text(LEFT), {"now": self.town.soon}).all()
        return not any(row.n for row in rows) and not self.api.pending()

    def _born(self) -> int:
        course, town = self._course, self.town
        return self.cradle.born(Life(course.url, self.api.url, self.api.token, town.offset, course.lease))

    def _sent(self) -> int:
        """How many messages the messenger has met so far; the ledger is read on from where it was left."""
        with self._ledger.open("rb") as file:
            file.seek(self._read)
            fresh = file.read()
        self._read += len(fresh)
        self._count += fresh.count(b'"method": "sendMessage"')
        return self._count

    def _wait_for(self, look: Callable[[], bool], words: str, seconds: float = 60.0) -> None:
        end = time.monotonic() + seconds
        while not look():
            if time.monotonic() > end:
                raise AssertionError(f"{words}, seed {self._course.seed}\n{self.api.page()}")
            time.sleep(0.2)


def go_on(pid: int) -> None:
    """Continue a stopped process; one that was killed meanwhile is gone."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGCONT)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def bench(course: Course, folder: Path) -> Iterator[Bench]:
    """A fresh round in this folder, on an empty database."""
    store = open_store(course.url)
    upgrade(store)
    store.close()
    ledger = folder / "ledger.jsonl"
    with BotApi.in_process(ledger=ledger) as api, nursery(folder / "nodes.log") as cradle:
        town = Town(course.url, api, units=course.units, waves=course.kills, lease=course.lease)
        try:
            yield Bench(course, town, api, ledger, cradle)
        finally:
            town.office.store.close()


THROW_OUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
LEFT = """
SELECT count(*) AS n FROM delivery WHERE state IN ('due', 'sending')
UNION ALL SELECT count(*) FROM reminder WHERE state = 'planned' AND push_at <= :now
UNION ALL SELECT count(*) FROM inbox WHERE handled_at IS NULL
"""
__all__ = ["FIRST_CHAT", "Bench", "Course", "Outcome", "bench"]
