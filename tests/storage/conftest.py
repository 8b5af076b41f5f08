"""A store with all its tables, on each engine in turn, and on one of them where only that one can be meant."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import Store, open_store
from tests.storage.seeds import Seeds, sow


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    opened.create()
    yield opened
    opened.close()


@pytest.fixture
def seeds(store: Store) -> Seeds:
    return sow(store)


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'ruqi.db'}")
    opened.create()
    yield opened
    opened.close()


@pytest.fixture
def postgres_store(postgres_database: str) -> Iterator[Store]:
    opened = open_store(postgres_database)
    opened.create()
    yield opened
    opened.close()
