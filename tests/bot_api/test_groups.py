"""Groups: whose messages a bot hears, topics, moving to a supergroup, strangers' presses, being shown out."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.bot_api.client import BotApi
from tests.bot_api.people import Person

CARD = InlineKeyboardMarkup([[InlineKeyboardButton("收到", callback_data="r:1")]])


@pytest.fixture
def officer(bot_api: BotApi) -> Person:
    return bot_api.person(id=1001, name="张敏", started=True)


async def heard(bot: Bot) -> list[str]:
    updates = await bot.get_updates()
    await bot.get_updates(offset=updates[-1].update_id + 1 if updates else 0)
    return [update.message.text or "" for update in updates if update.message]


async def test_a_plain_bot_hears_only_what_is_for_it(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    group = bot_api.group(-1000001, "红寺堡联络群", members=[officer])
    await bot.send_message(group.id, "案卷评查")
    officer.says("早上好", chat=group)
    officer.says("/list", chat=group)
    officer.says("/list@some_other_bot", chat=group)
    officer.says(f"@{bot_api.username} 还有什么", chat=group)
    officer.replies(group.last(), "完成")
    assert await heard(bot) == ["/list", f"@{bot_api.username} 还有什么", "完成"]
    group.promotes_bot()
    officer.says("早上好", chat=group)
    assert await heard(bot) == ["早上好"]


async def test_anyone_in_a_group_can_press(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    stranger = bot_api.person(id=1002, name="马兰")
    group = bot_api.group(-1000001, "联络群", members=[officer, stranger])
    await bot.send_message(group.id, "案卷评查", reply_markup=CARD)
    stranger.presses(group.last(), "收到")
    query = (await bot.get_updates())[-1].callback_query
    assert query
    assert (query.from_user.id, query.message and query.message.chat.id) == (1002, group.id)


async def test_a_press_on_someone_elses_private_card(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    stranger = bot_api.person(id=1002, name="马兰")
    await bot.send_message(1001, "案卷评查", reply_markup=CARD)
    press = stranger.presses(officer.last(), "收到")
    query = (await bot.get_updates())[-1].callback_query
    assert query
    await query.answer("这不是您的提醒", show_alert=True)
    assert (press.answered().text, press.answered().alert) == ("这不是您的提醒", True)
    assert (len(stranger.toasts()), officer.toasts()) == (1, [])


async def test_topics_of_a_forum(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    group = bot_api.group(-1000001, "联络群", members=[officer], forum=True, bot="administrator")
    topic = group.opens_topic("案卷评查")
    sent = await bot.send_message(group.id, "到期", message_thread_id=topic)
    assert (sent.message_thread_id, sent.is_topic_message, group.last().topic) == (topic, True, topic)
    officer.says("做完了", chat=group, topic=topic)
    message = (await bot.get_updates())[-1].message
    assert message
    assert message.reply_to_message
    # A plain message in a topic looks like an answer to the message that opened it.
    assert message.reply_to_message.forum_topic_created
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(group.id, "x", message_thread_id=topic + 99)
    group.closes_topic(topic)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(group.id, "x", message_thread_id=topic)


async def test_a_group_becomes_a_supergroup(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    group = bot_api.group(-500, "联络群", members=[officer], kind="group")
    await bot.send_message(group.id, "before")
    new = group.migrates(to=-1000500)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.id, "x")
    assert caught.value.new_chat_id == new.id
    await bot.send_message(new.id, "after")
    notes = [update.message for update in await bot.get_updates() if update.message]
    assert [(note.migrate_to_chat_id, note.migrate_from_chat_id) for note in notes] == [(new.id, None), (None, -500)]
    assert [message.text for message in new.hears()] == ["after"]
    with pytest.raises(AssertionError, match="has become -1000500"):
        officer.says("x", chat=group)


async def test_a_bot_that_is_shown_out(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    group = bot_api.group(-500, "联络群", members=[officer], kind="group")
    group.kicks_bot()
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.id, "x")
    away = bot_api.group(-1000002, "别的群", members=[officer], bot="left")
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(away.id, "x")


async def test_rights_in_a_group(bot_api: BotApi, bot: Bot, officer: Person) -> None:
    group = bot_api.group(-1000001, "联络群", members=[officer])
    said = officer.says("x", chat=group)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(group.id, said.message_id)
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages"):
        await bot.pin_chat_message(group.id, said.message_id)
    group.promotes_bot()
    assert await bot.pin_chat_message(group.id, said.message_id)
    assert [member.user.id for member in await bot.get_chat_administrators(group.id)] == [1001, bot.id]
    assert await bot.get_chat_member_count(group.id) == 2


def test_supergroups_number_their_own_messages(bot_api: BotApi, officer: Person) -> None:
    group = bot_api.group(-1000001, "联络群", members=[officer])
    assert (officer.says("x").message_id, officer.says("x", chat=group).message_id) == (11, 1)


def test_people_cannot_do_the_impossible(bot_api: BotApi, officer: Person) -> None:
    stranger = bot_api.person(id=1002, name="马兰")
    group = bot_api.group(-1000001, "联络群", members=[officer])
    with pytest.raises(AssertionError, match="马兰 is not in 联络群"):
        stranger.says("x", chat=group)
    with pytest.raises(AssertionError, match="is no forum"):
        group.opens_topic("x")
    with pytest.raises(AssertionError, match="own messages only"):
        stranger.edits(officer.says("x"), "y")
    officer.blocks_bot()
    with pytest.raises(AssertionError, match="unblock it first"):
        officer.says("x")
