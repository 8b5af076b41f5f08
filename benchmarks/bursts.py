"""A burst of 900 messages to 900 chats, as Telegram may count them: a strict window, and a bucket, of 30 a second.

The messages travel 50 to 80 ms, and so do the answers. A judge sees when they arrive; what it would have answered 429
is counted.
"""

import asyncio
import random
import time
from collections import deque

from benchmarks.measure import Row
from bot.channels.telegram import pacing as paces

MESSAGES, LIMIT = 900, 30
WIDTH = 32
WAY = (0.050, 0.080)


def run() -> list[Row]:
    arrived = sorted(asyncio.run(_burst()))
    wall = arrived[-1] - arrived[0]
    fraction = MESSAGES / wall / LIMIT
    why = (
        "one pace has to please both judges: 30 / (1 + the spread of the way), 0.971, is all that a strict window lets"
    )
    return [
        Row("burst of 900: too many for a strict window", _over_window(arrived), 0, "", "≤ 0"),
        Row("burst of 900: too many for a bucket of 30", over_bucket(arrived), 0, "", "≤ 0"),
        Row("burst of 900: of the limit, whoever judges", fraction, 0, "", "≥ 0.96"),
        Row("burst of 900: of the limit, under the bucket", fraction, 0, "", "≥ 0.98", why),
    ]


async def _burst() -> list[float]:
    pacing, chance = paces.pacing(), random.Random(5)  # noqa: S311 delays, no secrets
    waiting, arrived = deque(range(MESSAGES)), []

    async def lane() -> None:
        while waiting:
            chat = waiting.popleft()
            async with pacing.turn(str(1000 + chat)) as wait:
                if wait:
                    waiting.append(chat)
                    continue
                there, back = chance.uniform(*WAY), chance.uniform(*WAY)
                arrived.append(time.monotonic() + there)
                await asyncio.sleep(there + back)

    await asyncio.gather(*(lane() for _ in range(WIDTH)))
    return arrived


def _over_window(arrived: list[float]) -> int:
    inside: deque[float] = deque()
    over = 0
    for at in arrived:
        while inside and inside[0] <= at - 1.0:
            inside.popleft()
        if len(inside) >= LIMIT:
            over += 1
        else:
            inside.append(at)
    return over


def over_bucket(arrived: list[float]) -> int:
    level, last, over = float(LIMIT), arrived[0], 0
    for at in arrived:
        level, last = min(LIMIT, level + (at - last) * LIMIT), at
        if level < 1:
            over += 1
        else:
            level -= 1
    return over
