"""Telegram's limits on sending: as windows, and as 429 on the wire."""

from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from tests.bot_api.client import BotApi
from tests.bot_api.limits import Limits


def test_one_a_second_per_chat() -> None:
    limits = Limits(per_chat=1)
    assert [limits.wait("sendMessage", 1, now) for now in (0.0, 0.4, 0.9, 1.0, 1.1)] == [0, 1, 1, 0, 1]
    assert limits.wait("sendMessage", 2, 1.1) == 0


def test_twenty_a_minute_in_a_group_and_none_for_people() -> None:
    limits = Limits(per_group=20)
    assert sum(limits.wait("sendMessage", -5, float(now)) == 0 for now in range(40)) == 20
    assert limits.wait("editMessageText", -5, 39.0) == 21
    assert sum(limits.wait("sendMessage", 5, float(now)) == 0 for now in range(40)) == 40


def test_thirty_a_second_over_all_chats() -> None:
    limits = Limits(overall=30)
    assert sum(limits.wait("sendMessage", chat, 0.5) == 0 for chat in range(1, 50)) == 30


def test_what_is_not_a_message_is_not_counted() -> None:
    limits = Limits(overall=1)
    assert [limits.wait(method, 1, 0.0) for method in ("sendChatAction", "getChat", "deleteMessage")] == [0, 0, 0]
    assert [limits.wait("sendMessage", 1, 0.0), limits.wait("sendMessage", 1, 0.0)] == [0, 1]


async def test_too_fast_is_answered_with_the_wait_and_is_not_seen(bot_api: BotApi, bot: Bot) -> None:
    officer = bot_api.person(id=1001, name="张敏", started=True)
    bot_api.set_clock(bot_api.now(), frozen=True)
    bot_api.enforce_limits()
    await bot.send_message(1001, "a")
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(1001, "b")
    assert caught.value.retry_after == timedelta(seconds=1)
    bot_api.advance(seconds=1)
    await bot.send_message(1001, "c")
    assert [message.text for message in officer.hears()] == ["a", "c"]
    bot_api.enforce_limits(overall=0, per_chat=0, per_group=0)
    await bot.send_message(1001, "d")
