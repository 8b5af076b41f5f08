"""Serving: one process, one event loop. The pages, the beat, and the chats that are set up; a clean end on a signal.

The order of the end: nothing more is taken in, nothing more is claimed, what is being sent is finished and recorded,
the connections are closed. All within 12 seconds; a second signal ends at once.
"""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels import Channel, Served, TwoWay
from feeds.door import Door
from feeds.tasks.mount import routes as task_routes
from ruqi.channels import Setting, open_channels
from ruqi.documents import documents
from ruqi.listening import Pages
from ruqi.outside import Outside, outside
from ruqi.rosters import rosters
from ruqi.settings import Settings
from ruqi.sheets import sheets
from ruqi.standing_by import Ears, hearing, may_send
from scheduler.auditor import Auditor
from scheduler.beat import Beat
from scheduler.clock import Clock, MovableClock
from scheduler.clockwork import Clockwork
from scheduler.rounds import Round, Rounds
from scheduler.travel import TimeMachine
from scheduler.watchdog import STUCK, Watchdog
from storage.refusals import StoreRefused
from storage.rows import Officer
from usecases.backup_schedule import Schedule, back_up_when_due
from usecases.office import Desk, Office
from usecases.retention import forget_talk
from usecases.seal import seal_what_is_new
from web.app import create_app
from web.intake import handler as web_handler
from web.limits import Misses
from web.site import Incoming, Reply, Unaudited

log = logging.getLogger(__name__)

PATIENCE = 8.0
"""Seconds for what is being sent when a signal comes."""
HARD_LIMIT = 11.0
WAKE_LIMIT = 10.0
HEARTBEAT = 1.0
AGAIN_AFTER = 10.0
AT_ONCE = 130
Tasks = Mapping[str, asyncio.Task[Any]]


@dataclass(frozen=True, slots=True)
class House:
    """What is to be served. `sock` is bound; `ready` is called once the pages answer."""

    office: Office
    clock: Clock
    settings: Settings
    sock: socket.socket
    ready: Callable[[], None]
    backups: Schedule | None = None
    """When backups are made; None: nobody makes any here."""


async def serve(house: House) -> int:
    """Serve until a signal comes; gives the exit code: 0, or 70 when a part of the program ended by itself.

    Raises StoreRefused when the database was moved to another version's tables meanwhile.
    """
    stop = _on_signals()
    beat_dog, loop_dog = Watchdog("the beat"), Watchdog("the event loop")
    channels = open_channels(Setting(house.settings, house.office, house.clock))
    ears = hearing(house.office.store, _two_way(channels))
    beat = _beat(house, channels, beat_dog, ears)
    heart = outside(house.settings, house.office.keeper)
    auditor = _auditor(house, channels, heart)
    app = _app(house, beat, ears, channels, auditor)
    pages = Pages(Door(house.office, house.clock, app), app.state.live.end)
    jobs: dict[str, Coroutine[Any, Any, Any]] = {
        "the pages": pages.serve(sockets=[house.sock]),
        "the beat": Clockwork(beat, house.clock).run(),
        "the heartbeat": _heartbeat(loop_dog),
    }
    if auditor:
        jobs["the auditor"] = auditor.run()
    jobs |= {name: kept_up(name, ear.run) for name, ear in ears.items()}
    tasks = {name: asyncio.create_task(job, name=name) for name, job in jobs.items()}
    rounds = Rounds(house.clock, _rounds(house))
    for started in (beat_dog, loop_dog, rounds):
        started.start()
    announcing = asyncio.create_task(_announce(pages, house.ready))
    try:
        return await _until_the_end(stop, tasks)
    finally:
        announcing.cancel()
        for started in (beat_dog, loop_dog, rounds):
            started.stop()
        await _close(beat, pages, channels, tasks)
        if heart:
            await heart.close()


def _rounds(house: House) -> dict[str, Round]:
    """What is looked after every minute; nothing on a trial."""
    if isinstance(house.clock, MovableClock):
        return {}
    rounds: dict[str, Round] = {
        "seal": partial(seal_what_is_new, house.office),
        "retention": partial(forget_talk, house.office),
    }
    if plan := house.backups:
        rounds["backup"] = lambda now: _back_up(house.office, now, plan)
    return rounds


def _back_up(office: Office, now: datetime, schedule: Schedule) -> None:
    if taken := back_up_when_due(office, now, schedule):
        log.info("backup made and tried: %s, %s bytes, %s s", taken.folder, taken.page.size, taken.page.seconds)


def converse(desk: Desk, officer: Officer, said: Incoming) -> Reply:
    """The same conversation as in chat, for the web inbox: the two rooms do not know each other."""
    from bot.conversation import Incoming as Heard
    from bot.conversation import respond

    names = ("channel", "address", "text", "button", "reply_to", "source")
    heard = Heard(**{name: getattr(said, name) for name in names})
    return respond(desk, officer, heard)


