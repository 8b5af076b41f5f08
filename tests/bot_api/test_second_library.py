"""A second library with its own strict models drives the fake: what only one client accepts may be wrong."""

from collections.abc import AsyncIterator
from importlib import import_module
from typing import Any

import pytest

from tests.bot_api.client import BotApi


@pytest.fixture
def aiogram() -> Any:  # noqa: ANN401  # a library
    """Brought only here: every worker imports every test file, and this one takes seconds."""
    return pytest.importorskip("aiogram")


@pytest.fixture
async def other(bot_api: BotApi, aiogram: Any) -> AsyncIterator[Any]:  # noqa: ANN401  # aiogram's Bot
    session = import_module("aiogram.client.session.aiohttp").AiohttpSession
    server = import_module("aiogram.client.telegram").TelegramAPIServer
    async with aiogram.Bot(bot_api.token, session=session(api=server.from_base(bot_api.url))) as bot:
        yield bot


async def test_the_life_of_a_card(bot_api: BotApi, other: Any, aiogram: Any) -> None:  # noqa: ANN401  # as above
    officer = bot_api.person(id=1001, name="张敏")
    officer.says("/start A7")
    button = aiogram.types.InlineKeyboardButton(text="收到", callback_data="r:1")
    card = aiogram.types.InlineKeyboardMarkup(inline_keyboard=[[button]])
    number = (await other.send_message(1001, "案卷评查", reply_markup=card)).message_id
    press = officer.presses(officer.last(), "收到")
    updates = await other.get_updates(timeout=1)
    assert [update.event_type for update in updates] == ["message", "callback_query"]
    await other.answer_callback_query(press.id, text="好")
    with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="message is not modified"):
        await other.edit_message_text("案卷评查", chat_id=1001, message_id=number, reply_markup=card)
    await other.edit_message_text("已签收", chat_id=1001, message_id=number)
    assert (press.answered().text, officer.last().text, officer.last().edited) == ("好", "已签收", True)


async def test_files_and_groups(bot_api: BotApi, other: Any, aiogram: Any) -> None:  # noqa: ANN401  # as above
    officer = bot_api.person(id=1001, name="张敏", started=True)
    sent = await other.send_document(1001, aiogram.types.BufferedInputFile("台账".encode(), "台账.csv"))
    assert sent.document
    downloaded = await other.download(sent.document)
    assert downloaded
    assert downloaded.read().decode() == "台账"
    group = bot_api.group(-500, "联络群", members=[officer], kind="group")
    group.migrates(to=-1000500)
    with pytest.raises(aiogram.exceptions.TelegramMigrateToChat, match="-1000500"):
        await other.send_message(-500, "x")
    assert (await other.get_chat(-1000500)).title == "联络群"
