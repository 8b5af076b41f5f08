"""Pacing: how fast we write, in all and to one chat, so that a service seldom has to tell us to wait.

A chat that was told to wait rests alone; the others go on.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.channels.pacing import Pace, Together, Window

PATIENCE = 3.5
"""Seconds a message may wait here. Longer waits go back to the queue, so that no claim outlives its lease."""
EVERYBODY = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """(how many, in so many seconds), in all and to one chat; all of them hold."""

    overall: tuple[tuple[int, float], ...]
    per_chat: tuple[tuple[int, float], ...]

    def pacing(self) -> "Pacing":
        return Pacing(_windows(self.overall), lambda _chat: _windows(self.per_chat))


class Pacing:
    """Who may write when. Whoever delivers keeps the messages of one chat in a row."""

    def __init__(self, overall: Pace, of_chat: Callable[[str], Pace], now: Callable[[], float] | None = None) -> None:
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._overall = overall
        self._of_chat = of_chat
        self._chats: dict[str, Pace] = {}
        self._rests: dict[str, float] = {}
        self._row = asyncio.Lock()

    def rest(self, chat: str, seconds: float) -> None:
        """Leave this chat alone for so long."""
        self._rests[chat] = max(self._rests.get(chat, 0.0), self._now() + seconds)

    def rest_all(self, seconds: float) -> None:
        """Leave everybody alone for so long: nothing would get through."""
        self.rest(EVERYBODY, seconds)

    @asynccontextmanager
    async def turn(self, chat: str) -> AsyncIterator[float]:
        """Wait for this chat's turn, and count what is written in it; the value is 0, or when to ask again, in seconds.

        Whoever is admitted writes within the turn: its end is when what was written has surely arrived.
        """
        if wait := await self._admitted(chat):
            yield wait
            return
        paces, left = (self._overall, self._pace(chat)), self._now()
        for pace in paces:
            pace.take(left)
        try:
            yield 0.0
        finally:
            for pace in paces:
                pace.answered(left, self._now())

    async def _admitted(self, chat: str) -> float:
        """Its own pace first, where it keeps nobody waiting; then in a row, so that whoever came first goes first."""
        until = self._now() + PATIENCE
        while True:
            if wait := await self._waited(lambda: self._own(chat), until):
                return wait
            async with self._row:
                if wait := await self._waited(lambda: self._overall.wait(self._now()), until):
                    return wait
            if not self._own(chat):
                return 0.0

    async def _waited(self, due_in: Callable[[], float], until: float) -> float:
        """Wait as long as it says, but not past `until`: 0, or what is left."""
        while wait := due_in():
            if self._now() + wait > until:
                return wait
            await asyncio.sleep(wait)
        return 0.0

    def _own(self, chat: str) -> float:
        now = self._now()
        rests = max(self._rests.get(chat, now), self._rests.get(EVERYBODY, now)) - now
        return max(0.0, rests, self._pace(chat).wait(now))

    def _pace(self, chat: str) -> Pace:
        if chat not in self._chats:
            self._chats[chat] = self._of_chat(chat)
        return self._chats[chat]


def _windows(limits: Iterable[tuple[int, float]]) -> Together:
    return Together([Window(most, span) for most, span in limits])
