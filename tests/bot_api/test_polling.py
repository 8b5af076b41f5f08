"""The queue of updates: offsets confirm, calls are held, a second poller ends the first, old updates die."""

import asyncio
import time

import httpx
import pytest
from telegram import Bot
from telegram.error import Conflict, NetworkError

from tests.bot_api import faults
from tests.bot_api.client import BotApi
from tests.bot_api.people import Person
from tests.bot_api.poison import POISONS

DAY = 86_400


@pytest.fixture
def officer(bot_api: BotApi) -> Person:
    return bot_api.person(id=1001, name="张敏", started=True)


async def texts(bot: Bot, **asked: int) -> list[str]:
    updates = await bot.get_updates(**asked)  # type: ignore[arg-type]  # offset, limit and timeout are all numbers
    return [update.message.text or "" for update in updates if update.message]


async def test_asking_for_an_offset_confirms_what_came_before(bot: Bot, officer: Person) -> None:
    for text in "abcd":
        officer.says(text)
    first = (await bot.get_updates())[0].update_id
    assert await texts(bot) == ["a", "b", "c", "d"]
    assert await texts(bot, offset=first + 1, limit=2) == ["b", "c"]
    assert await texts(bot) == ["b", "c", "d"]
    assert await texts(bot, offset=-1) == ["d"]
    assert await texts(bot) == ["d"]
    assert await texts(bot, offset=first + 4) == []


async def test_a_lost_answer_loses_no_update(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    officer.says("完成")
    bot_api.inject(faults.lost_answer(), method="getUpdates")
    with pytest.raises(NetworkError):
        await bot.get_updates()
    assert await texts(bot) == ["完成"]


async def test_a_call_is_held_until_something_arrives(bot: Bot, officer: Person) -> None:
    start = time.monotonic()
    held = asyncio.create_task(texts(bot, timeout=50))
    await asyncio.sleep(0.1)
    assert not held.done()
    officer.says("到了")
    assert await held == ["到了"]
    assert time.monotonic() - start < 40


async def test_a_held_call_ends_empty_when_its_time_is_over(bot: Bot, officer: Person) -> None:
    start = time.monotonic()
    assert await texts(bot, timeout=1) == []
    assert time.monotonic() - start > 0.9


async def test_a_second_poller_ends_the_first(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    async with Bot(bot.token, base_url=bot_api.base_url) as twin:
        first = asyncio.create_task(texts(bot, timeout=50))
        await asyncio.sleep(0.1)
        second = asyncio.create_task(texts(twin, timeout=50))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        officer.says("到了")
        assert await second == ["到了"]


@pytest.mark.parametrize(("later", "kept"), [(149, True), (151, False)])
async def test_a_press_dies_after_150_seconds(
    bot_api: BotApi, bot: Bot, officer: Person, later: int, *, kept: bool
) -> None:
    bot_api.set_clock(bot_api.now(), frozen=True)
    said = officer.says("x")
    officer.presses(said, "forged", anyway=True)
    bot_api.advance(seconds=later)
    assert [update.callback_query is not None for update in await bot.get_updates()] == [False, True][: 1 + kept]


@pytest.mark.parametrize(("later", "kept"), [(DAY - 1, ["x"]), (DAY + 1, [])])
async def test_a_message_dies_after_a_day(
    bot_api: BotApi, bot: Bot, officer: Person, later: int, kept: list[str]
) -> None:
    bot_api.set_clock(bot_api.now(), frozen=True)
    officer.says("x")
    bot_api.advance(seconds=later)
    assert await texts(bot) == kept


async def test_only_asked_kinds_are_queued_and_the_wish_is_remembered(bot: Bot, officer: Person) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    officer.says("unheard")
    officer.presses(officer.says("x"), "y", anyway=True)
    assert [update.message for update in await bot.get_updates()] == [None]
    await bot.get_updates(allowed_updates=[])
    officer.says("heard")
    assert await texts(bot) == ["heard"]


@pytest.mark.parametrize("kind", POISONS)
def test_poison_goes_out_as_it_is_among_good_updates(bot_api: BotApi, officer: Person, kind: str) -> None:
    officer.says("a")
    number = bot_api.poison(kind)
    officer.says("b")
    answer = httpx.post(f"{bot_api.base_url}{bot_api.token}/getUpdates", json={"limit": 10}).json()
    assert [update["update_id"] for update in answer["result"]] == [number - 1, number, number + 1]
    assert answer["result"][1] == {"update_id": number} | POISONS[kind]


async def test_one_poisoned_update_spoils_a_batch_for_a_library(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    officer.says("a")
    bot_api.poison("no_date")
    with pytest.raises(Exception, match="date"):
        await bot.get_updates()
    assert len(bot_api.pending()) == 2


async def test_polls_are_in_the_ledger_when_asked_for(bot_api: BotApi, bot: Bot) -> None:
    await bot.get_updates(offset=7)
    assert [entry.params["offset"] for entry in bot_api.ledger("getUpdates")] == ["7"]
    assert {entry.method for entry in bot_api.ledger()} == {"getMe"}
