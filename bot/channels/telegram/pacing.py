"""Pacing: how fast we write, in all and to one chat, so that Telegram seldom has to tell us to wait.

Source: core.telegram.org/bots/faq, "My bot is hitting limits": about 30 messages a second in all, one a second to a
chat with short bursts, 20 a minute to a group. A chat that answered 429 rests alone; the others go on.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.pacing import Bucket, Window

MOST = 29
"""Messages a second; one less than allowed, since messages do not all travel equally long."""
PATIENCE = 3.5
"""Seconds a message may wait here. Longer waits go back to the queue, so that no claim outlives its lease."""
EVERYBODY = ""
GROUP_SPACE = 1.1
"""Seconds between two messages to a group: a little more than one, because clocks differ."""


@dataclass(slots=True)
class Both:
    """Two paces at once. Pure, as they are."""

    one: Window | Bucket
    other: Window | Bucket

    def wait(self, now: float) -> float:
        return max(self.one.wait(now), self.other.wait(now))

    def take(self, now: float) -> None:
        self.one.take(now)
        self.other.take(now)


Pace = Window | Bucket | Both


def overall() -> Pace:
    """29 a second, evenly: what leaves in one rush may arrive beside the next one and be counted with it."""
    return Both(Window(MOST, 1.0), Bucket(2, 1.0 / MOST))


def for_chat(chat: str) -> Pace:
    """One a second with a burst of three for a person; groups have negative ids, and no burst, and 20 a minute."""
    return Both(Window(20, 60.0), Bucket(1, GROUP_SPACE)) if chat.startswith("-") else Bucket(3, 1.0)


class Pacing:
    """Who may write when. Whoever delivers keeps the messages of one chat in a row."""

    def __init__(self, now: Callable[[], float] | None = None) -> None:
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._overall = overall()
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
        for window in (self._overall, self._window(chat)):
            window.take(self._now())
        return 0.0

    def _wait(self, chat: str) -> float:
        now = self._now()
        rests = max(self._rests.get(chat, now), self._rests.get(EVERYBODY, now)) - now
        return max(0.0, rests, self._overall.wait(now), self._window(chat).wait(now))

    def _window(self, chat: str) -> Pace:
        return self._chats.setdefault(chat, for_chat(chat))
