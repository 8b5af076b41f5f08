"""Each fault reaches python-telegram-bot as the error it stands for; the screen shows whether it got through."""

import asyncio
import re
import time
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.bot_api import faults
from tests.bot_api.client import BotApi
from tests.bot_api.faults import Fault
from tests.bot_api.people import Person

NOT_SEEN, SEEN = False, True


@pytest.fixture
def officer(bot_api: BotApi) -> Person:
    return bot_api.person(id=1001, name="张敏", started=True)


@pytest.mark.parametrize(
    ("fault", "error", "seen"),
    [
        (faults.forbidden("blocked"), Forbidden("bot was blocked by the user"), NOT_SEEN),
        (faults.forbidden("deactivated"), Forbidden("user is deactivated"), NOT_SEEN),
        (faults.forbidden("kicked"), Forbidden("bot was kicked from the group chat"), NOT_SEEN),
        (faults.forbidden("Forbidden: something new"), Forbidden("something new"), NOT_SEEN),
        (faults.unauthorized(), InvalidToken("Unauthorized"), NOT_SEEN),
        (faults.bad_request("can't parse entities: x"), BadRequest("Can't parse entities: x"), NOT_SEEN),
        (faults.migrated(-1002), ChatMigrated(-1002), NOT_SEEN),
        (faults.server_error(), NetworkError("Internal Server Error"), NOT_SEEN),
        (faults.bad_gateway(), NetworkError("Bad Gateway"), NOT_SEEN),
        (faults.junk(), TelegramError("Invalid server response"), NOT_SEEN),
        (faults.junk(takes_effect=True), TelegramError("Invalid server response"), SEEN),
        (faults.reset(), NetworkError("ReadError"), NOT_SEEN),
        (faults.lost_answer(), NetworkError("ReadError"), SEEN),
        (faults.half_answer(), NetworkError("RemoteProtocolError"), SEEN),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)
async def test_what_the_bot_hears_and_the_person_sees(
    bot_api: BotApi, bot: Bot, officer: Person, fault: Fault, error: TelegramError, *, seen: bool
) -> None:
    bot_api.inject(fault, method="sendMessage")
    with pytest.raises(type(error), match=re.escape(error.message)) as caught:
        await bot.send_message(1001, "案卷评查")
    assert type(caught.value) is type(error)
    assert [message.text for message in officer.hears()] == ["案卷评查"] * seen
    assert [(entry.seen, entry.fault) for entry in bot_api.ledger("sendMessage")] == [(seen, fault.name)]


async def test_too_many_requests_names_its_wait(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    bot_api.inject(faults.too_many(3))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(1001, "案卷评查")
    assert (caught.value.retry_after, officer.hears()) == (timedelta(seconds=3), [])


async def test_a_slow_call_outlives_the_patience_of_its_caller(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    for fault in (faults.slow(0.2), faults.slow_answer(0.2)):
        bot_api.inject(fault)
        with pytest.raises(TimedOut):
            await bot.send_message(1001, fault.name, read_timeout=0.05)
    assert (await officer.waits_for_async(lambda message: message.text == "slow")).from_bot
    assert [message.text for message in officer.hears()][-1] in {"slow", "slow_answer"}


async def test_a_trickling_answer_arrives_in_the_end(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    bot_api.inject(faults.trickle(0.2))
    start = time.monotonic()
    assert (await bot.send_message(1001, "案卷评查")).message_id == officer.last().message_id
    assert time.monotonic() - start > 0.2


async def outcomes(bot: Bot, chat: int, count: int) -> str:
    """One letter a message: . for sent, x for refused."""
    marks = ""
    for _ in range(count):
        try:
            await bot.send_message(chat, "x")
            marks += "."
        except TelegramError:
            marks += "x"
    return marks


@pytest.mark.parametrize(
    ("aim", "expected"),
    [
        ({}, "x......"),
        ({"nth": 3}, "..x...."),
        ({"times": 2}, "xx....."),
        ({"times": None, "every": 3}, "x..x..x"),
        ({"nth": 2, "times": 2, "every": 2}, ".x.x..."),
        ({"method": "editMessageText"}, "......."),
        ({"chat": 1002}, "......."),
    ],
)
async def test_a_fault_strikes_where_it_is_aimed(
    bot_api: BotApi, bot: Bot, officer: Person, aim: dict[str, int], expected: str
) -> None:
    injected = bot_api.inject(faults.server_error(), **aim)  # type: ignore[arg-type]  # a table of keyword arguments
    assert await outcomes(bot, 1001, 7) == expected
    assert injected.hits() == expected.count("x")


async def test_one_chat_in_trouble_leaves_the_others_alone(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    other = bot_api.person(id=1002, name="马兰", started=True)
    injected = bot_api.inject(faults.too_many(3600), chat=officer, times=None)
    assert [await outcomes(bot, 1001, 2), await outcomes(bot, 1002, 2)] == ["xx", ".."]
    injected.clear()
    assert await outcomes(bot, 1001, 1) == "."
    assert len(other.hears()) == 2


async def test_all_faults_can_be_lifted(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    bot_api.inject(faults.bad_gateway(), times=None)
    assert await outcomes(bot, 1001, 2) == "xx"
    bot_api.clear_faults()
    assert await outcomes(bot, 1001, 2) == ".."


async def test_a_slow_call_holds_up_nobody_else(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    bot_api.person(id=1002, name="马兰", started=True)
    bot_api.inject(faults.slow(0.3), chat=officer)
    slow = asyncio.create_task(bot.send_message(1001, "x"))
    await bot.send_message(1002, "x")
    assert not slow.done()
    await slow
