"""An office on each real database in turn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import open_store
from storage.migrate import upgrade
from tests.scheduler.office import Bureau, bureau


@pytest.fixture
def here(database_url: str) -> Iterator[Bureau]:
    """On SQLite, then on PostgreSQL."""
    yield from opened(database_url)


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Bureau]:
    """On SQLite only, for what has nothing to do with the database."""
    yield from opened(f"sqlite:///{tmp_path / 'ruqi.db'}")


def opened(url: str) -> Iterator[Bureau]:
    store = open_store(url)
    upgrade(store)
    yield bureau(store)
    store.close()
