"""What the killed leave behind: how long each of their claims waits until somebody else has it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from storage.tables import delivery
from tests.kills.load import Town

LOOK = 0.1
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A claim whose node was killed at that moment of `time.monotonic`."""

    killed: float
    delivery_id: int
    attempt: int


class Orphans:
    """`takeovers`: seconds from the kill until a claim had a new attempt, or had come to its end."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._left: list[Orphan] = []
        self._over = threading.Event()
        self.takeovers: list[float] = []
        self.count = 0

    def of(self, owner: str) -> None:
        """This node was killed just now."""
        killed = time.monotonic()
        with self._town.office.read(self._town.now) as desk:
            rows = desk.tx.execute(select(delivery.c.id, delivery.c.attempt).where(delivery.c.owner == owner)).all()
        self.count += len(rows)
        self._left += [Orphan(killed, row.id, row.attempt) for row in rows]

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look again and again, in a thread, until every claim is with somebody else or the round ends."""
        thread = threading.Thread(target=self._watch, name="orphans", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()
            self._look(list(self._left))

    def _watch(self) -> None:
        while not self._over.wait(LOOK):
            if self._left:
                with suppress(SQLAlchemyError):  # where everybody is thrown out of the database, we are, too
                    self._look(list(self._left))

    def _look(self, left: list[Orphan]) -> None:
        ids = {one.delivery_id for one in left}
        with self._town.office.read(self._town.now) as desk:
            query = select(delivery.c.id, delivery.c.attempt).where(delivery.c.id.in_(ids))
            attempts = {row.id: row.attempt for row in desk.tx.execute(query)}
        moment = time.monotonic()
        for one in left:
            if attempts[one.delivery_id] > one.attempt:
                self.takeovers.append(moment - one.killed)
                self._left.remove(one)
