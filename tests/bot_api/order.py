"""The test's own line to the fake: one order a call, and waiting for something to become true."""

import asyncio
import http.client
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")
PAUSE = 0.01  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Line:
    """`host` with port. Plain http.client: an order takes a millisecond and needs no event loop."""

    host: str

    def order(self, verb: str, **args: object) -> Any:  # noqa: ANN401  # each order answers its own JSON
        """Carry out one order; AssertionError when nobody could do that, with the reason."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            connection.request("POST", f"/_control/{verb}", json.dumps(args), {"Content-Type": "application/json"})
            response = connection.getresponse()
            body = json.loads(response.read())
        finally:
            connection.close()
        if response.status != http.HTTPStatus.OK:
            raise AssertionError(body.get("impossible", f"the fake broke on {verb}: {body}"))
        return body


@dataclass(frozen=True, slots=True)
class Injected:
    """A fault in place; `hits` is how often it struck."""

    number: int
    line: Line

    def hits(self) -> int:
        return int(self.line.order("hits", rule=self.number))

    def clear(self) -> None:
        self.line.order("clear", rule=self.number)


def until(look: Callable[[], T | None], timeout: float, dump: Callable[[], str]) -> T:
    """Look until there is something; AssertionError with a readable page after `timeout` seconds."""
    end = time.monotonic() + timeout
    while (found := look()) is None:
        if time.monotonic() > end:
            raise AssertionError(f"waited {timeout:g} s in vain\n{dump()}")
        time.sleep(PAUSE)
    return found


async def until_async(look: Callable[[], T | None], timeout: float, dump: Callable[[], str]) -> T:  # noqa: ASYNC109  # same words as `until`
    """The same for a test whose own loop carries the bot."""
    end = time.monotonic() + timeout
    while (found := look()) is None:
        if time.monotonic() > end:
            raise AssertionError(f"waited {timeout:g} s in vain\n{dump()}")
        await asyncio.sleep(PAUSE)
    return found
