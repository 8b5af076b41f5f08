"""A real office on each database, with the shipped sample and a clock that tests move."""

from collections.abc import Iterator

import pytest

from tests.feeds.house import House, opened


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    """An office with the sample roster and the three sample duties, on a Friday in November."""
    with opened(database_url, "three-duties") as house:
        yield house
