"""The beat on real databases: in order, once, and nobody waits for somebody else."""

import asyncio
import logging
from datetime import date, timedelta

import pytest

from scheduler import postman
from scheduler.beat import Beat
from schedules.retry import Again, Refused, Unknown
from storage.rows import InboxRow
from tests.scheduler.office import MONDAY, Bureau, Chat
from usecases import inbox, remind
from usecases.office import Desk


async def test_messages_to_one_chat_leave_in_order_and_once(here: Bureau) -> None:
    chat = Chat()
    beat = Beat(here.office, here.clock, messengers=[chat])
    for number in range(5):
        here.say(f"第{number}条")
    await beat.settled()
    await beat.settled()
    assert chat.texts() == [f"第{number}条" for number in range(5)]
    assert {row.state for row in here.deliveries()} == {"sent"}
    assert here.delivery(1).message_ref == "m0"


async def test_a_digest_leaves_at_nine_on_a_working_day(here: Bureau) -> None:
    chat = Chat()
    beat = Beat(here.office, here.clock, messengers=[chat])
    here.clock.set(MONDAY.replace(hour=7))
    here.enroll()
    here.assign(date(2024, 2, 29))
    await beat.settled()
    assert chat.sent == []
    assert await beat.next_moment(here.clock.now()) == MONDAY.replace(hour=9)
    here.clock.set(MONDAY.replace(hour=9))
    await beat.settled()
    (message,) = chat.texts("zhang")
    assert "交年度报告" in message


async def test_a_slow_chat_delays_nobody_else_and_keeps_its_own_order(here: Bureau) -> None:
    chat = Chat()
    gate = chat.hold("slow")
    beat = Beat(here.office, here.clock, messengers=[chat])
    here.say("一", "slow")
    here.say("二", "slow")
    here.say("三", "quick")
    await beat.turn()
    await until(lambda: chat.texts() == ["三"])
    here.say("四", "quick")
    await beat.turn()
    await until(lambda: chat.texts() == ["三", "四"])
    gate.set()
    await beat.settled()
    assert chat.texts("slow") == ["一", "二"]


async def test_again_waits_as_long_as_the_messenger_said(here: Bureau) -> None:
    chat = Chat([Again(after=60, reason="429")])
    beat = Beat(here.office, here.clock, messengers=[chat])
    here.say("你好")
    await beat.settled()
    assert here.delivery(1).state == "due"
    here.later(seconds=59)
    await beat.settled()
    assert len(chat.sent) == 1
    here.later(seconds=3)
    await beat.settled()
    assert [out.possible_repeat for out in chat.sent] == [False, False]
    assert here.delivery(1).state == "sent"


@pytest.mark.parametrize("said", [Unknown("answer lost"), RuntimeError("a broken promise")])
async def test_a_lost_answer_is_sent_again_and_says_so(said: Unknown | Exception, quick: Bureau) -> None:
    chat = Chat([said])
    beat = Beat(quick.office, quick.clock, messengers=[chat])
    quick.say("你好")
    await beat.settled()
    quick.later(minutes=1)
    await beat.settled()
    assert chat.sent[-1].possible_repeat
    assert quick.delivery(1).state == "sent"


async def test_what_a_messenger_raises_is_not_stored(quick: Bureau) -> None:
    beat = Beat(quick.office, quick.clock, messengers=[Chat([RuntimeError("https://x/bot12:canary/send")])])
    quick.say("你好")
    await beat.settled()
    assert quick.delivery(1).reason == "RuntimeError"


async def test_a_dead_chat_is_used_no_more(here: Bureau) -> None:
    chat = Chat([Refused("blocked", gone=True)])
    beat = Beat(here.office, here.clock, messengers=[chat])
    here.enroll()
    here.assign(date(2024, 2, 29))
    await beat.settled()
    here.clock.set(MONDAY + timedelta(days=20))
    await beat.settled()
    assert len(chat.sent) == 1


async def test_a_message_that_cannot_be_written_is_set_aside_and_the_rest_goes_on(
    here: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "PAUSE", 0.01)
    chat = Chat()
    beat = Beat(here.office, here.clock, messengers=[chat])
    bad = here.queue(body={"nothing": "to say"})
    here.say("好的")
    await beat.settled()
    assert chat.texts() == ["好的"]
    assert here.delivery(bad).state == "dead"


async def test_a_messenger_that_never_answers_is_given_up(quick: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postman, "SEND_LIMIT", 0.05)
    chat = Chat()
    chat.hold("a")
    beat = Beat(quick.office, quick.clock, messengers=[chat])
    quick.say("你好")
    await beat.settled()
    assert "no answer" in quick.delivery(1).reason
    assert quick.delivery(1).ambiguous == 1


async def test_incoming_things_are_handled_in_order_and_once(here: Bureau) -> None:
    chat = Chat()

    def answer(desk: Desk, row: InboxRow) -> None:
        handled.append(row.payload["text"])

    handled: list[str] = []
    beat = Beat(here.office, here.clock, messengers=[chat], handlers={"chat": answer})
    for number in range(3):
        take_in(here, str(number))
    await beat.settled()
    await beat.settled()
    assert handled == ["0", "1", "2"]


