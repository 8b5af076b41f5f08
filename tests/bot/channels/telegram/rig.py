"""The real beat, the real channel, a fake Telegram: what the chat's tests run, and short words for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.telegram import Telegram
from bot.channels.telegram.troubles import Pauses
from scheduler.beat import Beat
from scheduler.clockwork import Clockwork
from tests.bot_api.client import BotApi
from tests.scheduler.office import SHANGHAI, Bureau

MONDAY = datetime(2024, 1, 15, 10, tzinfo=SHANGHAI)
BRISK = Pauses(hold=2, first=0.05, most=0.4, conflict=0.1, token=0.2, look=0.3)


@dataclass
class Rig:
    here: Bureau
    api: BotApi
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    telegram: Telegram = field(init=False)
    beat: Beat = field(init=False)

    def __post_init__(self) -> None:
        self.telegram = Telegram(
            self.api.token, self.api.url, self.here.office, self.here.clock, wake=self.woken.set, pauses=BRISK
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Receive, handle and send, until the block ends."""
        handlers = {"telegram": self.telegram.handle}
        self.beat = Beat(self.here.office, self.here.clock, messengers=[self.telegram.messenger], handlers=handlers)
        clockwork = Clockwork(self.beat, self.here.clock, every=0.2)
        self.here.office.store.on_write.append(self.beat.wake)
        tasks = [asyncio.create_task(self.telegram.run()), asyncio.create_task(clockwork.run())]
        try:
            yield
        finally:
            self.here.office.store.on_write.remove(self.beat.wake)
            await self.beat.stop()
            await calm()
            await stop(*tasks)

    @asynccontextmanager
    async def receiving(self) -> AsyncIterator[None]:
        """Receive only: what comes in is stored, nothing is handled."""
        task = asyncio.create_task(self.telegram.run())
        try:
            yield
        finally:
            await calm()
            await stop(task)


async def calm() -> None:
    """Let the fake read a poll that has just begun; it counts a call that breaks off while it reads as a fault."""
    await asyncio.sleep(0.05)


async def stop(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
