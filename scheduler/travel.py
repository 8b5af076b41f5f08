"""The time machine: putting a movable clock forward without skipping what lies between."""

import asyncio
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.beat import Beat
from scheduler.clock import MovableClock
from schedules.civil import civil_date, instant

PATIENCE = 60.0


class TimeMachine:
    """Made inside the event loop; `advance` and `next_day` are called from other threads and return on arrival."""

    def __init__(self, clock: MovableClock, beat: Beat, zone: ZoneInfo) -> None:
        self._clock = clock
        self._beat = beat
        self._zone = zone
        self._loop = asyncio.get_running_loop()
        self._travelling = asyncio.Lock()

    def next_day(self) -> datetime:
        return self._go(self._clock.tomorrow())

    def advance(self, step: timedelta, /) -> datetime:
        return self._go(self._clock.now() + step)

    async def travel(self, target: datetime) -> datetime:
        """Stop at each due moment and each midnight on the way, so that everything happens at its own time."""
        async with self._travelling:
            await self._beat.settled()
            while (stop := await self._next_stop()) < target:
                self._clock.set(stop)
                await self._beat.settled()
            self._clock.set(max(target, self._clock.now()))
            await self._beat.settled()
        return self._clock.now()

    async def _next_stop(self) -> datetime:
        now = self._clock.now()
        midnight = instant(civil_date(now, self._zone) + timedelta(days=1), time(0), self._zone)
        moment = await self._beat.next_moment(now)
        return midnight if moment is None or moment <= now else min(moment, midnight)

    def _go(self, target: datetime) -> datetime:
        """From another thread; raises TimeoutError when arriving takes too long."""
        return asyncio.run_coroutine_threadsafe(self.travel(target), self._loop).result(PATIENCE)
