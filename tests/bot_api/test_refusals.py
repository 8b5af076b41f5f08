"""What Telegram refuses, and in which words; the refusals that only a careless bot hears fail the test besides."""

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Message,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden

from tests.bot_api.client import BotApi
from tests.bot_api.people import Person


@pytest.fixture
def officer(bot_api: BotApi) -> Person:
    return bot_api.person(id=1001, name="张敏", started=True)


def keyboard(button: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button]])


async def test_who_cannot_be_written_to(bot_api: BotApi, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(9999, "x")
    stranger = bot_api.person(id=1002, name="马兰")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(1002, "x")
    stranger.says("/start")
    await bot.send_message(1002, "x")
    stranger.blocks_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(1002, "x")
    stranger.unblocks_bot()
    await bot.send_message(1002, "x")
    stranger.deactivates()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(1002, "x")


async def test_blocking_and_unblocking_reach_the_bot(bot: Bot, officer: Person) -> None:
    officer.blocks_bot()
    officer.unblocks_bot()
    changes = [update.my_chat_member for update in await bot.get_updates()]
    assert [change and change.new_chat_member.status for change in changes] == ["kicked", "member"]


async def test_an_unchanged_edit_is_refused_and_a_changed_keyboard_is_not(bot: Bot, officer: Person) -> None:
    card = keyboard(InlineKeyboardButton("收到", callback_data="r"))
    sent = await bot.send_message(1001, "<b>x</b>", parse_mode="HTML", reply_markup=card)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("<strong>x</strong>", 1001, sent.message_id, parse_mode="HTML", reply_markup=card)
    assert isinstance(await bot.edit_message_text("x", 1001, sent.message_id, reply_markup=card), Message)
    assert isinstance(await bot.edit_message_text("x", 1001, sent.message_id), Message)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(1001, sent.message_id)


async def test_messages_that_are_not_there(bot: Bot, officer: Person) -> None:
    said = officer.says("x")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("y", 1001, said.message_id)
    officer.deletes(said)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("y", 1001, said.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(1001, said.message_id)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(1001, "y", reply_parameters=ReplyParameters(said.message_id))
    anyway = ReplyParameters(said.message_id, allow_sending_without_reply=True)
    assert (await bot.send_message(1001, "y", reply_parameters=anyway)).reply_to_message is None
    with pytest.raises(BadRequest, match="Message to react not found"):
        await bot.set_message_reaction(1001, said.message_id, "👍")
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(1001, "y", message_thread_id=5)


async def test_a_press_is_answered_within_150_seconds_or_not_at_all(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    officer.presses(officer.says("x"), "y", anyway=True)
    query = (await bot.get_updates())[-1].callback_query
    assert query
    bot_api.advance(seconds=151)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await query.answer("晚了")
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("12345")
    assert officer.toasts() == []


async def test_a_message_older_than_two_days_stays(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    sent = await bot.send_message(1001, "x")
    bot_api.advance(seconds=49 * 3600)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(1001, sent.message_id)


async def test_a_file_beyond_20_megabytes_cannot_be_fetched(bot: Bot, officer: Person) -> None:
    seen = officer.sends_document("台账.zip", b"zip", size=21 * 1024 * 1024)
    assert seen.file_id
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(seen.file_id)


CARELESS = [
    ("sendMessage", {"text": "<b>x", "parse_mode": "HTML"}, "can't find end tag"),
    ("sendMessage", {"text": " \n"}, "message text is empty"),
    ("sendMessage", {"text": "字" * 4097}, "message is too long"),
    ("sendMessage", {"text": "𠮷" * 2049}, "message is too long"),
    ("sendMessage", {"text": "x", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
    (
        "sendMessage",
        {"text": "x", "reply_markup": '{"inline_keyboard": [[{"text": "x"}]]}'},
        "Text buttons are unallowed",
    ),
    ("sendMessage", {"text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
    ("sendMessage", {"text": "x", "chat_id": ""}, "chat_id is empty"),
    ("sendDocument", {"document": "no-such-file"}, "there is no document in the request"),
    ("sendChatAction", {"action": "sleeping"}, "wrong parameter action"),
    ("setMessageReaction", {"message_id": "11", "reaction": '[{"type": "emoji", "emoji": "✅"}]'}, "REACTION_INVALID"),
]


@pytest.mark.parametrize(("method", "params", "words"), CARELESS)
def test_a_careless_call_is_refused_and_told_to_the_test(
    bot_api: BotApi, officer: Person, method: str, params: dict[str, object], words: str
) -> None:
    officer.says("number eleven")
    bot_api.expect_complaint(words)
    call = {"chat_id": 1001, **params}
    answer = httpx.post(f"{bot_api.base_url}{bot_api.token}/{method}", json=call)
    assert answer.status_code == 400
    assert words in answer.json()["description"]
    assert officer.hears() == []


@pytest.mark.parametrize(
    ("button", "words"),
    [
        (InlineKeyboardButton("x", callback_data="字" * 22), "BUTTON_DATA_INVALID"),
        (InlineKeyboardButton(" ", callback_data="x"), "Text buttons must be non-empty"),
        (InlineKeyboardButton("x", url="http://localhost:8000/inbox"), "Wrong HTTP URL"),
        (InlineKeyboardButton("x", url="ruqi"), "Wrong HTTP URL"),
    ],
)
async def test_buttons_that_telegram_refuses(
    bot_api: BotApi, bot: Bot, officer: Person, button: InlineKeyboardButton, words: str
) -> None:
    bot_api.expect_complaint(words)
    with pytest.raises(BadRequest):
        await bot.send_message(1001, "x", reply_markup=keyboard(button))


@pytest.mark.parametrize("text", ["字" * 4096, "𠮷" * 2048, f"<b>{'x' * 4096}</b>", "&amp;" * 4096])
async def test_a_text_of_4096_units_fits(bot: Bot, officer: Person, text: str) -> None:
    sent = await bot.send_message(1001, text, parse_mode="HTML")
    assert sent.text == officer.last().text


async def test_a_caption_holds_1024_units(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    bot_api.expect_complaint("message caption is too long")
    await bot.send_document(1001, InputFile(b"x", filename="x.txt"), caption="字" * 1024)
    with pytest.raises(BadRequest):
        await bot.send_document(1001, InputFile(b"x", filename="x.txt"), caption="字" * 1025)


async def test_a_command_menu_with_a_wrong_name(bot_api: BotApi, bot: Bot) -> None:
    bot_api.expect_complaint("BOT_COMMAND_INVALID")
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("今天", "今天要做的")])
