"""Written together: what waits to be written at one moment shares a transaction, and so one commit.

Nothing waits for company: what comes alone is written alone and at once. While one transaction is under way the rest
gathers, and the next one takes it all. So a rush costs as many commits as the disk gives, not one for each message.
Where several may write at once they do so only when a single one would take long: small transactions cost a message
more of this process than they spare it of waiting.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

One = TypeVar("One")
Done = TypeVar("Done")
MOST = 32
"""How many share a transaction: as many as leave at once, and few enough that nobody waits long for the others."""
LONG = 0.05
"""Seconds that a transaction may take before others stop waiting for it; what would take longer is shared out."""


class Together(Generic[One, Done]):
    """`work` writes its items in one transaction, in a thread, and gives a result for each; `writers` at once."""

    def __init__(self, work: Callable[[Sequence[One]], Sequence[Done]], *, writers: int) -> None:
        self._work = work
        self._writers = writers
        self._waiting: list[tuple[One, asyncio.Future[Done]]] = []
        self._writing = 0
        self._late: set[object] = set()
        self._pace = 0.0
        self._tasks: set[asyncio.Task[None]] = set()

    async def write(self, one: One) -> Done:
        """Give its result once it is committed; raises what writing it raised."""
        future: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, future))
        if self._writing == len(self._late):
            self._begin()
        return await future

    def _begin(self) -> None:
        """One more writer, where something waits and there may be one."""
        if self._waiting and self._writing < self._writers:
            self._writing += 1
            task = asyncio.create_task(self._drain(), name="written together")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def empty(self) -> None:
        """Wait until nothing is left to write."""
        while self._tasks:
            await asyncio.wait(list(self._tasks))

    async def _drain(self) -> None:
        try:
            while self._waiting:
                taken = self._take()
                self._begin()  # what it leaves is another's, at once
                await self._timed(taken)
        finally:
            self._writing -= 1  # at once, not when the task is seen to be done: what comes next asks by then

    def _take(self) -> list[tuple[One, "asyncio.Future[Done]"]]:
        """As many as are written before it takes long, by how long the last ones took; at least a fair share."""
        quick = int(LONG / self._pace) if self._pace else MOST
        share = min(MOST, max(quick, -(-len(self._waiting) // self._writers)))
        taken, self._waiting = self._waiting[:share], self._waiting[share:]
        return taken

    async def _timed(self, taken: Sequence[tuple[One, "asyncio.Future[Done]"]]) -> None:
        loop = asyncio.get_running_loop()
        began, this = loop.time(), object()
        late = loop.call_later(LONG, self._tarries, this, len(taken))
        await self._write(taken)
        late.cancel()
        self._late.discard(this)
        self._pace = (loop.time() - began) / len(taken)

    def _tarries(self, this: object, count: int) -> None:
        self._late.add(this)
        self._pace = max(self._pace, LONG / count)
        self._begin()

    async def _write(self, taken: Sequence[tuple[One, "asyncio.Future[Done]"]]) -> None:
        """One that fails takes nobody along: then each is written by itself."""
        try:
            done = await asyncio.to_thread(self._work, [one for one, _ in taken])
        except Exception as error:  # noqa: BLE001 - whatever it is, it goes to whoever asked
            if len(taken) == 1:
                _answer(taken[0][1], error)
                return
            for alone in taken:
                await self._write([alone])
            return
        for (_, future), result in zip(taken, done, strict=True):
            if not future.done():
                future.set_result(result)


def _answer(future: "asyncio.Future[Done]", error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
