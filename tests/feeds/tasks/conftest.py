"""One served office for each test of the task list: on SQLite, or on each database where that may matter."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.feeds.house import House, opened
from tests.feeds.tasks.serving import Served, served


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Served]:
    with opened(f"sqlite:///{tmp_path / 'office.db'}", "three-duties") as house, served(house) as place:
        yield place


@pytest.fixture
def on_each(house: House) -> Iterator[Served]:
    with served(house) as place:
        yield place
