"""An office on SQLite with one person who reads mail."""

import pytest

from storage.engine import Store
from tests.scheduler.office import Bureau, bureau
from tests.storage.stores import sqlite_store

__all__ = ["sqlite_store"]

TO = "zhang@example.org"


@pytest.fixture
def here(sqlite_store: Store) -> Bureau:
    made = bureau(sqlite_store)
    made.enroll("mail", TO)
    return made
