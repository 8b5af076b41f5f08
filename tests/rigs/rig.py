"""A rig: the town's beat and one real channel on its fake service; people by name."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from bot.channels import TwoWay
from bot.channels.common.aside import Pauses
from scheduler.beat import Beat
from scheduler.clockwork import Clockwork
from schedules.plan import Plan
from tests.rigs.office import Town
from tests.rigs.people import Person

BRISK = Pauses(first=0.05, most=0.3)


class Rig(ABC):
    """`running` receives, handles and sends until the block ends; `receiving` only stores what comes in."""

    channel: str
    beat: Beat | None = None

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

    @abstractmethod
    async def renew(self) -> None:
        """A fresh door on the same database, as after a restart."""

    async def at(self, moment: str) -> None:
        """Let it be that moment, and everything due by then be on the screens."""
        self.town.set(moment, heard=self.channel)
        await self.settled()

    @asynccontextmanager
    async def begin(self, moment: str, plan: Plan, *names: str) -> AsyncIterator[list[Person]]:
        """The office runs from that moment, with that plan taken in, and these people have joined."""
        self.town.set(moment)
        self.town.take(plan)
        async with self.running():
            yield [await self.joined(name) for name in names]

    async def settled(self) -> None:
        assert self.beat is not None, "nothing runs"
        await self.beat.settled()

    @asynccontextmanager
    async def silent(self, *people: Person) -> AsyncIterator[None]:
        """Nothing more may stand on these screens when the block is over."""
        await self.settled()
        before = [len(person.told()) for person in people]
        yield
        await self.settled()
        for person, count in zip(people, before, strict=True):
            assert len(person.told()) <= count, f"{person.name} was told something:\n{person.page()}"


class ChatRig(Rig):
    """A rig around a channel with a messenger."""

    two_way: TwoWay

    @abstractmethod
    def make(self) -> TwoWay:
        """The channel, on the fake service."""

    async def renew(self) -> None:
        await self.two_way.close()
        self.two_way = self.make()

    async def joined(self, name: str) -> Person:
        person = self.person(name)
        person.says(f"绑定 {self.town.invite(name)}")
        await person.sees("绑定成功")
        return person

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        handlers = {self.channel: self.two_way.handle}
        beat = Beat(self.town.office, self.town.clock, messengers=[self.two_way.messenger], handlers=handlers)
        self.beat = beat
        on_write = self.town.office.store.on_write
        on_write.append(beat.wake)
        tasks = [
            asyncio.create_task(self.two_way.run()),
            asyncio.create_task(Clockwork(beat, self.town.clock, every=1.0).run()),
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
