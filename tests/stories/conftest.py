"""Stories are told in memory, where a year takes seconds; what they rest on is proven on both engines elsewhere.

`rig` tells a story through every chat and the web inbox, over real sockets.
"""

from collections.abc import Iterator

import pytest

from storage.engine import Store
from tests.rigs.fixtures import rig, town
from tests.storage.stores import memory_kept, memory_store
from tests.stories.telling import Teller

__all__ = ["memory_kept", "memory_store", "rig", "town"]


@pytest.fixture
def teller(memory_store: Store) -> Iterator[Teller]:
    """Begins worlds; when the story is over, what it left behind has to add up."""
    made = Teller(memory_store)
    yield made
    made.check()
