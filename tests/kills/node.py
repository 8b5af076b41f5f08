"""A node without pages: the real beat, postman and Telegram channel, as light as a process can be.

It is forked from a process that has imported everything (see nursery.py), so that a kill costs a tenth of a second.
"""

import asyncio
import logging
import os
import signal
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.channels.telegram import Telegram, channel
from bot.channels.telegram.troubles import Pauses
from ruqi.standing_by import StandBy, hearing, may_send
from scheduler.beat import Beat
from scheduler.clockwork import Clockwork
from schedules.rungs import load_ladders
from schedules.workdays import WorkCalendar
from storage.engine import open_store
from storage.migrate import upgrade
from usecases.office import Office

log_of = logging.getLogger(__name__)

ZONE = ZoneInfo("Asia/Shanghai")
ONE_RUNG = "[standard]\nassigned = true\n"
"""One reminder for each part, so that what a person saw can be counted by the part's name."""
BRISK = Pauses(hold=2, first=0.05, most=0.4, conflict=0.2, token=0.2)
PATIENCE = 8.0


@dataclass(frozen=True, slots=True)
class Life:
    """What a node is born with. `offset`: seconds between this machine's clock and the office's."""

    url: str
    api: str
    token: str
    offset: float
    lease: float = 2.0


class ShiftedClock:
    """The machine's clock, some hours away: the tests run at night too, and the office works by day."""

    def __init__(self, offset: float) -> None:
        self._offset = timedelta(seconds=offset)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def wait(self, moment: datetime) -> float | None:
        return max(0.0, (moment - self.now()).total_seconds())


def office_at(url: str, lease: float) -> Office:
    return Office(
        store=open_store(url),
        zone=ZONE,
        calendar=WorkCalendar.published(),
        ladders=load_ladders(ONE_RUNG),
        lease=timedelta(seconds=lease),
    )


def live(life: Life, log: str) -> None:
    """Run until killed, or end in order on SIGTERM. Never returns."""
    logging.basicConfig(filename=log, level=logging.WARNING, force=True)
    code = 1
    try:
        asyncio.run(_live(life))
        code = 0
    except BaseException:
        log_of.exception("the node ended")
    finally:
        sys.stderr.flush()
        os._exit(code)


async def _kept_up(ear: StandBy) -> None:
    while True:
        await ear.run()


async def _no_menus(_: object) -> None:
    """Ten calls at each start that have nothing to do with what is tested here."""


async def _live(life: Life) -> None:
    setattr(channel, "set_menus", _no_menus)  # noqa: B010 - mypy would have it be the very same function
    office, clock = office_at(life.url, life.lease), ShiftedClock(life.offset)
    upgrade(office.store)  # finds it current, and is stopped if somebody moves it
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    telegram = Telegram(life.token, life.api, office, clock, wake=lambda: None, pauses=BRISK)
    ears = hearing(office.store, [telegram])  # one node hears the chat, as in the product
    beat = Beat(
        office,
        clock,
        messengers=[telegram.messenger],
        handlers={"telegram": telegram.handle},
        owner=f"node:{os.getpid()}",
        sends=lambda channel: may_send(ears, channel),
    )
    office.store.on_write.append(beat.wake)
    listening = asyncio.create_task(_kept_up(ears["telegram"]))
    turning = asyncio.create_task(Clockwork(beat, clock, every=0.5).run())
    await stop.wait()
    listening.cancel()
    await beat.stop(PATIENCE)
    await asyncio.wait([listening, turning])
    await telegram.close()
