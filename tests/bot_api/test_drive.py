"""python-telegram-bot drives the fake as it drives Telegram; a person sees what the bot did."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Message,
    MessageEntity,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from tests.bot_api.client import BotApi
from tests.bot_api.people import Person

CARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("收到", callback_data="r:17"), InlineKeyboardButton("完成", callback_data="d:17")]]
)


@pytest.fixture
def officer(bot_api: BotApi) -> Person:
    return bot_api.person(id=1001, name="张敏", started=True)


async def next_message(bot: Bot) -> Message:
    update = (await bot.get_updates(timeout=1))[-1]
    assert update.message
    return update.message


async def next_press(bot: Bot) -> CallbackQuery:
    update = (await bot.get_updates(timeout=1))[-1]
    assert update.callback_query
    return update.callback_query


async def test_a_bot_learns_who_it_is(bot_api: BotApi, bot: Bot) -> None:
    assert (bot.id, bot.username, bot.first_name) == (bot_api.bot_id, bot_api.username, "如期")


async def test_a_reminder_stands_on_the_screen(bot: Bot, officer: Person) -> None:
    sent = await bot.send_message(1001, "<b>案卷评查</b> &lt;17&gt;", parse_mode="HTML", reply_markup=CARD)
    seen = officer.last()
    assert (seen.message_id, seen.text, seen.buttons) == (sent.message_id, "案卷评查 <17>", ("收到", "完成"))
    assert seen.source == "<b>案卷评查</b> &lt;17&gt;"
    assert sent.parse_entities([MessageEntity.BOLD]) == {sent.entities[0]: "案卷评查"}
    assert sent.reply_markup == CARD


async def test_a_typed_command_arrives_with_its_code(bot: Bot, officer: Person) -> None:
    officer.says("/start A7-KQ")
    message = await next_message(bot)
    assert message.text == "/start A7-KQ"
    assert message.parse_entities([MessageEntity.BOT_COMMAND])[message.entities[0]] == "/start"
    assert (message.from_user and message.from_user.full_name, message.chat_id) == ("张敏", 1001)


async def test_a_press_by_caption_is_answered_and_the_card_changes_in_place(bot: Bot, officer: Person) -> None:
    await bot.send_message(1001, "案卷评查", reply_markup=CARD)
    press = officer.presses(officer.last(), "收到")
    query = await next_press(bot)
    assert (query.data, query.message and query.message.message_id) == ("r:17", officer.last().message_id)
    await query.answer("已签收")
    await query.edit_message_text("案卷评查 已签收")
    assert press.answered().text == "已签收"
    assert (officer.last().text, officer.last().edited, officer.last().buttons) == ("案卷评查 已签收", True, ())


async def test_a_press_by_data_and_a_press_on_a_button_that_is_gone(bot: Bot, officer: Person) -> None:
    await bot.send_message(1001, "案卷评查", reply_markup=CARD)
    old = officer.last()
    officer.presses(old, "d:17")
    await bot.edit_message_reply_markup(1001, old.message_id)
    with pytest.raises(AssertionError, match="no button '完成'"):
        officer.presses(old, "完成")
    officer.presses(old, "完成", anyway=True)
    officer.presses(old, "forged:1", anyway=True)
    assert [update.callback_query and update.callback_query.data for update in await bot.get_updates()] == [
        *("d:17", "d:17", "forged:1")
    ]


async def test_a_reply_carries_the_message_it_answers(bot: Bot, officer: Person) -> None:
    reminder = await bot.send_message(1001, "案卷评查")
    officer.replies(officer.last(), "完成 红司发〔2026〕5号")
    message = await next_message(bot)
    assert message.reply_to_message
    assert (message.text, message.reply_to_message.message_id) == ("完成 红司发〔2026〕5号", reminder.message_id)
    answer = await bot.send_message(1001, "记下了", reply_parameters=ReplyParameters(message.message_id))
    assert answer.reply_to_message
    assert officer.last().reply_to == answer.reply_to_message.message_id == message.message_id


async def test_evidence_travels_both_ways(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    reminder = await bot.send_message(1001, "案卷评查")
    officer.sends_document("评查.pdf", b"%PDF-1.7 x", caption="完成", reply_to=officer.last(), kind="application/pdf")
    message = await next_message(bot)
    assert message.document
    assert message.reply_to_message
    assert (message.caption, message.reply_to_message.message_id) == ("完成", reminder.message_id)
    assert bytes(await (await message.document.get_file()).download_as_bytearray()) == b"%PDF-1.7 x"
    await bot.send_document(1001, InputFile(b"a,b", filename="台账.csv"), caption="<i>台账</i>", parse_mode="HTML")
    seen = officer.last()
    assert (seen.file_name, seen.text, bot_api.file(seen.file_id or "")) == ("台账.csv", "台账", b"a,b")


async def test_photos_travel_both_ways(bot: Bot, officer: Person) -> None:
    officer.sends_photo(b"\xff\xd8 jpeg", caption="现场")
    message = await next_message(bot)
    assert message.caption == "现场"
    assert bytes(await (await message.photo[-1].get_file()).download_as_bytearray()) == b"\xff\xd8 jpeg"
    await bot.send_photo(1001, message.photo[-1].file_id)
    assert officer.last().file_id == message.photo[-1].file_id


async def test_the_command_menu_per_language_and_audience(bot_api: BotApi, bot: Bot) -> None:
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("today", "今天")])
    await bot.set_my_commands([BotCommand("today", "due today")], language_code="en", scope=private)
    assert [command.description for command in await bot.get_my_commands()] == ["今天"]
    assert bot_api.commands(language="en", scope="all_private_chats") == {"today": "due today"}
    await bot.delete_my_commands()
    assert bot_api.commands() == {}


async def test_the_bot_describes_itself(bot_api: BotApi, bot: Bot) -> None:
    await bot.set_my_description("到期提醒", language_code="zh")
    await bot.set_my_short_description("提醒")
    assert bot_api.profile() == {"description zh": "到期提醒", "short_description": "提醒"}
    assert (await bot.get_my_description(language_code="zh")).description == "到期提醒"


async def test_small_signs(bot: Bot, officer: Person) -> None:
    said = officer.says("做完了")
    await bot.send_chat_action(1001, ChatAction.TYPING)
    await bot.set_message_reaction(1001, said.message_id, "👍")
    sent = await bot.send_message(1001, "请选择", disable_notification=True, reply_markup=ForceReply())
    await bot.pin_chat_message(1001, sent.message_id)
    assert officer.chat_actions() == ["typing"]
    assert [message.reactions for message in officer.sees()] == [("👍",), ()]
    assert (officer.last().pinned, officer.last().silent) == (True, True)
    await bot.unpin_chat_message(1001)
    assert not officer.last().pinned


async def test_questions_about_chats_and_members(bot: Bot, officer: Person) -> None:
    assert (await bot.get_chat(1001)).first_name == "张敏"
    assert (await bot.get_chat_member(1001, bot.id)).status == "member"


async def test_an_edited_and_a_deleted_message(bot: Bot, officer: Person) -> None:
    said = officer.says("完成 5号")
    officer.edits(said, "完成 6号")
    updates = await bot.get_updates()
    assert updates[1].edited_message
    assert (updates[1].edited_message.text, officer.sees()[0].edited) == ("完成 6号", True)
    sent = await bot.send_message(1001, "错发")
    assert await bot.delete_message(1001, sent.message_id)
    assert [message.text for message in officer.sees()] == ["完成 6号"]


async def test_a_whole_application_polls_and_answers(bot_api: BotApi, officer: Person) -> None:
    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        await update.message.reply_text(f"您好 {' '.join(context.args or [])}", reply_markup=CARD)

    async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query
        await update.callback_query.answer("好")

    application = Application.builder().token(bot_api.token).base_url(bot_api.base_url).build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(pressed))
    async with application:
        assert application.updater
        await application.start()
        await application.updater.start_polling(timeout=5)
        officer.says("/start A7")
        card = await officer.waits_for_async(lambda message: message.text == "您好 A7")
        assert (await officer.presses(card, "收到").answered_async()).text == "好"
        await application.updater.stop()
        await application.stop()


async def test_waiting_in_vain_shows_the_screen(bot: Bot, officer: Person) -> None:
    await bot.send_message(1001, "案卷评查", reply_markup=CARD)
    with pytest.raises(AssertionError, match=r"waited 0.05 s in vain\n.*张敏(.|\n)*案卷评查(.|\n)*\[收到\] \[完成\]"):
        officer.waits_for(lambda message: message.text == "never", timeout=0.05)
