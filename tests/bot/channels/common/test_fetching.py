"""The fetcher is woken by the commit that brings a file, also when it was looking at an earlier one at that moment."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from bot.channels.common.fetching import Fetcher
from storage.engine import open_store
from storage.rows import Evidence
from usecases.office import Office


async def test_a_file_that_is_written_while_an_earlier_one_is_looked_for_wakes_it(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'files.db'}")
    store.create()
    office = cast("Office", SimpleNamespace(store=store))
    rounds: list[float] = []

    class Looking(Fetcher):
        async def _round(self) -> float:
            rounds.append(asyncio.get_running_loop().time())
            return 30.0

    async def nothing(_: Evidence) -> bytes:
        return b""

    fetcher = Looking("chat", office, lambda: datetime.now(UTC), nothing)
    running = asyncio.create_task(fetcher.run())
    await asyncio.sleep(0.05)
    fetcher.expect()
    for commits in (2, 3):  # the first commit is somebody else's; the file comes with the second
        with store.write():
            pass
        async with asyncio.timeout(60):
            while len(rounds) < commits:  # noqa: ASYNC110 - the round itself is what is watched
                await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    store.close()
