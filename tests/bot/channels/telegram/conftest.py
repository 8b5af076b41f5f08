"""The fake Bot API over real HTTP, a real database of each kind, and one bound officer: 张敏 of 司法局."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.channels.telegram import Telegram
from scheduler.clock import MovableClock
from storage.engine import open_store
from storage.migrate import upgrade
from tests.bot.channels.telegram.rig import MONDAY, Rig
from tests.bot_api.client import BotApi
from tests.bot_api.fixtures import bot_api, bot_api_process
from tests.scheduler.office import Bureau, bureau

__all__ = ["bot_api", "bot_api_process"]


@pytest.fixture
def here(database_url: str) -> Iterator[Bureau]:
    """An office on SQLite, then on PostgreSQL."""
    yield from opened(database_url)


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Bureau]:
    """An office on SQLite only, for what has nothing to do with the database."""
    yield from opened(f"sqlite:///{tmp_path / 'ruqi.db'}")


@pytest.fixture
async def rig(here: Bureau, bot_api: BotApi) -> AsyncIterator[Rig]:
    """Everything connected, nothing running yet; `async with rig.running()` starts it."""
    rig = Rig(here, bot_api)
    yield rig
    await rig.telegram.close()


@pytest.fixture
async def quick_rig(quick: Bureau, bot_api: BotApi) -> AsyncIterator[Rig]:
    """The same on SQLite only."""
    rig = Rig(quick, bot_api)
    yield rig
    await rig.telegram.close()


@pytest.fixture
async def telegram(quick: Bureau, bot_api: BotApi) -> AsyncIterator[Telegram]:
    """The channel alone."""
    telegram = Telegram(bot_api.token, bot_api.url, quick.office, quick.clock, wake=lambda: None)
    yield telegram
    await telegram.close()


def opened(url: str) -> Iterator[Bureau]:
    store = open_store(url)
    upgrade(store)
    here = bureau(store)
    here.clock = MovableClock(MONDAY, speed=1.0)
    yield here
    store.close()
