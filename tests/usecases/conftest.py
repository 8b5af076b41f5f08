"""A world on each engine in turn. SQLite lives in memory here: files and their locks are tests/storage's matter."""

from collections.abc import Callable, Iterator

import pytest

from storage.engine import Store, open_store
from tests.storage.stores import postgres_store, postgres_tables, sqlite_store
from tests.usecases.world import World

__all__ = ["postgres_store", "postgres_tables", "sqlite_store"]

NewWorld = Callable[..., World]


@pytest.fixture
def memory_store() -> Iterator[Store]:
    opened = open_store("sqlite://")
    opened.create()
    yield opened
    opened.close()


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> Store:
    opened: Store = request.getfixturevalue(f"{request.param}_store")
    return opened


@pytest.fixture
def world(store: Store) -> Iterator[World]:
    """Monday 3 March 2025, nine o'clock; everybody has a chat. What is left behind has to add up."""
    made = World(store, "2025-03-03 09:00")
    yield made
    made.check()


@pytest.fixture(params=["sqlite", "postgres"])
def crowded(request: pytest.FixtureRequest) -> Iterator[World]:
    """The same on a store that several threads can use at once."""
    made = World(request.getfixturevalue(f"{request.param}_store"), "2025-03-03 09:00")
    yield made
    made.check()
