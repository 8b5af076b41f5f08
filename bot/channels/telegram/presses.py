"""Pressed buttons are answered, so that the wheel on them stops: at once, but not before what is said is true.

Handling happens in a thread, inside a transaction; the words wait here until its row is marked as handled.
"""

import asyncio
from collections.abc import Awaitable, Callable

STEP = 0.02
PATIENCE = 10.0
"""Seconds. Telegram's apps give up on a press after about fifteen."""


class Presses:
    """`answer` sends words for a press, `handled` (blocking) says whether the row's effect is committed."""

    def __init__(self, answer: Callable[[str, str], Awaitable[None]], handled: Callable[[int], bool]) -> None:
        self._answer = answer
        self._handled = handled
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[int, asyncio.Task[None]] = {}

    def put(self, row_id: int, press_id: str, words: str) -> None:
        """Called from the thread that handles. Without a loop nothing is waiting on a screen any more."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._begin, row_id, press_id, words)

    async def run(self) -> None:
        """Be there for the threads until cancelled."""
        self._loop = asyncio.get_running_loop()
        try:
            await asyncio.Event().wait()
        finally:
            self._loop = None
            for task in self._waiting.values():
                task.cancel()

    def _begin(self, row_id: int, press_id: str, words: str) -> None:
        """A row that is handled again speaks again; only the last words count."""
        if before := self._waiting.pop(row_id, None):
            before.cancel()
        task = asyncio.ensure_future(self._when_true(row_id, press_id, words))
        self._waiting[row_id] = task
        task.add_done_callback(lambda done: self._forget(row_id, done))

    def _forget(self, row_id: int, done: asyncio.Task[None]) -> None:
        if self._waiting.get(row_id) is done:
            del self._waiting[row_id]

    async def _when_true(self, row_id: int, press_id: str, words: str) -> None:
        for _ in range(int(PATIENCE / STEP)):
            if await asyncio.to_thread(self._handled, row_id):
                await self._answer(press_id, words)
                return
            await asyncio.sleep(STEP)
