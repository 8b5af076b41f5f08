"""Many who ask at once share one look at the database, and nobody is told what a look from before a change found."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.types import Message, Scope

from feeds import door
from feeds.door import Door
from tests.feeds.house import House
from usecases.feed import list_feeds, revoke_feed


class Gate:
    """Holds every look back, before it reads the database or `after`, until it is let go; tells how many came."""

    def __init__(self) -> None:
        self.come = 0
        self.let_go = threading.Event()
        self.after = self.broken = False

    def hold(self) -> None:
        self.come += 1
        self.let_go.wait(10)
        if self.broken:
            raise OSError


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate, look = Gate(), Door._look  # noqa: SLF001 - held back, so that others ask meanwhile

    def held_back(one: Door, *asked: Any) -> Any:  # noqa: ANN401 - as Door._look takes and gives it
        if not gate.after:
            gate.hold()
        found = look(one, *asked)
        if gate.after:
            gate.hold()
        return found

    monkeypatch.setattr(door.Door, "_look", held_back)
    yield gate
    gate.let_go.set()


@pytest.fixture
def opened(house: House) -> Door:
    return Door(house.office, house.clock, Starlette())


async def get(opened: Door, path: str) -> int:
    """The status of one answer."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": "GET", "path": f"{path}.ics", "headers": [], "query_string": b""}
    await opened(scope, asyncio.Queue[Message]().get, send)
    return int(sent[0]["status"])


async def asking(opened: Door, path: str, gate: Gate, come: int) -> "asyncio.Task[int]":
    """Somebody who has asked and waits; by then so many looks have come to the gate."""
    task = asyncio.create_task(get(opened, path))
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        while gate.come < come:  # noqa: ASYNC110 - a thread counts
            await asyncio.sleep(0.01)
    return task


def revoke(house: House) -> None:
    officer = house.officer()
    house.do(lambda desk: revoke_feed(desk, officer, list_feeds(desk, officer)[0].id))


async def test_many_at_once_look_once(house: House, opened: Door, gate: Gate) -> None:
    path = house.subscribe()
    gate.let_go.set()
    await get(opened, path)  # its first use is noted, which is a write
    gate.let_go.clear()
    house.clock.advance(seconds=1)
    asked = [await asking(opened, path, gate, 2) for _ in range(9)]
    gate.let_go.set()
    assert await asyncio.gather(*asked) == [200] * 9
    assert gate.come == 2


async def test_who_asks_after_a_write_waits_for_no_look_from_before(house: House, opened: Door, gate: Gate) -> None:
    path, gate.after = house.subscribe(), True
    before = await asking(opened, path, gate, 1)
    revoke(house)
    after = await asking(opened, path, gate, 2)
    gate.let_go.set()
    assert await after == 404
    assert await before == 200
    assert await get(opened, path) == 404


async def test_a_slow_look_is_shared_for_half_a_second_only(house: House, opened: Door, gate: Gate) -> None:
    path = house.subscribe()
    first = await asking(opened, path, gate, 1)
    house.clock.advance(seconds=0.5)
    second = await asking(opened, path, gate, 2)
    gate.let_go.set()
    assert (await first, await second) == (200, 200)


async def test_two_addresses_are_two_looks(house: House, opened: Door, gate: Gate) -> None:
    asked = [await asking(opened, house.subscribe(), gate, number) for number in (1, 2)]
    gate.let_go.set()
    assert await asyncio.gather(*asked) == [200, 200]


async def test_who_goes_away_takes_nobody_along(house: House, opened: Door, gate: Gate) -> None:
    path = house.subscribe()
    first, second = [await asking(opened, path, gate, 1) for _ in range(2)]
    first.cancel()
    await asyncio.sleep(0)
    gate.let_go.set()
    assert await second == 200


async def test_a_look_that_fails_is_not_kept(house: House, opened: Door, gate: Gate) -> None:
    path, gate.broken = house.subscribe(), True
    asked = [await asking(opened, path, gate, 1) for _ in range(2)]
    gate.let_go.set()
    assert [type(one) for one in await asyncio.gather(*asked, return_exceptions=True)] == [OSError, OSError]
    gate.broken = False
    assert await get(opened, path) == 200
