"""A rig for each channel in turn, on an empty town: a story takes its plan in, then lets people talk."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.engine import open_store
from tests.rigs.cast import ROSTER
from tests.rigs.every import EVERY
from tests.rigs.office import Town, town_on
from tests.rigs.rig import Rig


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    store = open_store(f"sqlite:///{tmp_path / 'ruqi.db'}")
    store.create()
    yield town_on(store, tmp_path / "files", plan=None, roster=ROSTER)
    store.close()


@pytest.fixture(params=list(EVERY))
async def rig(request: pytest.FixtureRequest, town: Town) -> AsyncIterator[Rig]:
    """`async with rig.running()` starts the office and its chat; without it nothing moves."""
    made = EVERY[request.param](town)
    yield made
    await made.close()
