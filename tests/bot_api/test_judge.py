"""A stranger's schema judges the calls of the bot and the answers of the fake; what is unexpected fails the test."""

from collections.abc import Callable

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import TelegramError

from tests.bot_api.client import BotApi
from tests.bot_api.verdict import answer_faults, call_faults


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMessage", {"chat_id": 1}, "text"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{}]]}}, "inline_keyboard"),
        ("sendMessage", {"chat_id": 1, "text": "x", "nonsense": 1}, "no field for $.nonsense"),
        ("sendMesage", {}, "no such method"),
    ],
)
def test_four_bad_calls(method: str, params: dict[str, object], words: str) -> None:
    assert words in " ".join(call_faults(method, params))


@pytest.mark.parametrize(
    ("method", "answer", "words"),
    [
        ("getMe", {"id": 1, "first_name": "x"}, "is_bot"),
        ("editMessageText", None, "validation error"),
        ("sendMessage", {"message_id": 1, "date": 1_795_296_127_000, "chat": {"id": 1, "type": "private"}}, "seconds"),
        ("sendMessage", {"message_id": 1, "date": 1_795_296_127, "chat": {"id": 1, "type": "private"}, "x": 1}, "$.x"),
    ],
)
def test_four_bad_answers(method: str, answer: object, words: str) -> None:
    assert words in " ".join(answer_faults(method, answer))


def test_good_ones_pass() -> None:
    markup = {"inline_keyboard": [[{"text": "收到", "callback_data": "r"}]]}
    assert call_faults("sendMessage", {"chat_id": "1", "text": "x", "reply_markup": markup}) == []
    message = {"message_id": 1, "date": 1_795_296_127, "chat": {"id": 1, "type": "private"}, "text": "x"}
    assert answer_faults("sendMessage", message) == []


async def test_the_librarys_own_calls_pass(bot_api: BotApi, bot: Bot) -> None:
    bot_api.person(id=1001, name="张敏", started=True)
    card = InlineKeyboardMarkup([[InlineKeyboardButton("收到", callback_data="r")]])
    sent = await bot.send_message(1001, "x", reply_markup=card)
    await bot.send_message(1001, "y", reply_parameters=ReplyParameters(sent.message_id))
    assert bot_api.complaints() == []


def unknown_method(api: BotApi) -> httpx.Response:
    return httpx.post(f"{api.base_url}{api.token}/sendMesage", json={"chat_id": 1001, "text": "x"})


def stray_parameter(api: BotApi) -> httpx.Response:
    return httpx.post(f"{api.base_url}{api.token}/sendMessage", json={"chat_id": 1001, "text": "x", "quietly": True})


def broken_json(api: BotApi) -> httpx.Response:
    headers = {"Content-Type": "application/json"}
    return httpx.post(f"{api.base_url}{api.token}/sendMessage", content=b"{", headers=headers)


def foreign_token(api: BotApi) -> httpx.Response:
    return httpx.get(f"{api.base_url}1:other/getMe")


@pytest.mark.parametrize(
    ("call", "status", "complaint"),
    [
        (unknown_method, 404, "sendMesage: Not Found: method not found"),
        (stray_parameter, 200, "call of sendMessage: no field for $.quietly"),
        (broken_json, 400, "sendMessage: Bad Request: can't parse the request body as JSON"),
        (foreign_token, 401, "getMe: Unauthorized"),
    ],
)
def test_anything_unexpected_fails_the_test(
    call: Callable[[BotApi], httpx.Response], status: int, complaint: str
) -> None:
    with BotApi.in_thread() as api:
        api.person(id=1001, name="张敏", started=True)
        assert call(api).status_code == status
        with pytest.raises(AssertionError, match="the fake Bot API complains") as caught:
            api.check()
        assert complaint in str(caught.value)
        api.expect_complaint(complaint)
        api.check()


def test_a_complaint_that_was_expected_and_never_came_fails_too() -> None:
    with BotApi.in_thread() as api:
        api.expect_complaint("can't parse entities")
        with pytest.raises(AssertionError, match="never came"):
            api.check()


async def test_a_fault_on_order_is_no_complaint(bot_api: BotApi, bot: Bot) -> None:
    with pytest.raises(TelegramError):
        await bot.send_message(9999, "x")
    assert bot_api.complaints() == []
