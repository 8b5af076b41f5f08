"""Fetching files that people sent: beside the receiver, within limits, as often as it takes.

What is to be fetched stands in rows, so a kill costs nothing but time.
"""

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus

import httpx

from bot.channels.common.calls import CONFIG_WAIT, Lost, Meaning, Said, Unsent, meaning
from storage.rows import Evidence
from usecases import fetching
from usecases.evidence import MOST_BYTES
from usecases.office import Office

log = logging.getLogger(__name__)

LONGEST_REST = 30.0
LIMIT = 60.0
"""Seconds for one file."""
NOT_THERE = "file.gone"
"""Ours: the address of a file leads nowhere any more."""
RETRIED: tuple[Meaning, ...] = ("again", "busy", "config")

Get = Callable[[Evidence], Awaitable[bytes]]


class TooMuch(Exception):
    """The file is larger than what is kept."""


class Fetcher:
    """Runs until it is cancelled. `get` raises Unsent, Lost, Said or TooMuch; `expect` may come from any thread."""

    def __init__(
        self, channel: str, office: Office, now: Callable[[], datetime], get: Get, table: Mapping[str, Meaning]
    ) -> None:
        self._channel = channel
        self._office = office
        self._now = now
        self._get = get
        self._table = table
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
            rows = await asyncio.to_thread(self._waiting)
            for row in rows:
                await self._fetch(row)
            return await asyncio.to_thread(self._rest)
        except Exception:
            log.exception("fetching files stumbled; it goes on in %s s", LONGEST_REST)
            return LONGEST_REST

    async def _fetch(self, row: Evidence) -> None:
        try:
            async with asyncio.timeout(LIMIT):
                data = await self._get(row)
        except TooMuch:
            await self._note(fetching.came, row.uid, bytes(MOST_BYTES + 1))
        except Said as said:
            await self._weigh(row, said)
        except (Unsent, Lost, TimeoutError) as error:
            await self._note(fetching.again, row.uid, str(error))
        else:
            await self._note(fetching.came, row.uid, data)

    async def _weigh(self, row: Evidence, said: Said) -> None:
        means = meaning(said, self._table)
        if means not in RETRIED:
            await self._note(fetching.refused, row.uid, str(said))
            return
        await self._note(fetching.again, row.uid, str(said), CONFIG_WAIT if means == "config" else said.after)

    def _waiting(self) -> list[Evidence]:
        with self._office.read(self._now()) as desk:
            return fetching.waiting(desk, self._channel)

    def _rest(self) -> float:
        now = self._now()
        with self._office.read(now) as desk:
            at = fetching.next_try(desk, self._channel)
        return LONGEST_REST if at is None else min(LONGEST_REST, max(0.1, (at - now).total_seconds()))

    async def _note(self, what: Callable[..., None], *args: object) -> None:
        def write() -> None:
            with self._office.write(self._now()) as desk:
                what(desk, *args)

        await asyncio.to_thread(write)


async def download(
    url: str, headers: Mapping[str, str] | None = None, params: Mapping[str, str] | None = None
) -> bytes:
    """The bytes at an address, at most what is kept."""
    limit = httpx.Timeout(15.0, connect=5.0)
    try:
        async with (
            httpx.AsyncClient(timeout=limit, follow_redirects=True) as client,
            client.stream("GET", url, headers=dict(headers or {}), params=dict(params or {})) as response,
        ):
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise Lost(f"HTTP {response.status_code}")
            if response.status_code >= HTTPStatus.BAD_REQUEST:
                raise _refused(response.status_code, await response.aread())
            return await _limited(response)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Lost(type(error).__name__) from None  # its own words hold the address


async def _limited(response: httpx.Response) -> bytes:
    data = bytearray()
    async for piece in response.aiter_bytes():
        data += piece
        if len(data) > MOST_BYTES:
            raise TooMuch
    return bytes(data)


def _refused(status: int, said: bytes) -> Said:
    """The service's own code, where it gives one."""
    try:
        code = httpx.Response(status, content=said).json()["code"]
    except (ValueError, KeyError, TypeError):
        code = NOT_THERE
    return Said(str(code), f"HTTP {status}")
