"""Two ways onto the wire: a raw call for receiving, and the line under python-telegram-bot's Bot for sending."""

from http import HTTPStatus
from typing import Any

import httpx
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.channels.common.fetching import TooMuch
from bot.channels.telegram.endpoint import Endpoint
from bot.channels.telegram.reading import Lost, answer, silence

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
WRITE_SECONDS = 10.0
POOL_SECONDS = 3.0
LINES = 64


class Wire:
    """Raw calls of the Bot API: JSON goes out, the raw result comes back, so that no parser stands between."""

    def __init__(self, endpoint: Endpoint, proxy: str | None = None) -> None:
        self._endpoint = endpoint
        self._client = httpx.AsyncClient(proxy=proxy)

    async def call(self, method: str, *, hold: float = 0.0, **params: object) -> Any:  # noqa: ANN401 - each method answers its own JSON
        """Call a method; `hold` is for how long the server may keep the answer back. Raises Said, Lost or Unsent."""
        limit = httpx.Timeout(CONNECT_SECONDS, read=READ_SECONDS + hold)
        try:
            response = await self._client.post(self._endpoint.url(method), json=params, timeout=limit)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise silence(error, self._endpoint.hide) from None  # its request line holds the token
        return answer(response.status_code, response.content)

    async def download(self, path: str, most: int) -> bytes:
        """The bytes of a file that getFile named. Raises TooMuch, Said, Lost or Unsent."""
        data = bytearray()
        limit = httpx.Timeout(CONNECT_SECONDS, read=READ_SECONDS)
        try:
            async with self._client.stream("GET", self._endpoint.file_url(path), timeout=limit) as response:
                if response.status_code != HTTPStatus.OK:
                    raise Lost(f"HTTP {response.status_code} for a file")
                async for chunk in response.aiter_bytes():
                    data += chunk
                    if len(data) > most:
                        raise TooMuch
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise silence(error, self._endpoint.hide) from None  # its request line holds the token
        return bytes(data)

    async def close(self) -> None:
        await self._client.aclose()


class Line(HTTPXRequest):
    """The library's request, except that our own reading says what became of a call."""

    def __init__(self, endpoint: Endpoint, proxy: str | None = None) -> None:
        self._endpoint = endpoint
        super().__init__(
            connection_pool_size=LINES,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            write_timeout=WRITE_SECONDS,
            pool_timeout=POOL_SECONDS,
            proxy=proxy,
        )

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:  # noqa: ANN401 - passed through
        try:
            status, payload = await super().do_request(*args, **options)
        except NetworkError as error:
            raise silence(error.__cause__ or error, self._endpoint.hide) from None  # its request line holds the token
        answer(status, payload)
        return status, payload
