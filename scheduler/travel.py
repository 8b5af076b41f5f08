"""The time machine: putting a movable clock forward without skipping what lies between."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.beat import Beat
from scheduler.clock import MovableClock
from schedules.civil import civil_date, instant

Target = Callable[[], datetime]


class TimeMachine:
    """Made inside the event loop it travels in.

    `advance` and `next_day` come from other threads and return at once: whoever presses the button may hold a reading
    transaction open, and SQLite writes nothing before that ends. `arrived` waits.
    """

    def __init__(self, clock: MovableClock, beat: Beat, zone: ZoneInfo) -> None:
        self._clock = clock
        self._beat = beat
        self._zone = zone
        self._loop = asyncio.get_running_loop()
        self._travelling = asyncio.Lock()
        self._last: Future[datetime] | None = None

    def next_day(self) -> None:
        self._set_off(self._clock.tomorrow)

    def advance(self, step: timedelta, /) -> None:
        self._set_off(lambda: self._clock.now() + step)

    def arrived(self, within: float) -> None:
        """Wait until the last journey has ended; raises TimeoutError when that takes longer."""
        if self._last is not None:
            self._last.result(within)

    async def travel(self, target: Target) -> datetime:
        """Stop at each due moment and each midnight on the way, so that everything happens at its own time."""
        async with self._travelling:
            await self._beat.settled()
            end = target()
            while (stop := await self._next_stop()) < end:
                self._clock.set(stop)
                await self._beat.settled()
            self._clock.set(max(end, self._clock.now()))
            await self._beat.settled()
        return self._clock.now()

    async def _next_stop(self) -> datetime:
        now = self._clock.now()
        midnight = instant(civil_date(now, self._zone) + timedelta(days=1), time(0), self._zone)
        moment = await self._beat.next_moment(now)
        return midnight if moment is None or moment <= now else min(moment, midnight)

    def _set_off(self, target: Target) -> None:
        self._last = asyncio.run_coroutine_threadsafe(self.travel(target), self._loop)
