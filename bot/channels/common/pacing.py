"""Pacing: how fast we write, in all and to one chat, so that a service seldom has to tell us to wait.

A chat that was told to wait rests alone; the others go on.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.channels.pacing import Window

PATIENCE = 3.5
"""Seconds a message may wait here. Longer waits go back to the queue, so that no claim outlives its lease."""
EVERYBODY = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """(how many, in so many seconds), in all and to one chat; all of them hold."""

    overall: tuple[tuple[int, float], ...]
    per_chat: tuple[tuple[int, float], ...]


class Pacing:
    """Who may write when. Whoever delivers keeps the messages of one chat in a row."""

    def __init__(self, limits: Limits, now: Callable[[], float] | None = None) -> None:
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._limits = limits
        self._overall = _windows(limits.overall)
        self._chats: dict[str, list[Window]] = {}
        self._rests: dict[str, float] = {}

    def rest(self, chat: str, seconds: float) -> None:
        """Leave this chat alone for so long."""
        self._rests[chat] = max(self._rests.get(chat, 0.0), self._now() + seconds)

    def rest_all(self, seconds: float) -> None:
        """Leave everybody alone for so long: nothing would get through."""
        self.rest(EVERYBODY, seconds)

    async def admit(self, chat: str) -> float:
        """Wait for this chat's turn, and count it; the value is 0, or the seconds after which to ask again."""
        until = self._now() + PATIENCE
        while wait := self._wait(chat):
            if self._now() + wait > until:
                return wait
            await asyncio.sleep(wait)
        for window in self._windows(chat):
            window.take(self._now())
        return 0.0

    def _wait(self, chat: str) -> float:
        now = self._now()
        rests = max(self._rests.get(chat, now), self._rests.get(EVERYBODY, now)) - now
        return max(0.0, rests, *(window.wait(now) for window in self._windows(chat)))

    def _windows(self, chat: str) -> list[Window]:
        return [*self._overall, *self._chats.setdefault(chat, _windows(self._limits.per_chat))]


def _windows(limits: Iterable[tuple[int, float]]) -> list[Window]:
    return [Window(most, span) for most, span in limits]
