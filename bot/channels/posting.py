"""Posting to a service over HTTP: one JSON request, and what became of it where the service itself said nothing."""

import asyncio
import logging
from http import HTTPStatus
from typing import Any

import httpx

from schedules.retry import Again, Outcome, Refused, Unknown

LONGEST_CALL = 20.0
"""Seconds for one message; well below what a delivery may take (30)."""
TIMES = httpx.Timeout(10.0, read=15.0)
BUSY_WAIT = 60.0
"""When a service that asks us to wait names no time."""
CHATTY = ("httpx", "httpcore", "urllib3")
"""Loggers that write addresses, and here an address is a secret."""


class Poster:
    """One pool of connections. Never raises; an answer is the decoded JSON of a 200, anything else an outcome."""

    def __init__(self) -> None:
        silence()
        self._client = httpx.AsyncClient(timeout=TIMES, follow_redirects=False)

    async def post(self, url: str, body: dict[str, Any]) -> dict[str, Any] | Outcome:
        try:
            async with asyncio.timeout(LONGEST_CALL):
                return _read(await self._client.post(url, json=body))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            return Again(reason=type(error).__name__)
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            return Refused(type(error).__name__, gone=True)
        except TimeoutError:
            return Unknown(f"no answer within {LONGEST_CALL:g} s")
        except httpx.HTTPError as error:  # its words may hold the address
            return Unknown(type(error).__name__)

    async def close(self) -> None:
        await self._client.aclose()


def silence() -> None:
    """Keep addresses out of the log."""
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _read(response: httpx.Response) -> dict[str, Any] | Outcome:
    code = response.status_code
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        return Again(after=_wait(response), reason="HTTP 429")
    if code == HTTPStatus.SERVICE_UNAVAILABLE:
        return Again(reason="HTTP 503")
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Unknown(f"HTTP {code}")
    if code != HTTPStatus.OK:
        return Refused(f"HTTP {code}", gone=code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
    try:
        found = response.json()
    except ValueError:
        return Unknown("an answer that is no JSON")
    return found if isinstance(found, dict) else Unknown("an answer of another kind")


def _wait(response: httpx.Response) -> float:
    named = response.headers.get("retry-after", "")
    return float(named) if named.isdecimal() else BUSY_WAIT
