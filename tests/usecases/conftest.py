"""A world on each engine in turn. SQLite lives in memory here: files and their locks are tests/storage's matter."""

from collections.abc import Iterator

import pytest

from storage.engine import Store
from tests.storage.stores import memory_kept, memory_store, postgres_kept, postgres_store, sqlite_store
from tests.usecases.world import World

__all__ = ["memory_kept", "memory_store", "postgres_kept", "postgres_store", "sqlite_store"]


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


@pytest.fixture
def quick(memory_store: Store) -> Iterator[World]:
    """The same in memory only: for long tables whose rows differ in nothing a database could take differently."""
    made = World(memory_store, "2025-03-03 09:00")
    yield made
    made.check()


@pytest.fixture(params=["sqlite", "postgres"])
def crowded(request: pytest.FixtureRequest) -> Iterator[World]:
    """The same on a store that several threads can use at once."""
    made = World(request.getfixturevalue(f"{request.param}_store"), "2025-03-03 09:00")
    yield made
    made.check()
