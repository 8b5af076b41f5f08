"""Leases: what this process has claimed stays its own while it lives, and is another's some seconds after it died.

A thread renews them, so that neither a busy event loop nor a queue for threads nor a slow database costs a claim; a
message may wait here behind others for as long as it takes. The thread lives while something is held.
"""

import logging
import threading
from collections.abc import Iterable
from contextvars import copy_context
from datetime import datetime

from scheduler.clock import Clock
from storage import claims
from storage.rows import DeliveryRow
from usecases.office import Desk, Office

log = logging.getLogger(__name__)

SHARE = 4
"""A lease is renewed when this part of it has gone, and counts as short when no more than this part is left."""


class Leases:
    """The claims of `owner` in this process. Used from any thread."""

    def __init__(self, office: Office, clock: Clock, owner: str) -> None:
        self._office = office
        self._clock = clock
        self._owner = owner
        self._until: dict[int, tuple[int, datetime]] = {}
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._keeper: threading.Thread | None = None
        self._failing = False

    def hold(self, rows: Iterable[DeliveryRow]) -> None:
        """These were claimed, or renewed, just now."""
        with self._lock:
            self._until |= {row.id: (row.attempt, row.lease_until) for row in rows if row.lease_until}
            if self._until and self._keeper is None and self._pause() is not None:
                turn = copy_context()  # what the beat's own thread writes does not wake the beat
                self._keeper = threading.Thread(target=turn.run, args=(self._keep,), name="leases", daemon=True)
                self._keeper.start()

    def extend(self, row: DeliveryRow, until: datetime) -> None:
        """Another transaction gave this claim a fresh lease."""
        with self._lock:
            if self._is_held(row):
                self._until[row.id] = (row.attempt, until)

    def drop(self, row: DeliveryRow) -> None:
        """It has come to its end, or is left to whoever comes."""
        with self._lock:
            if self._is_held(row):
                del self._until[row.id]

    def is_short(self, row: DeliveryRow) -> bool:
        """Whether another may take it over, or has done so: this process slept, or did not reach the database."""
        attempt, until = self._until.get(row.id, (0, None))
        left = until - self._clock.now() if until and attempt == row.attempt else None
        return left is None or left < self._office.lease / SHARE

    def renew_late(self, desk: Desk) -> None:
        """Before others' claims are taken over: our own are renewed, where the thread has not come to it.

        Only then: with one chat that is slow, each look for something due would be a commit.
        """
        with self._lock:
            late = any(until - desk.now <= self._office.lease / 2 for _, until in self._until.values())
        if late:
            self.renew(desk)

    def renew(self, desk: Desk) -> None:
        """Whoever can write this lives: everything it still holds stays its own."""
        with self._lock:
            held = list(self._until)
        if not held:
            return
        until = desk.now + self._office.lease
        kept = claims.renew(desk.tx, self._owner, held, until)
        with self._lock:
            self._until |= {one: (self._until[one][0], until) for one in kept & self._until.keys()}

    def stop(self) -> None:
        self._over.set()

    def _keep(self) -> None:
        while self._goes_on():
            try:
                with self._office.write(self._clock.now(), gated=False) as desk:
                    self.renew(desk)
                self._failing = False
            except Exception as error:  # noqa: BLE001 - whatever it is, the next try comes in a moment
                if not self._failing:
                    log.warning("claims could not be renewed, trying again: %s", type(error).__name__)
                self._failing = True

    def _goes_on(self) -> bool:
        """After the pause: whether there is something to renew; else the thread ends, and the next claim starts one."""
        if self._over.wait(self._pause()):
            return False
        with self._lock:
            if not self._until:
                self._keeper = None
            return bool(self._until)

    def _pause(self) -> float | None:
        """Real seconds between two renewals; None under a clock that stands still."""
        return self._clock.wait(self._clock.now() + self._office.lease / SHARE)

    def _is_held(self, row: DeliveryRow) -> bool:
        return row.id in self._until and self._until[row.id][0] == row.attempt
