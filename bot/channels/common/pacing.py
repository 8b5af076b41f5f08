"""Pacing: how fast we write, in all and to one chat, so that a service seldom has to tell us to wait.

A chat that was told to wait rests alone; the others go on.
"""

import asyncio
from collections.abc import Callable, Iterable
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
        for pace in (self._overall, self._pace(chat)):
            pace.take(self._now())
        return 0.0

    def _wait(self, chat: str) -> float:
        now = self._now()
        rests = max(self._rests.get(chat, now), self._rests.get(EVERYBODY, now)) - now
        return max(0.0, rests, self._overall.wait(now), self._pace(chat).wait(now))

    def _pace(self, chat: str) -> Pace:
        if chat not in self._chats:
            self._chats[chat] = self._of_chat(chat)
        return self._chats[chat]


def _windows(limits: Iterable[tuple[int, float]]) -> Together:
    return Together([Window(most, span) for most, span in limits])
