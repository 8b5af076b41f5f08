"""Written together: what waits to be written at one moment shares a transaction, and so one commit.

Nothing waits for company: what comes alone is written alone and at once. While one transaction is under way the rest
gathers, and the next one takes it all, or its share where several may write at once. So a rush costs as many commits
as the disk gives, not one for each message.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

One = TypeVar("One")
Done = TypeVar("Done")
MOST = 32
"""How many share a transaction: as many as leave at once, and few enough that nobody waits long for the others."""


class Together(Generic[One, Done]):
    """`work` writes its items in one transaction, in a thread, and gives a result for each; `writers` run at once."""

    def __init__(self, work: Callable[[Sequence[One]], Sequence[Done]], *, writers: int) -> None:
        self._work = work
        self._writers = writers
        self._waiting: list[tuple[One, asyncio.Future[Done]]] = []
        self._writing = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def write(self, one: One) -> Done:
        """Give its result once it is committed; raises what writing it raised."""
        future: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, future))
        if self._writing < self._writers:
            self._writing += 1
            task = asyncio.create_task(self._drain(), name="written together")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await future

    async def empty(self) -> None:
        """Wait until nothing is left to write."""
        while self._tasks:
            await asyncio.wait(list(self._tasks))

    async def _drain(self) -> None:
        try:
            while self._waiting:
                share = min(MOST, -(-len(self._waiting) // self._writers))
                taken, self._waiting = self._waiting[:share], self._waiting[share:]
                await self._write(taken)
        finally:
            self._writing -= 1  # at once, not when the task is seen to be done: what comes next asks by then

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
