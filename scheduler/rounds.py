"""The rounds: what is looked after once a minute beside the beat, in a thread of its own, whatever it takes.

What a round does is slow and not urgent (a backup, sealing the timeline). One that fails is logged, the others go on;
at the end nobody waits for it, so each must be able to die at any point.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime

from scheduler.clock import Clock
from schedules.errors import RuqiError

log = logging.getLogger(__name__)

Round = Callable[[datetime], object]


class Rounds:
    """Calls each of `rounds` with the moment, every `every` seconds, until it is stopped."""

    def __init__(self, clock: Clock, rounds: Mapping[str, Round], *, every: float = 60.0) -> None:
        self._clock = clock
        self._rounds = rounds
        self._every = every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._walk, name="the rounds", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()

    def once(self) -> None:
        for name, call in self._rounds.items():
            try:
                call(self._clock.now())
            except RuqiError as error:
                log.error("%s: %s", name, error)  # noqa: TRY400 - known, and said in one line
            except Exception:
                log.exception("the round %r stumbled; the others go on", name)

    def _walk(self) -> None:
        while not self._over.is_set():
            self.once()
            self._over.wait(self._every)
