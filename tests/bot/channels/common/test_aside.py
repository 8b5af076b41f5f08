"""A foreign library in a thread of its own: whatever it does, the program goes on and the next connection is begun."""

import asyncio
import sys
import threading
import time

import pytest

from bot.channels.common.aside import Aside, Pauses, Trouble
from bot.channels.common.calls import Unsent
from tests.rigs.rig import stop, until

BRISK = Pauses(first=0.01, most=0.05)


async def begun(aside: Aside) -> "asyncio.Task[None]":
    return asyncio.create_task(aside.run())


@pytest.mark.parametrize("ending", [ValueError("canary"), SystemExit(3), Trouble("the line is cut"), None])
async def test_whatever_ends_a_connection_the_next_one_is_begun(
    ending: BaseException | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    lives: list[int] = []

    def live(aside: Aside) -> None:
        lives.append(1)
        if len(lives) < 3:
            if ending:
                raise ending
            return
        aside.up()
        gone.wait(60)

    gone = threading.Event()
    aside = Aside("x", live, BRISK)
    task = await begun(aside)
    await until(lambda: not aside.trouble)
    gone.set()
    await stop(task)
    assert len(lives) == 3
    assert "canary" not in caplog.text


async def test_a_library_that_hangs_does_not_keep_the_program() -> None:
    hanging = threading.Event()

    def live(_: Aside) -> None:
        hanging.wait(200)

    aside = Aside("x", live, BRISK)
    task = await begun(aside)
    await asyncio.sleep(0.05)
    began = time.monotonic()
    await stop(task)
    assert time.monotonic() - began < 100
    hanging.set()


async def test_a_library_that_blocks_does_not_stop_the_loop() -> None:
    def live(_: Aside) -> None:
        time.sleep(0.3)

    task = await begun(Aside("x", live, BRISK))
    slowest = 0.0
    for _ in range(20):
        began = time.monotonic()
        await asyncio.sleep(0.01)
        slowest = max(slowest, time.monotonic() - began)
    await stop(task)
    assert slowest < 0.25


async def test_pauses_grow_and_trouble_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    at: list[float] = []

    def live(_: Aside) -> None:
        at.append(time.monotonic())
        raise Trouble("nobody is there")

    aside = Aside("x", live, Pauses(first=0.02, most=0.1))
    task = await begun(aside)
    await until(lambda: len(at) >= 5)
    await stop(task)
    assert at[1] - at[0] < 0.1 <= at[4] - at[3] + 0.02
    assert caplog.text.count("nobody is there") == 1
    assert aside.trouble == "nobody is there"


async def test_work_for_a_connection_that_is_not_there_was_not_sent() -> None:
    async def work() -> None:
        raise AssertionError

    aside = Aside("x", lambda _: None, BRISK)
    with pytest.raises(Unsent):
        await aside.call(work)


async def test_work_runs_in_the_connections_own_loop() -> None:
    async def connection() -> None:
        aside.up()
        await asyncio.Event().wait()

    async def where() -> str:
        return threading.current_thread().name

    aside = Aside("x", lambda one: one.in_loop(connection()), BRISK)
    task = await begun(aside)
    await until(lambda: not aside.trouble)
    assert await aside.call(where) == "ruqi-x"
    await stop(task)
    assert "ruqi-x" not in [thread.name for thread in threading.enumerate()], sys.exc_info()
