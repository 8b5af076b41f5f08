"""The time machine: what lies between now and then happens at its own time, not all at once on arrival."""

import asyncio
from datetime import date, timedelta

from scheduler.beat import Beat
from scheduler.travel import TimeMachine
from tests.scheduler.office import MONDAY, SHANGHAI, Bureau, Chat
from usecases import enroll


async def test_a_month_passes_with_every_reminder_at_its_own_nine_o_clock(quick: Bureau) -> None:
    quick.clock.set(MONDAY.replace(hour=8))
    quick.enroll()
    quick.assign(date(2024, 2, 8))
    chat = Chat()
    beat = Beat(quick.office, quick.clock, messengers=[chat])
    machine = TimeMachine(quick.clock, beat, SHANGHAI)
    arrived = await machine.travel(lambda: MONDAY + timedelta(days=31))
    assert arrived == MONDAY + timedelta(days=31)
    moments = [row.sent_at for row in quick.deliveries()]
    assert len(moments) > 4
    assert {moment.astimezone(SHANGHAI).hour for moment in moments if moment} == {9}


async def test_the_next_day_is_reached_from_a_thread_that_holds_a_transaction(quick: Bureau) -> None:
    quick.clock.set(MONDAY.replace(hour=8))
    quick.enroll()
    quick.assign(date(2024, 1, 16))
    chat = Chat()
    beat = Beat(quick.office, quick.clock, messengers=[chat])
    machine = TimeMachine(quick.clock, beat, SHANGHAI)

    def press() -> None:
        with quick.office.read(quick.clock.now()) as desk:
            enroll.find_officer(desk, "张敏")
            machine.next_day()
        machine.arrived(10)

    await asyncio.to_thread(press)
    assert quick.clock.now() == MONDAY.replace(hour=8) + timedelta(days=1)
    assert len(chat.sent) == 1
    machine.advance(timedelta(hours=2))
    await asyncio.to_thread(machine.arrived, 10)
    assert quick.clock.now() == MONDAY + timedelta(days=1)
    assert len(chat.sent) == 2


async def test_two_presses_are_two_days(quick: Bureau) -> None:
    machine = TimeMachine(quick.clock, Beat(quick.office, quick.clock), SHANGHAI)
    machine.next_day()
    machine.next_day()
    await asyncio.to_thread(machine.arrived, 10)
    assert quick.clock.now() == MONDAY + timedelta(days=2)
