"""The watchdog: a process that makes no progress is ended, loudly, so that its supervisor starts a fresh one.

It counts its own ticks instead of reading a clock: a machine that slept, or a process that was paused, is not stuck.
"""

import faulthandler
import os
import sys
import threading
from collections.abc import Callable

STUCK = 70
"""The exit code: EX_SOFTWARE of sysexits.h."""


def end_loudly(what: str, limit: float) -> None:
    """Say what is stuck, show where every thread stands, and end without waiting for anything."""
    sys.stderr.write(f"ruqi: {what} made no progress for {limit:.0f} s; ending so that a fresh process can go on\n")
    faulthandler.dump_traceback(file=sys.stderr, all_threads=True)
    sys.stderr.flush()
    os._exit(STUCK)


class Watchdog:
    """Watches `what`. `pat` says that it is alive, and may allow the coming step more than `limit` seconds."""

    def __init__(
        self, what: str, limit: float = 30.0, *, tick: float = 1.0, bite: Callable[[str, float], None] = end_loudly
    ) -> None:
        self._what = what
        self._limit = limit
        self._tick = tick
        self._bite = bite
        self._allowed = self._left = limit
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name=f"watchdog of {what}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def pat(self, allow: float | None = None) -> None:
        self._allowed = self._left = allow or self._limit

    def stop(self) -> None:
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(self._tick):
            self._left -= self._tick
            if self._left <= 0:
                self._bite(self._what, self._allowed)
                return
