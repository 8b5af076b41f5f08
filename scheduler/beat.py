"""The beat: one turn of the scheduler. What came in is handled, the horizon moves on, what is due is sent.

Each stage stands alone: one that fails is logged, the others go on; only a database that was moved to another version's
tables ends it all, since nothing may be claimed there. Blocking work runs in threads; `now` is read once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import replace
from datetime import date, datetime

from scheduler.clock import Clock
from scheduler.postman import Postman
from schedules.civil import civil_date
from storage.refusals import StoreRefused
from usecases import fallback, inbox, remind
from usecases.deliver import Messenger
from usecases.inbox import Handler
from usecases.office import Office

log = logging.getLogger(__name__)

SETTLE_ROUNDS = 100
ROLL_LIMIT = 600.0
"""Seconds the daily roll of a whole province may take before it counts as stuck."""

Progress = Callable[[float | None], None]
"""Tells the watchdog that we are alive; a number allows the next step that many seconds."""

_beating: ContextVar[bool] = ContextVar("beating", default=False)
"""Set while a turn runs, its threads included: what the beat itself writes must not wake the beat."""


class Beat:
    """Made inside the event loop it will run in. `messengers` may be empty: then everybody reads the web inbox.

    `sends`: whether a channel's messages may leave from this node now; others' rows are left to the node that can.
    """

    def __init__(  # noqa: PLR0913 - everything the scheduler is wired with
        self,
        office: Office,
        clock: Clock,
        *,
        messengers: Sequence[Messenger] = (),
        handlers: Mapping[str, Handler] | None = None,
        owner: str = "ruqi",
        progress: Progress = lambda _: None,
        sends: Callable[[str], bool] = lambda _: True,
    ) -> None:
        self._channels = [messenger.channel for messenger in messengers]
        self._office = replace(office, channels=frozenset(self._channels))
        self._clock = clock
        self._handlers = handlers or {}
        self._progress = progress
        self._loop = asyncio.get_running_loop()
        self._stirred = asyncio.Event()
        self._asked = False
        self._turning = asyncio.Lock()
        self._rolled_on: date | None = None
        by_channel = {messenger.channel: messenger for messenger in messengers}
        self._sends = sends
        hears: dict[str, Callable[[], None]] = {"more": self._ask, "put_off": self._stirred.set}
        self._postman = Postman(office, clock, by_channel, owner=owner, sends=sends, **hears)
        self.stopping = False
        self.turned_at: datetime | None = None
        """When the last turn ended; None before the first."""

    async def turn(self) -> int:
        """Run every stage once; gives how many deliveries were set on their way. Sending goes on behind it."""
        async with self._turning:
            if self.stopping:
                return 0
            mark = _beating.set(True)
            try:
                return await self._stages(self._clock.now())
            finally:
                self.turned_at = self._clock.now()
                _beating.reset(mark)

    def wake(self) -> None:
        """Ask for a turn soon, from any thread. Hung on the store, it hears of every change but the beat's own."""
        if not _beating.get():
            self._loop.call_soon_threadsafe(self._ask)

    async def woken(self, within: float) -> bool:
        """Wait until somebody wakes the beat, at most `within` seconds; whether a turn is to follow.

        It is not where a message was put off: then the next moment may be another, and nothing is due.
        """
        try:
            async with asyncio.timeout(within):
                await self._stirred.wait()
        except TimeoutError:
            return True
        self._stirred.clear()
        return self._asked

    @property
    def is_woken(self) -> bool:
        """Whether somebody asked for a turn since the last one began."""
        return self._asked

    async def begun(self, within: float) -> None:
        """Wait until what was claimed begins to leave, at most `within` seconds."""
        await self._postman.begun(within)

    async def settled(self) -> None:
        """Turn until everything due by now has been sent or put off."""
        for _ in range(SETTLE_ROUNDS):
            taken = await self.turn()
            if not taken and not self.busy:
                return
            await self._postman.lanes.empty()
        log.warning("after %s turns something is still due", SETTLE_ROUNDS)

    @property
    def busy(self) -> bool:
        """Whether something is on its way."""
        return self._postman.lanes.busy

    async def next_moment(self, now: datetime) -> datetime | None:
        """When there will be something to do next, seen from `now`."""

        def look() -> datetime | None:
            with self._office.read(now) as desk:
                return remind.next_moment(desk, [one for one in self._channels if self._sends(one)])

        return await asyncio.to_thread(look)

    async def stop(self, patience: float = 10.0) -> None:
        """Claim nothing more and finish what is in flight, for at most `patience` seconds."""
        self.stopping = True
        self._ask()
        async with self._turning:
            pass
        await self._postman.close(patience)

    def _ask(self) -> None:
        self._asked = True
        self._stirred.set()

    async def _stages(self, now: datetime) -> int:
        self._asked = False
        self._stirred.clear()
        for channel in self._handlers:
            await self._stage(f"inbox {channel}", self._handle(now, channel))
        today = civil_date(now, self._office.zone)
        if today != self._rolled_on:
            self._progress(ROLL_LIMIT)
            await self._stage("roll", self._roll(now, today))
        await self._stage("hand over", asyncio.to_thread(self._hand_over, now))
        await self._stage("fall back", asyncio.to_thread(self._fall_back, now))
        return await self._stage("claim", self._postman.collect())

    async def _stage(self, name: str, work: Awaitable[int]) -> int:
        try:
            return await work
        except StoreRefused:
            raise
        except Exception:
            log.exception("the beat stumbled at %r; the other stages go on", name)
            return 0
        finally:
            self._progress(None)

    async def _handle(self, now: datetime, channel: str) -> int:
        """Handle what waits until nothing is left; rows that fail are counted and set aside by the use case."""
        total = 0
        while done := await asyncio.to_thread(
            inbox.handle_waiting, self._office, now, channel, self._handlers[channel]
        ):
            total += done
            self._progress(None)
        return total

    async def _roll(self, now: datetime, today: date) -> int:
        def roll() -> int:
            with self._office.write(now) as desk:
                return remind.roll(desk)

        done = await asyncio.to_thread(roll)
        self._rolled_on = today
        return done

    def _hand_over(self, now: datetime) -> int:
        with self._office.write(now) as desk:
            return remind.hand_over(desk)

    def _fall_back(self, now: datetime) -> int:
        with self._office.write(now) as desk:
            return fallback.hurry(desk)