def pushed(channels: Sequence[Channel]) -> list[Route]:
    """The addresses under which services call us."""
    served = (channel.routes for channel in channels if isinstance(channel, Served))
    return [Route(path, _Answering(app), methods=["POST"]) for routes in served for path, app in routes.items()]


@dataclass(frozen=True, slots=True)
class _Answering:
    """An ASGI application as Starlette's Route takes it: an object, not a function."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def _two_way(channels: Sequence[Channel]) -> list[TwoWay]:
    return [channel for channel in channels if isinstance(channel, TwoWay)]


def _beat(house: House, channels: Sequence[Channel], dog: Watchdog, ears: Ears) -> Beat:
    handlers = {"web": web_handler(converse)} | {two_way.channel: two_way.handle for two_way in _two_way(channels)}
    beat = Beat(
        house.office,
        house.clock,
        messengers=[channel.messenger for channel in channels],
        handlers=handlers,
        owner=f"{socket.gethostname()[:24]}:{os.getpid()}",
        progress=dog.pat,
        sends=lambda channel: may_send(ears, channel),
    )
    house.office.store.on_write.append(beat.wake)
    return beat


def _auditor(house: House, channels: Sequence[Channel], heart: Outside | None) -> Auditor | None:
    """None under a clock that jumps: what is late there is late for nobody."""
    if isinstance(house.clock, MovableClock):
        return None
    running = {"web", *(channel.channel for channel in channels)}
    return Auditor(house.office, house.clock, channels=running, tell=heart.tell if heart else None)


def _app(house: House, beat: Beat, ears: Ears, channels: Sequence[Channel], auditor: Auditor | None) -> Starlette:
    clock, office = house.clock, house.office
    machine = TimeMachine(clock, beat, office.zone) if isinstance(clock, MovableClock) else None
    wake = partial(_wake, beat, asyncio.get_running_loop(), machine)
    return create_app(
        office,
        clock,
        converse=converse,
        wake=wake,
        extra_routes=[*task_routes(office, clock, Misses()), *pushed(channels)],
        movable=machine,
        documents=documents(),
        rosters=rosters(),
        sheets=sheets(),
        pulse=lambda: beat.turned_at,
        audit=auditor or Unaudited(),
        troubles=lambda: [f"{name}: {ear.trouble}" for name, ear in ears.items() if ear.trouble],
    )


def _wake(beat: Beat, loop: asyncio.AbstractEventLoop, machine: TimeMachine | None) -> None:
    """For the pages, from their threads: returns when a beat has run and a journey in time has ended, or after 10 s."""
    with suppress(TimeoutError):
        if machine:
            machine.arrived(WAKE_LIMIT)
        asyncio.run_coroutine_threadsafe(beat.turn(), loop).result(WAKE_LIMIT)


def _on_signals() -> asyncio.Event:
    stop = asyncio.Event()

    def come() -> None:
        if stop.is_set():
            os._exit(AT_ONCE)
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, come)
    return stop


async def _heartbeat(dog: Watchdog) -> None:
    while True:
        dog.pat()
        await asyncio.sleep(HEARTBEAT)


async def kept_up(name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """A chat that breaks is started again; the pages and the other chats do not notice."""
    while True:
        try:
            await work()
        except Exception:
            log.exception("%s broke down; starting it again in %s s", name, AGAIN_AFTER)
        await asyncio.sleep(AGAIN_AFTER)


async def _announce(pages: Pages, ready: Callable[[], None]) -> None:
    while not pages.started:  # noqa: ASYNC110 - uvicorn has a flag, no event
        await asyncio.sleep(0.02)
    ready()


async def _until_the_end(stop: asyncio.Event, tasks: Tasks) -> int:
    waiting = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait([waiting, *tasks.values()], return_when=asyncio.FIRST_COMPLETED)
    if waiting in done:
        return 0
    waiting.cancel()
    for task in done:
        if isinstance(why := _why(task), StoreRefused):
            log.critical("%s", why)
            raise why
        log.critical(
            "%s ended by itself; ending so that a fresh process can go on", task.get_name(), exc_info=_why(task)
        )
    return STUCK


def _why(task: asyncio.Task[Any]) -> BaseException | None:
    return None if task.cancelled() else task.exception()


async def _say_goodbye(channel: Channel) -> None:
    try:
        await channel.close()
    except Exception:
        log.exception("the connections of %s did not close; everything is recorded all the same", channel.channel)


async def _close(beat: Beat, pages: Pages, channels: Sequence[Channel], tasks: Tasks) -> None:
    try:
        async with asyncio.timeout(HARD_LIMIT):
            for name in tasks.keys() - {"the pages", "the beat"}:
                tasks[name].cancel()
            pages.should_exit = True
            await beat.stop(PATIENCE)
            await asyncio.wait(tasks.values())
            for channel in channels:
                await _say_goodbye(channel)
    except TimeoutError:
        log.error("not everything ended within %s s; leaving it to its leases", HARD_LIMIT)  # noqa: TRY400 - no fault of a line
        os._exit(0)
