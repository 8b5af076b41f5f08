"""Calling another program: the name is looked up once, and exactly the address that was looked at is connected to.

No redirects, no proxy of the environment, no connection kept for another name; the answer's body is never read.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import TypeAlias

import httpx

from bot.channels.posting import BUSY_WAIT, silence
from bot.channels.webhook.address import Allowed, BadHook, usable
from schedules.retry import Again, Outcome, Refused, Sent, Unknown

LONGEST_CALL = 10.0
"""Seconds for one call, from the look-up to the answer's status."""
MOST_BYTES = 1_000_000
LONGEST_WAIT = 3600.0
"""However long another program asks us to wait."""
Resolve: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a machine, in the system's order. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


class Caller:
    """Posts to where it may. Never raises."""

    def __init__(
        self,
        allowed: Allowed,
        resolve: Resolve = resolve,
        *,
        longest: float = LONGEST_CALL,
        trusted: ssl.SSLContext | None = None,
    ) -> None:
        silence()
        self._allowed, self._resolve, self._longest = allowed, resolve, longest
        self._client = httpx.AsyncClient(
            verify=trusted or _trusted(),
            timeout=longest,
            follow_redirects=False,
            trust_env=False,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        if len(body) > MOST_BYTES:
            return Refused(f"more than {MOST_BYTES} bytes")
        try:
            async with asyncio.timeout(self._longest):
                return await self._call(httpx.URL(usable(url, self._allowed)), headers, body)
        except BadHook:
            return Refused("an address that may not be called")
        except (httpx.ConnectError, httpx.ConnectTimeout, OSError) as error:
            return Again(reason=type(error).__name__) if not isinstance(error, TimeoutError) else _late(self._longest)
        except (httpx.HTTPError, ValueError) as error:  # its words may hold the address
            return Unknown(type(error).__name__)

    async def close(self) -> None:
        await self._client.aclose()

    async def _call(self, url: httpx.URL, headers: Mapping[str, str], body: bytes) -> Outcome:
        port = url.port or {"https": 443, "http": 80}[url.scheme]
        places = await self._resolve(url.host, port)
        if not places:
            return Again(reason="a name without an address")
        if not all(self._allowed.may_call(url.host, place) for place in places):
            return Refused("a name that leads to an address that may not be called")
        return await self._connect(url, places, headers, body)

    async def _connect(self, url: httpx.URL, places: Sequence[str], headers: Mapping[str, str], body: bytes) -> Outcome:
        """At the first address that answers; the certificate has to be the name's all the same."""
        told = {**headers, "content-type": "application/json", "user-agent": "Ruqi-Webhook/1", "host": _host(url)}
        *others, last = [url.copy_with(host=place) for place in places]
        for place in others:
            try:
                return await self._ask(place, url.host, told, body)
            except httpx.ConnectError:
                continue
        return await self._ask(last, url.host, told, body)

    async def _ask(self, place: httpx.URL, name: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        known_as = {"sni_hostname": name}
        async with self._client.stream("POST", place, headers=headers, content=body, extensions=known_as) as answer:
            return _read(answer)


def _trusted() -> ssl.SSLContext:
    """The public authorities, and those that this machine was told to trust: offices have their own."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def _read(answer: httpx.Response) -> Outcome:
    """Any 2xx is taken; 410 says that nobody is there any more; anything else may be different later."""
    code = answer.status_code
    if answer.is_success:
        return Sent()
    if code == HTTPStatus.GONE:
        return Refused("HTTP 410", gone=True)
    if code in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        named = answer.headers.get("retry-after", "")
        wait = min(float(named), LONGEST_WAIT) if named.isdecimal() and named.isascii() else BUSY_WAIT
        return Again(after=wait, reason=f"HTTP {code}")
    return Again(reason=f"HTTP {code}")


def _late(seconds: float) -> Outcome:
    return Unknown(f"no answer within {seconds:g} s")


def _host(url: httpx.URL) -> str:
    return url.netloc.decode("ascii")
