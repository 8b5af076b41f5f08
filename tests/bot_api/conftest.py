"""A real python-telegram-bot in front of the fake."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.bot_api.client import BotApi
from tests.bot_api.fixtures import bot_api, bot_api_process

__all__ = ["bot", "bot_api", "bot_api_process"]


@pytest.fixture
async def bot(bot_api: BotApi, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else the library warns at every 429, and a warning is an error here
    async with Bot(
        bot_api.token,
        base_url=bot_api.base_url,
        base_file_url=bot_api.base_file_url,
        request=plain_request(),
        get_updates_request=plain_request(),
    ) as bot:
        yield bot


def plain_request() -> HTTPXRequest:
    """Plain HTTP on loopback needs no certificates, and reading them takes longer than most of these tests."""
    return HTTPXRequest(httpx_kwargs={"verify": False})
