"""A node of its own for a test: `python -m tests.ruqi.waiting_node URL` says "at work" while it has the right."""

import asyncio
import sys

from ruqi.standing_by import StandBy
from storage.engine import open_store
from storage.only_one import OnlyOne


class Said:
    channel = "test"
    trouble = ""

    async def run(self) -> None:
        """Say so, then work until cancelled."""
        print("at work", flush=True)
        try:
            await asyncio.Event().wait()
        finally:
            print("stepped back", flush=True)


async def again(node: StandBy) -> None:
    while True:
        await node.run()


if __name__ == "__main__":
    store = open_store(sys.argv[1])
    asyncio.run(again(StandBy(Said(), OnlyOne(store, "test"))))
