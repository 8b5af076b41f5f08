"""The clockwork with the real APScheduler and short real delays: it rings when due, at every tick, and when woken."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta

import pytest

from scheduler.beat import Beat
from scheduler.clock import MovableClock
from scheduler.clockwork import Clockwork
from schedules.retry import Again, Sent
from storage.engine import open_store
from tests.scheduler.office import MONDAY, Bureau, Chat, bureau

LATE = 3.0


@asynccontextmanager
async def running(here: Bureau, chat: Chat, *, every: float, ringing: bool = True) -> AsyncIterator[Beat]:
    beat = Beat(here.office, here.clock, messengers=[chat])
    clockwork = Clockwork(beat, here.clock, every=every)
    task = asyncio.create_task(clockwork.run())
    await asyncio.sleep(0.1)
    if not ringing:
        clockwork._scheduler.pause()  # noqa: SLF001 - what a clock that was put back does to APScheduler
    yield beat
    await beat.stop()
    await asyncio.wait_for(task, 60)


async def arrived(chat: Chat, count: int = 1) -> float:
    """Wait for the messages; gives the seconds it took."""
    started = asyncio.get_running_loop().time()
    async with asyncio.timeout(LATE):
        while len(chat.sent) < count:  # noqa: ASYNC110 - the chat is a fake of ours and has no event
            await asyncio.sleep(0.01)
    return asyncio.get_running_loop().time() - started


async def test_it_rings_at_the_due_moment_and_not_before(quick: Bureau) -> None:
    quick.enroll()
    quick.assign(date(2024, 2, 29))
    chat = Chat()
    await Beat(quick.office, quick.clock, messengers=[chat]).settled()  # that it was assigned is told at once
    due = MONDAY.replace(hour=9) + timedelta(days=15)  # 30 January, 30 days before
    quick.clock = MovableClock(due - timedelta(seconds=0.6), speed=1)
    async with running(quick, chat, every=60) as beat:
        assert await beat.next_moment(quick.clock.now()) == due
        assert len(chat.sent) == 1
        await arrived(chat, 2)
        assert due <= quick.clock.now() < due + timedelta(seconds=LATE)


async def test_it_sees_at_the_next_tick_what_another_process_wrote(quick: Bureau) -> None:
    chat = Chat()
    elsewhere = bureau(open_store(str(quick.office.store.engine.url)))
    async with running(quick, chat, every=0.2):
        elsewhere.say("你好")
        assert await arrived(chat) < 1
        elsewhere.say("再见")
        assert await arrived(chat, 2) < 1
    elsewhere.office.store.close()


async def test_a_change_in_this_process_wakes_it_at_once(quick: Bureau) -> None:
    chat = Chat()
    async with running(quick, chat, every=60) as beat:
        quick.office.store.on_write.append(beat.wake)
        quick.say("你好")
        assert await arrived(chat) < 1


async def test_a_scheduler_that_stopped_ringing_does_not_stop_the_beat(quick: Bureau) -> None:
    chat = Chat()
    elsewhere = bureau(open_store(str(quick.office.store.engine.url)))
    async with running(quick, chat, every=0.2, ringing=False):
        elsewhere.say("你好")
        await arrived(chat)
        elsewhere.say("再见")
        await arrived(chat, 2)
    elsewhere.office.store.close()


async def test_what_was_put_off_is_tried_at_its_moment_and_what_was_sent_costs_no_turn(
    quick: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first message is put off for a moment, and the next tick is a minute away."""
    turns = counted_turns(monkeypatch)
    quick.clock = MovableClock(MONDAY, speed=1)
    chat = Chat([Again(after=0.1), Sent("1")])
    quick.say("你好")
    async with running(quick, chat, every=60):
        await arrived(chat, 2)
        await asyncio.sleep(0.3)
    assert len(turns) == 2, "at the start and at its moment"


async def test_messages_put_off_one_after_the_other_put_no_tick_off(quick: Bureau) -> None:
    """Each looks for the next moment anew; what another process wrote is seen at the tick all the same."""
    held = [str(n) for n in range(20)]
    chat = Chat([Again(after=3600)] * len(held))
    gates = [chat.hold(address) for address in held]
    for address in held:
        quick.say("你好", address)
    elsewhere = bureau(open_store(str(quick.office.store.engine.url)))
    async with running(quick, chat, every=0.3):
        elsewhere.say("另一处", "elsewhere")
        for gate in gates:
            gate.set()
            await asyncio.sleep(0.1)
            if "elsewhere" in {out.address for out in chat.tried}:
                break
        assert not gates[-1].is_set()
        for gate in gates:
            gate.set()
    elsewhere.office.store.close()


def counted_turns(monkeypatch: pytest.MonkeyPatch) -> list[Beat]:
    turns: list[Beat] = []
    real = Beat.turn

    async def counted(beat: Beat) -> int:
        turns.append(beat)
        return await real(beat)

    monkeypatch.setattr(Beat, "turn", counted)
    return turns


async def test_it_does_not_spin_while_nothing_is_due(quick: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = counted_turns(monkeypatch)
    quick.say("只有网页的人", channel="web")  # due, but no messenger takes it
    async with running(quick, Chat(), every=0.2) as beat:
        quick.office.store.on_write.append(beat.wake)
        await asyncio.sleep(1)
    assert 3 <= len(turns) <= 9