async def test_one_bad_update_stops_no_other(here: Bureau, caplog: pytest.LogCaptureFixture) -> None:
    tried: list[str] = []

    def answer(desk: Desk, row: InboxRow) -> None:
        tried.append(row.payload["text"])
        if row.payload["text"] == "bad":
            raise ValueError("poison")

    beat = Beat(here.office, here.clock, handlers={"chat": answer})
    for text in ("bad", "good"):
        take_in(here, text)
    with caplog.at_level(logging.CRITICAL):
        for _ in range(5):
            await beat.turn()
    assert tried.count("good") == 1
    assert tried.count("bad") == inbox.TRIES


async def test_a_stage_that_fails_stops_no_other(
    quick: Bureau, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(desk: Desk) -> int:
        raise RuntimeError("failpoint")

    monkeypatch.setattr(remind, "hand_over", broken)
    monkeypatch.setattr(remind, "roll", broken)
    chat = Chat()
    beat = Beat(quick.office, quick.clock, messengers=[chat])
    quick.say("你好")
    await beat.settled()
    assert chat.texts() == ["你好"]
    assert "'hand over'" in caplog.text


async def test_the_horizon_rolls_once_a_day_and_again_after_a_failure(
    quick: Bureau, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    days: list[date] = []

    def roll(desk: Desk) -> int:
        days.append(desk.today)
        if len(days) == 1:
            raise RuntimeError("failpoint")
        return 0

    monkeypatch.setattr(remind, "roll", roll)
    beat = Beat(quick.office, quick.clock)
    for _ in range(3):
        await beat.turn()
    quick.later(days=1)
    for _ in range(3):
        await beat.turn()
    assert days == [date(2024, 1, 15), date(2024, 1, 15), date(2024, 1, 16)]


async def test_somebody_elses_change_wakes_it_and_its_own_does_not(quick: Bureau) -> None:
    chat = Chat()
    beat = Beat(quick.office, quick.clock, messengers=[chat])
    quick.office.store.on_write.append(beat.wake)
    quick.say("你好")
    await asyncio.wait_for(beat.woken(within=600), 60)
    await beat.settled()
    await beat.turn()
    started = asyncio.get_running_loop().time()
    await beat.woken(within=0.2)
    assert asyncio.get_running_loop().time() - started >= 0.19


async def test_it_is_woken_from_another_thread(quick: Bureau) -> None:
    beat = Beat(quick.office, quick.clock)
    asyncio.get_running_loop().call_later(0.05, lambda: asyncio.ensure_future(asyncio.to_thread(beat.wake)))
    await asyncio.wait_for(beat.woken(within=600), 60)


async def test_stopping_finishes_what_is_being_sent_and_gives_the_rest_back(here: Bureau) -> None:
    chat = Chat()
    gate = chat.hold("a")
    beat = Beat(here.office, here.clock, messengers=[chat])
    for text in ("一", "二"):
        here.say(text)
    await beat.turn()
    await until(lambda: chat.tried)
    stopping = asyncio.create_task(beat.stop(5))
    await asyncio.sleep(0.05)
    gate.set()
    await stopping
    assert chat.texts() == ["一"]
    first, second = here.deliveries()
    assert (first.state, second.state, second.ambiguous) == ("sent", "due", 0)
    assert await beat.turn() == 0


async def test_what_was_claimed_is_written_before_the_next_moment_is_looked_for(here: Bureau) -> None:
    chat = Chat()
    gate = chat.hold("a")
    beat = Beat(here.office, here.clock, messengers=[chat])
    here.say("你好")
    await beat.turn()
    await beat.begun(within=60)
    assert here.delivery(1).begun
    gate.set()
    await until(lambda: not beat.busy)


async def test_stopping_does_not_wait_for_ever_and_marks_the_doubt(here: Bureau) -> None:
    chat = Chat()
    chat.hold("a")
    beat = Beat(here.office, here.clock, messengers=[chat])
    here.say("你好")
    await beat.turn()
    await until(lambda: chat.tried)
    await asyncio.wait_for(beat.stop(0.1), 60)
    assert here.delivery(1).state == "due"
    assert here.delivery(1).ambiguous == 1


async def test_two_beats_on_one_database_send_everything_once(here: Bureau) -> None:
    chats = [Chat(), Chat()]
    beats = [Beat(here.office, here.clock, messengers=[chat], owner=f"node {n}") for n, chat in enumerate(chats)]
    for number in range(120):
        here.say(str(number), f"chat {number % 10}")
    await asyncio.gather(*(beat.settled() for beat in beats))
    assert sorted(int(text) for chat in chats for text in chat.texts()) == list(range(120))


def take_in(here: Bureau, text: str) -> None:
    with here.office.write(here.clock.now()) as desk:
        inbox.take_in(desk, channel="chat", account="bot", source_id=text, payload={"text": text})


async def until(condition: object, limit: float = 60.0) -> None:
    assert callable(condition)
    async with asyncio.timeout(limit):
        while not condition():  # noqa: ASYNC110 - what is waited for is in the database
            await asyncio.sleep(0.01)
