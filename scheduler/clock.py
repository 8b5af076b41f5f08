"""Clocks. The only file that reads the time of day; everything else is told what time it is."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from schedules.civil import require_aware


class Clock(Protocol):
    """`now` is an aware instant in UTC. `wait` is how many real seconds pass until `moment`, None if it never comes."""

    def now(self) -> datetime: ...

    def wait(self, moment: datetime) -> float | None: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def wait(self, moment: datetime) -> float | None:
        return max(0.0, (require_aware(moment) - self.now()).total_seconds())


class ShiftedClock(SystemClock):
    """The machine's own clock, so many seconds away: a drill takes place in office hours, whatever the hour."""

    def __init__(self, seconds: float) -> None:
        self._shift = timedelta(seconds=seconds)

    def now(self) -> datetime:
        return super().now() + self._shift


class MovableClock:
    """A clock for trying a plan out: it starts where it is told, runs `speed` times as fast, and can be put forward.

    Speed 0 stands still until somebody moves it. The zone of `start` says what "the next day, the same hour" means.
    """

    def __init__(self, start: datetime, speed: float = 0.0, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._zone = start.tzinfo
        self.speed = speed
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self.set(start)

    def now(self) -> datetime:
        with self._lock:
            return self._shown + timedelta(seconds=(self._monotonic() - self._since) * self.speed)

    def wait(self, moment: datetime) -> float | None:
        left = (require_aware(moment) - self.now()).total_seconds()
        if left <= 0:
            return 0.0
        return left / self.speed if self.speed else None

    def set(self, moment: datetime) -> datetime:
        """Show `moment` from now on."""
        with self._lock:
            self._shown = require_aware(moment)
            self._since = self._monotonic()
            return self._shown

    def advance(self, step: timedelta) -> datetime:
        return self.set(self.now() + step)

    def tomorrow(self) -> datetime:
        """The same hour on the wall, one day later."""
        return require_aware(self.now().astimezone(self._zone) + timedelta(days=1))

    def next_day(self) -> datetime:
        return self.set(self.tomorrow())
