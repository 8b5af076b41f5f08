"""Blocking work in a thread, never left half-way: a database must not be closed under it."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def unbroken(work: Callable[..., T], *args: object) -> T:
    """Run blocking work in a thread. A cancel waits for its end."""
    task = asyncio.create_task(asyncio.to_thread(work, *args))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
