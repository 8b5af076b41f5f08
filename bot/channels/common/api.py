"""Calling a service over HTTP with a token that runs out: what it says stands in the body, not in the HTTP status."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeAlias

import httpx

from bot.channels.common.calls import Lost, Said, Unsent

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
RENEW_BEFORE = 300.0
"""Seconds before a token runs out at which the next one is fetched."""
NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)
"""Errors before the first byte."""

Body: TypeAlias = dict[str, Any]
File: TypeAlias = tuple[str, bytes, str]
"""(name, bytes, media type)."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Body
    after: float | None = None
    """Seconds to wait, where a header says so."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a service is spoken to. `token` gives (path, body) of the call for a token; `read_token` (token, seconds).

    `header` names and fills the header that carries it; `said` is the refusal in an answer, None when it is a yes;
    `stale_token`: codes by which it says that the token has run out.
    """

    token: Callable[[], tuple[str, Body]]
    read_token: Callable[[Body], tuple[str, float]]
    header: Callable[[str], tuple[str, str]]
    said: Callable[[Answer], Said | None]
    stale_token: frozenset[str]


class Api:
    """One service. Nothing of a call is ever logged: its headers hold the token."""

    def __init__(self, base: str, dialect: Dialect) -> None:
        for chatty in ("httpx", "httpcore"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
        self._base = base.rstrip("/")
        self._dialect = dialect
        self._client: httpx.AsyncClient | None = None
        self._token = ("", 0.0)
        self._fetching = asyncio.Lock()

    async def call(self, method: str, path: str, body: Body, **params: str) -> Body:
        """The answer's body; raises Unsent, Lost or Said. A token that ran out early is fetched once more."""
        try:
            return await self._call(method, path, body, params)
        except Said as said:
            if said.code not in self._dialect.stale_token:
                raise
        self._token = ("", 0.0)
        return await self._call(method, path, body, params)

    async def upload(
        self, path: str, fields: Mapping[str, str], name: str, file: File, *, base: str = "", **params: str
    ) -> Body:
        """The answer's body to a form with a file in the field `name`; raises as `call` does. `base`: another host."""
        header, value = self._dialect.header(await self.token())
        form = {"data": dict(fields), "files": {name: file}}
        url = (base or self._base) + path
        return self._checked(await self._send("POST", url, {header: value}, params, **form))

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()

    async def token(self) -> str:
        async with self._fetching:
            token, until = self._token
            if not token or time.monotonic() >= until:
                token, until = await self._fetch()
                self._token = (token, until)
        return token

    async def _fetch(self) -> tuple[str, float]:
        """A call for a token sends no message: whatever becomes of it, the message has not left."""
        path, body = self._dialect.token()
        try:
            token, seconds = self._dialect.read_token(self._checked(await self._ask("POST", path, body, {}, {})))
        except (Lost, KeyError, TypeError, ValueError) as error:
            raise Unsent(f"no token ({type(error).__name__})") from None
        return token, time.monotonic() + max(1.0, seconds - RENEW_BEFORE)

    async def _call(self, method: str, path: str, body: Body, params: Mapping[str, str]) -> Body:
        name, value = self._dialect.header(await self.token())
        return self._checked(await self._ask(method, path, body, {name: value}, params))

    def _checked(self, answer: Answer) -> Body:
        if said := self._dialect.said(answer):
            raise said
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Lost(f"HTTP {answer.status}")
        if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            raise Unsent(f"HTTP {answer.status}")
        return answer.body

    async def _ask(
        self, method: str, path: str, body: Body, headers: Mapping[str, str], params: Mapping[str, str]
    ) -> Answer:
        content = json.dumps(body, ensure_ascii=False).encode()
        sent_as = {"Content-Type": "application/json; charset=utf-8", **headers}
        return await self._send(method, self._base + path, sent_as, params, content=content)

    async def _send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        params: Mapping[str, str],
        **content: Any,  # noqa: ANN401 - as httpx has it
    ) -> Answer:
        limit = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
        self._client = self._client or httpx.AsyncClient()
        try:
            response = await self._client.request(method, url, headers=headers, params=params, timeout=limit, **content)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            words = type(error).__name__  # its own words hold the address
            raise (Unsent(words) if isinstance(error, NEVER_LEFT) else Lost(words)) from None
        return Answer(response.status_code, _json(response), _seconds(response))


def _json(response: httpx.Response) -> Body:
    """The body; that of a proxy or a sign-in page is none of the service's."""
    try:
        found = response.json()
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    turned_away = HTTPStatus.MULTIPLE_CHOICES <= response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    words = f"HTTP {response.status_code} without JSON"
    raise Unsent(words) if turned_away else Lost(words)


def _seconds(response: httpx.Response) -> float | None:
    for name in ("x-ogw-ratelimit-reset", "retry-after"):
        value = response.headers.get(name, "")
        if value.isdecimal():
            return float(value)
    return None
