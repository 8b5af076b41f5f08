"""The clockwork: when the next turn of the beat comes. The only meeting with APScheduler.

APScheduler rings, nothing more: one date job in memory, set anew after each turn to the next due moment or a few
seconds ahead, whichever is sooner. It sets a flag; the turn runs in our own loop. So what is known to break it cannot:
a job that is "still running" is not skipped, nothing is dropped as misfired, a clock put ten years forward leaves no
backlog of ticks, and with a clock put back the flag's own time limit rings instead.
"""

import gc
import logging
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.beat import Beat
from scheduler.clock import Clock, SystemClock

log = logging.getLogger(__name__)

BEGINS = 0.02
"""Seconds for which what is due goes before the look at the next moment, which would slow it in its own thread."""
_JOB = "next turn"
_DEFAULTS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


class Clockwork:
    """Turns the beat at each due moment, every `every` seconds, and when it is woken."""

    def __init__(self, beat: Beat, clock: Clock, *, every: float = 5.0) -> None:
        self._beat = beat
        self._clock = clock
        self._every = every
        self._real = SystemClock()
        self._scheduler = AsyncIOScheduler(job_defaults=_DEFAULTS, timezone=UTC)

    async def run(self) -> None:
        """Turn until the beat is told to stop.

        What start-up made is kept out of the collector's walks meanwhile: one through all of it stood still for 40 ms.
        """
        gc.freeze()
        self._scheduler.start()
        try:
            while not self._beat.stopping:
                now = self._clock.now()
                await self._beat.turn()
                tick = self._real.now() + timedelta(seconds=self._every)
                while not self._beat.is_woken:
                    await self._beat.begun(within=BEGINS)
                    pause = await self._pause(now)
                    self._ring_at(min(tick, self._real.now() + timedelta(seconds=pause)))
                    if await self._beat.woken(within=3 * self._every):
                        break
        finally:
            self._scheduler.shutdown(wait=False)
            gc.unfreeze()

    async def _pause(self, turned_at: datetime) -> float:
        """Real seconds until the next turn. What was due when the last one began is left to the next tick."""
        try:
            moment = await self._beat.next_moment(turned_at)
        except Exception:
            log.exception("the next due moment could not be read; looking again in %s s", self._every)
            return self._every
        if moment is None or moment <= turned_at:
            return self._every
        wait = self._clock.wait(moment)
        return self._every if wait is None else min(wait, self._every)

    def _ring_at(self, at: datetime) -> None:
        self._scheduler.add_job(self._ring, "date", run_date=at, id=_JOB, replace_existing=True)

    async def _ring(self) -> None:
        self._beat.wake()
