"""Standing by: what only one of several nodes may do is done by one, and by another when that one is gone.

Polling Telegram and holding the long connections of WeCom, DingTalk and Feishu: two at once would take turns in pushing
each other out. Who may is decided by the database; who lost the right stops at once, and tries again.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Protocol, TypeAlias

from storage.engine import Store
from storage.only_one import OnlyOne, serves_many

log = logging.getLogger(__name__)

BOUND = frozenset({"wecom"})
"""Chats whose messages leave through the connection by which they are heard, so only from the node that has it."""
TRY_EVERY = 2.0
"""Seconds between two tries to take over; with it somebody else is at work in far less than ten."""
ASK_EVERY = 1.0
PATIENCE = 4.0
"""Seconds in which the database has to say that the right is still ours."""


class Right(Protocol):
    """`storage.only_one.OnlyOne`: each call blocks for some seconds at most."""

    def take(self) -> bool: ...
    def is_ours(self) -> bool: ...
    def let_go(self) -> None: ...


class Work(Protocol):
    """A chat that is heard: `run` until cancelled; `trouble` says why nothing comes in, empty while all is well."""

    @property
    def channel(self) -> str: ...
    @property
    def trouble(self) -> str: ...
    async def run(self) -> None: ...


class StandBy:
    """Does the work while this node has the right; `at_work` says whether it does so now. Without a right, always."""

    def __init__(self, work: Work, right: Right | None) -> None:
        self.at_work = right is None
        self._work = work
        self._right = right

    @property
    def trouble(self) -> str:
        """That of the work; whoever only stands by has none."""
        return self._work.trouble if self.at_work else ""

    async def run(self) -> None:
        """Until cancelled or the right is lost; ends or raises as the work does. Whoever keeps it up calls it again."""
        if self._right is None:
            await self._work.run()
            return
        while not await asyncio.to_thread(self._right.take):  # noqa: ASYNC110 - a database has no event
            await asyncio.sleep(TRY_EVERY)
        log.info("%s is heard by this node now", self._work.channel)
        try:
            await self._while_ours(self._right)
        finally:
            self.at_work = False
            await asyncio.shield(asyncio.to_thread(self._right.let_go))

    async def _while_ours(self, right: Right) -> None:
        self.at_work = True
        work = asyncio.create_task(self._work.run())
        try:
            while await self._is_ours(right):
                done, _ = await asyncio.wait({work}, timeout=ASK_EVERY)
                if done:
                    await work
                    return
            log.warning("the right to hear %s was lost, stepping back", self._work.channel)
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)  # raises what ends this task meanwhile, and only that

    async def _is_ours(self, right: Right) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.to_thread(right.is_ours)
        except TimeoutError:
            return False


Ears: TypeAlias = Mapping[str, StandBy]


def hearing(store: Store, chats: Iterable[Work]) -> Ears:
    """One node hears each chat; on a database that serves many, the database says which."""
    many = serves_many(store)
    return {chat.channel: StandBy(chat, OnlyOne(store, chat.channel) if many else None) for chat in chats}


def may_send(ears: Ears, channel: str) -> bool:
    """Whether a channel's messages may leave from here now."""
    return channel not in BOUND or channel not in ears or ears[channel].at_work
