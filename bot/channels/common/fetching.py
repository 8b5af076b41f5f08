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
from bot.channels.common.unbroken import unbroken
from storage.rows import Evidence
from usecases import fetching
from usecases.evidence import MOST_BYTES
from usecases.office import Office

log = logging.getLogger(__name__)

LONGEST_REST = 30.0
LIMIT = 300.0
"""Seconds for one file: 20 MB over a slow line."""
NOT_THERE = "file.gone"
"""Ours: the address of a file leads nowhere any more."""
RETRIED: tuple[Meaning, ...] = ("again", "busy", "config")

Get = Callable[[Evidence], Awaitable[bytes]]
"""The bytes of a file; raises TooMuch, Gone or Later."""


class TooMuch(Exception):
    """The file is larger than what is kept."""


class Gone(Exception):
    """The file will never come; in words without secrets."""


class Later(Exception):
    """The file may come at another try; in words without secrets. `after`: seconds, where the service names them."""

    def __init__(self, words: str, after: float | None = None) -> None:
        super().__init__(words)
        self.after = after


class Fetcher:
    """Runs until it is cancelled; `expect` may come from any thread."""

    def __init__(self, channel: str, office: Office, now: Callable[[], datetime], get: Get) -> None:
        self._channel = channel
        self._office = office
        self._now = now
        self._get = get
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
            async with asyncio.timeout(LIMIT):
                data = await self._get(row)
        except TooMuch:
            await self._note(fetching.came, row.uid, bytes(MOST_BYTES + 1))
        except Gone as gone:
            await self._note(fetching.refused, row.uid, str(gone))
        except Later as later:
            await self._note(fetching.again, row.uid, str(later), later.after)
        except TimeoutError:
            await self._note(fetching.again, row.uid, f"no file within {LIMIT:g} s")
        else:
            await self._note(fetching.came, row.uid, data)

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

        await unbroken(write)


def weighed(get: Get, table: Mapping[str, Meaning]) -> Get:
    """The same for a `get` that raises Unsent, Lost or Said; `table` says which words of a service end the tries."""

    async def got(row: Evidence) -> bytes:
        try:
            return await get(row)
        except Said as said:
            means = meaning(said, table)
            if means not in RETRIED:
                raise Gone(str(said)) from None
            raise Later(str(said), CONFIG_WAIT if means == "config" else said.after) from None
        except (Unsent, Lost) as error:
            raise Later(str(error)) from None

    return got


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
