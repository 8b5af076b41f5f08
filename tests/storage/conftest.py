"""An empty store on each engine in turn, and the rows that others stand on."""

import pytest

from storage.engine import Store
from tests.storage.seeds import Seeds, sow
from tests.storage.stores import postgres_kept, postgres_store, sqlite_store, store

__all__ = ["postgres_kept", "postgres_store", "seeds", "sqlite_store", "store"]


@pytest.fixture
def seeds(store: Store) -> Seeds:
    return sow(store)
