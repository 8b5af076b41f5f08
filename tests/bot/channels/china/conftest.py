"""A town and one of the three chats of China; a test takes `rig`, once for each of them."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.engine import open_store
from tests.rigs.china import CHINA, ChinaRig
from tests.rigs.office import Town, town_on


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    store = open_store(f"sqlite:///{tmp_path / 'ruqi.db'}")
    store.create()
    yield town_on(store, tmp_path / "files")
    store.close()


@pytest.fixture(params=sorted(CHINA))
async def rig(request: pytest.FixtureRequest, town: Town) -> AsyncIterator[ChinaRig]:
    """Everything connected, nothing running yet; `async with rig.running()` starts it."""
    made = CHINA[request.param](town)
    yield made
    await made.close()
