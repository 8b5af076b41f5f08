"""One look at the database for all who ask for the same feed meanwhile: calendars come in swarms, at the full hour."""

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from starlette.concurrency import run_in_threadpool

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Dated(Protocol):
    """What was seen at a moment, when this process had written so often."""

    @property
    def seen(self) -> datetime: ...
    @property
    def writes(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Look(Generic[V]):
    """A look that has begun."""

    seen: datetime
    writes: int
    found: asyncio.Future[V]


class Looks(Generic[K, V]):
    """The looks under way. For one event loop."""

    def __init__(self, holds: Callable[[Dated, datetime], bool]) -> None:
        self._holds = holds
        self._running: dict[K, Look[V]] = {}

    async def look(self, key: K, now: datetime, writes: int, at: Callable[[], V]) -> V:
        """What a look in a thread finds: one under way where it `holds` for now, else a new one."""
        look = self._running.get(key)
        if look is None or not self._holds(look, now):
            look = self._running[key] = Look(now, writes, asyncio.ensure_future(run_in_threadpool(at)))
        try:
            return await asyncio.shield(look.found)
        finally:
            if self._running.get(key) is look:
                del self._running[key]
