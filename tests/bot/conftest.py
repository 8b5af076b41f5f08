"""The town on each database in turn, and on one in memory for what does not touch storage."""

from collections.abc import Iterator

import pytest

from tests.bot.town import Town, build


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    built = build(database_url)
    yield built
    built.office.store.close()


@pytest.fixture
def quick() -> Iterator[Town]:
    built = build("sqlite://")
    yield built
    built.office.store.close()
