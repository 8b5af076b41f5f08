"""Lanes: one for each chat. Messages to one chat leave in order; a chat that is slow or dead delays nobody else."""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress

from storage.rows import DeliveryRow

Chat = tuple[str, str]
"""(channel, address)"""

WIDTH = 32
"""How many chats of one channel are written to at once; a messenger paces itself below that."""


class Lanes:
    """Deliveries on their way. `carry` takes one to its end and raises nothing but its own cancelling.

    `through` hears the channel of each chat that is through.
    """

    def __init__(self, carry: Callable[[DeliveryRow], Awaitable[None]], through: Callable[[str], None]) -> None:
        self._carry = carry
        self._through = through
        self._waiting: dict[Chat, deque[DeliveryRow]] = {}
        self._running: dict[Chat, asyncio.Task[None]] = {}
        self._room: dict[str, asyncio.Semaphore] = {}
        self._held: Counter[str] = Counter()

    @property
    def busy(self) -> bool:
        return bool(self._running)

    def held(self, channel: str) -> int:
        """How many deliveries of a channel are claimed and not at their end."""
        return self._held[channel]

    def put(self, row: DeliveryRow) -> None:
        chat = (row.channel, row.address)
        self._waiting.setdefault(chat, deque()).append(row)
        self._held[row.channel] += 1
        if chat not in self._running:
            self._running[chat] = asyncio.create_task(self._drain(chat), name=f"lane {row.channel}")

    async def empty(self) -> None:
        """Wait until everything on its way has come to its end."""
        while self._running:
            await asyncio.wait(list(self._running.values()))

    async def close(self, patience: float) -> list[DeliveryRow]:
        """Begin nothing more, let what is being sent end within `patience` seconds; gives back what was not begun."""
        left = list(self._take_waiting())
        running = list(self._running.values())
        if running:
            _, slow = await asyncio.wait(running, timeout=patience)
            for task in slow:
                task.cancel()
            for task in slow:
                with suppress(asyncio.CancelledError):
                    await task
        return left

    def _take_waiting(self) -> Iterator[DeliveryRow]:
        for (channel, _), queue in self._waiting.items():
            yield from queue
            self._held[channel] -= len(queue)
            queue.clear()

    async def _drain(self, chat: Chat) -> None:
        room = self._room.setdefault(chat[0], asyncio.Semaphore(WIDTH))
        queue = self._waiting[chat]
        try:
            async with room:
                while queue:
                    await self._carry(queue.popleft())
                    self._held[chat[0]] -= 1
        finally:
            del self._running[chat], self._waiting[chat]
            self._through(chat[0])
