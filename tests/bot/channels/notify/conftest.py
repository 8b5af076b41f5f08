"""An office on SQLite with one person who hears by no way yet."""

import pytest

from storage.engine import Store
from tests.scheduler.office import Bureau, bureau
from tests.storage.stores import sqlite_store

__all__ = ["sqlite_store"]


@pytest.fixture
def here(sqlite_store: Store) -> Bureau:
    made = bureau(sqlite_store)
    made.enroll("chat", "zhang")
    return made
