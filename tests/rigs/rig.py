"""A rig: the town's beat and one real channel on its fake service; people by name."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from bot.channels import TwoWay
from bot.channels.common.aside import Pauses
from scheduler.beat import Beat
from scheduler.clockwork import Clockwork
from tests.rigs.office import Town
from tests.rigs.people import Person

BRISK = Pauses(first=0.05, most=0.3)


class Rig(ABC):
    """`running` receives, handles and sends until the block ends; `receiving` only stores what comes in."""

    channel: str

    def __init__(self, town: Town) -> None:
        self.town = town

    @abstractmethod
    def person(self, name: str) -> Person:
        """That person with a chat of their own; the same one each time."""

    @abstractmethod
    async def joined(self, name: str) -> Person:
        """That person, known to Ruqi: bound by a code, or signed in."""

    @abstractmethod
    def running(self) -> AbstractAsyncContextManager[None]: ...

    @abstractmethod
    async def close(self) -> None: ...

    async def at(self, moment: str) -> None:
        """Let it be that moment."""
        self.town.set(moment)
        await self.wake()

    @abstractmethod
    async def wake(self) -> None:
        """Let the beat notice that time has passed."""


class ChatRig(Rig):
    """A rig around a channel with a messenger."""

    two_way: TwoWay

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self._beat: Beat | None = None

    async def joined(self, name: str) -> Person:
        person = self.person(name)
        person.says(f"绑定 {self.town.invite(name)}")
        await person.sees("绑定成功")
        return person

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        handlers = {self.channel: self.two_way.handle}
        beat = Beat(self.town.office, self.town.clock, messengers=[self.two_way.messenger], handlers=handlers)
        self._beat = beat
        on_write = self.town.office.store.on_write
        on_write.append(beat.wake)
        tasks = [
            asyncio.create_task(self.two_way.run()),
            asyncio.create_task(Clockwork(beat, self.town.clock, every=0.2).run()),
        ]
        try:
            await self.connected()
            yield
        finally:
            on_write.remove(beat.wake)
            await beat.stop()
            await stop(*tasks)

    @asynccontextmanager
    async def receiving(self, *, connected: bool = True) -> AsyncIterator[None]:
        """Receive only: what comes in is stored, nothing is handled."""
        task = asyncio.create_task(self.two_way.run())
        try:
            if connected:
                await self.connected()
            yield
        finally:
            await stop(task)

    async def connected(self) -> None:
        await until(lambda: not self.two_way.trouble)

    async def wake(self) -> None:
        if self._beat is not None:
            self._beat.wake()

    async def close(self) -> None:
        await self.two_way.close()


async def until(look: Callable[[], object], seconds: float = 10.0) -> None:
    for _ in range(int(seconds / 0.02)):
        if look():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to pass")


async def stop(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
