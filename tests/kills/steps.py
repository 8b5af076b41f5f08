"""Step by step: one reminder and one answer for each failpoint, and what a person saw of them. The table of the report.

One node is born with the failpoint armed, something happens at that step, a fresh node (or, where the first one only
slept, the second and then both) brings everything to its end.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text, update

from storage.engine import open_store
from storage.migrate import upgrade
from storage.tables import delivery
from tests.bot_api.client import BotApi
from tests.kills.bench import LEASE, LEFT, alive
from tests.kills.judge import MARK, judge, screens
from tests.kills.load import Town
from tests.kills.node import Life
from tests.kills.nursery import Nursery, nursery
from tests.kills.points import INCOMING, MAY_COPY, How

PATIENCE = 120.0
LONG = 60.0
"""The lease of a node that lives on, as in an office."""


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one step: how often the message stood on the screen, and how often it said it may be a repeat."""

    step: str
    how: How
    seen: int
    marked: int
    broken: tuple[str, ...]


def wrong(row: Row) -> str:
    """What is wrong with a row: no reminder is lost, a copy comes only where it may, and says that it is one."""
    lasting = {"kill": MAY_COPY, "pause": MAY_COPY | {"before the first byte"}, "raise": ANSWERLESS}[row.how]
    most = 2 if row.step in lasting else 1
    return str(row) if row.broken or not 1 <= row.seen <= most or row.seen - row.marked > 1 else ""


ANSWERLESS = frozenset({"sent, no answer yet", "answered"})
"""Where an error in the process leaves nobody knowing; an outcome that cannot be written is written again."""


class Steps:
    """One office for the whole table; each failpoint takes the next wave."""

    def __init__(self, url: str, town: Town, api: BotApi, cradle: Nursery, folder: Path) -> None:
        self._url, self._town, self._api, self._cradle, self._folder = url, town, api, cradle, folder
        self._wave = 0
        self._said: list[tuple[int, int]] = []

    def take(self, step: str, how: How) -> Row:
        """Let it happen at that step, to the reminder of one part, or to an answer about it."""
        wave, chat = self._wave, self._town.chats[0]
        self._wave += 1
        mark = self._folder / f"mark-{wave}"
        if step in INCOMING:
            self._said.append((chat, wave))
            self._town.answer(chat, wave)
        else:
            self._town.make_due(wave)
        first = self._born(point=step, how=how, mark=str(mark))
        self._wait_for(mark.exists, f"nothing happened at {step!r}")
        nodes = [first] if how == "raise" else [self._born()]
        if how == "pause":
            self._wait_for(self._is_done, f"after {step!r} nothing goes on")
            os.kill(first, signal.SIGCONT)
            nodes.append(first)
            time.sleep(1.0)
        self._wait_for(self._is_done, f"after {step!r} something is never done")
        for pid in nodes:
            os.kill(pid, signal.SIGKILL)
        self._wait_for(lambda: not any(map(alive, nodes)), "a node that was killed lives")
        return self._row(step, how, chat, wave)

    def _row(self, step: str, how: How, chat: int, wave: int) -> Row:
        entries = self._api.line.order("ledger")
        with self._town.office.read(self._town.now) as desk:
            verdict = judge(desk, entries, self._said)
        mine = [one for one in screens(entries) if one.chat == chat and wave in one.waves]
        return Row(step, how, len(mine), sum(MARK in one.text for one in mine), tuple(verdict.broken))

    def _is_done(self) -> bool:
        with self._town.office.write(self._town.now) as desk:
            desk.tx.execute(
                update(delivery).where(delivery.c.state == "due", delivery.c.attempt > 0).values(next_try_at=desk.now)
            )
            rows = desk.tx.execute(text(LEFT), {"now": self._town.soon}).all()
        return not any(row.n for row in rows) and not self._api.pending()

    def _born(self, **armed: str) -> int:
        lease = LONG if armed.get("how") == "raise" else LEASE
        return self._cradle.born(Life(self._url, self._api.url, self._api.token, self._town.offset, lease), **armed)

    def _wait_for(self, look: Callable[[], bool], words: str) -> None:
        end = time.monotonic() + PATIENCE
        while not look():
            assert time.monotonic() < end, f"{words}\n{self._api.page()}"
            time.sleep(0.1)


@contextmanager
def steps(url: str, folder: Path, count: int) -> Iterator[Steps]:
    """An empty office on that database, for `count` failpoints."""
    store = open_store(url)
    upgrade(store)
    store.close()
    with BotApi.in_process(ledger=folder / "ledger.jsonl") as api, nursery(folder / "nodes.log") as cradle:
        town = Town(url, api, units=1, waves=count, lease=LEASE)
        try:
            yield Steps(url, town, api, cradle, folder)
        finally:
            town.office.store.close()
