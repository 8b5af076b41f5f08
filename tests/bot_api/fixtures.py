"""Fixtures. The root conftest names this module in `pytest_plugins`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot_api.client import BotApi


@pytest.fixture
def bot_api() -> Iterator[BotApi]:
    """The fake in a thread of this test. Anything unexpected that it met fails the test at the end."""
    with BotApi.in_thread() as api:
        yield api
        api.check()


@pytest.fixture
def bot_api_process(tmp_path: Path) -> Iterator[BotApi]:
    """The fake as its own process, which outlives every kill of Ruqi; its ledger is `tmp_path / "ledger.jsonl"`."""
    with BotApi.in_process(ledger=tmp_path / "ledger.jsonl") as api:
        yield api
        api.check()
