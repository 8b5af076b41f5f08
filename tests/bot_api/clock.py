"""Telegram's clock: the machine's own, moved ahead by a test, or standing still."""

import time
from collections.abc import Callable


class ServerClock:
    """Seconds since 1970, UTC. The source may be the clock of the test itself; the offset is added to it."""

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self._offset = 0.0
        self._frozen: float | None = None

    def now(self) -> float:
        return self._source() + self._offset if self._frozen is None else self._frozen

    def advance(self, seconds: float) -> None:
        self._offset += seconds
        if self._frozen is not None:
            self._frozen += seconds

    def set(self, at: float, *, frozen: bool = False) -> None:
        self._offset = at - self._source()
        self._frozen = at if frozen else None
