"""Fetching files from Telegram, beside the receiver: getFile, then the bytes, within limits, as often as it takes.

What is to be fetched stands in rows, so a kill costs nothing but time. A path is good for an hour at least
(core.telegram.org/bots/api#getfile), so it is asked for anew at each try.
"""

import asyncio
import logging
import math
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus

from telegram.error import TelegramError

from bot.channels.telegram.endpoint import Endpoint
from bot.channels.telegram.errors import BAD_TOKEN
from bot.channels.telegram.messenger import CHANNEL
from bot.channels.telegram.reading import Lost, Said
from bot.channels.telegram.receiver import unbroken
from bot.channels.telegram.wire import TooMuch, Wire
from storage.rows import Evidence
from usecases import fetching
from usecases.evidence import MOST_BYTES
from usecases.office import Office

log = logging.getLogger(__name__)

LONGEST_REST = 30.0


class Fetcher:
    """Runs until it is cancelled. `expect` and `wake` may be called from any thread."""

    def __init__(self, wire: Wire, endpoint: Endpoint, office: Office, now: Callable[[], datetime]) -> None:
        self._wire = wire
        self._endpoint = endpoint
        self._office = office
        self._now = now
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()
        self._expecting_until = -math.inf

    def expect(self) -> None:
        """Something to fetch is being written. Every commit of the next seconds wakes us: nobody knows which it is."""
        self._expecting_until = time.monotonic() + LONGEST_REST

    async def run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._office.store.on_write.append(self._wake)
        try:
            while True:
                rest = await self._round()
                with suppress(TimeoutError):
                    async with asyncio.timeout(rest):
                        await self._woken.wait()
                self._woken.clear()
        finally:
            self._loop = None
            self._office.store.on_write.remove(self._wake)

    def _wake(self) -> None:
        expecting = time.monotonic() < self._expecting_until
        if expecting and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    async def _round(self) -> float:
        """Fetch what waits; gives the seconds until there is something to do again."""
        try:
            rows = await unbroken(self._waiting)
            for row in rows:
                await self._fetch(row)
            return await unbroken(self._rest)
        except Exception:
            log.exception("fetching files stumbled; it goes on in %s s", LONGEST_REST)
            return LONGEST_REST

    async def _fetch(self, row: Evidence) -> None:
        try:
            data = await self._bytes(row)
        except TooMuch:
            await unbroken(self._note, fetching.came, row.uid, bytes(MOST_BYTES + 1))
        except Said as said:
            await self._weigh(row, said)
        except TelegramError as error:
            await unbroken(self._note, fetching.again, row.uid, self._endpoint.hide(error.message))
        else:
            await unbroken(self._note, fetching.came, row.uid, data)

    async def _bytes(self, row: Evidence) -> bytes:
        found = await self._wire.call("getFile", file_id=str(row.source["file"]))
        path = found.get("file_path") if isinstance(found, dict) else None
        if not isinstance(path, str) or not path:
            raise Lost("getFile gave no path")
        return await self._wire.download(path, MOST_BYTES)

    async def _weigh(self, row: Evidence, said: Said) -> None:
        """A file that Telegram does not know or finds too big will never come; anything else may."""
        if said.code == HTTPStatus.BAD_REQUEST:
            await unbroken(self._note, fetching.refused, row.uid, said.words)
            return
        wait = 60.0 if said.code in BAD_TOKEN else float(said.retry_after or 0) or None
        await unbroken(self._note, fetching.again, row.uid, said.message, wait)

    def _waiting(self) -> list[Evidence]:
        with self._office.read(self._now()) as desk:
            return fetching.waiting(desk, CHANNEL)

    def _rest(self) -> float:
        now = self._now()
        with self._office.read(now) as desk:
            at = fetching.next_try(desk, CHANNEL)
        return LONGEST_REST if at is None else min(LONGEST_REST, max(0.1, (at - now).total_seconds()))

    def _note(self, what: Callable[..., None], *args: object) -> None:
        with self._office.write(self._now()) as desk:
            what(desk, *args)
