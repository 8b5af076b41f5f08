"""An office with calendars to serve and to draw, and what is behind them; also a server of one in a process of its own.

``python -m benchmarks.feed_office ours FOLDER`` serves what `ruqi run` serves; ``… bare FOLDER`` the same bytes by
Starlette alone.
"""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from benchmarks.plays import sample_office
from feeds.conditional import entity_tag
from feeds.door import Door
from plans.library import load, load_roster
from ruqi.listening import Pages, event_loop, listen
from ruqi.serve import converse
from scheduler.clock import ShiftedClock, SystemClock
from schedules.civil import instant
from storage.engine import open_store
from storage.migrate import upgrade
from usecases.enroll import find_officer
from usecases.enroll import load_roster as enrol
from usecases.feed import create_feed
from usecases.import_plan import import_plan
from usecases.office import Office
from web.app import create_app

STORE, SECRET, BYTES = "office.db", "secret", "feed.ics"
ABOUT_100_EVENTS = 12
DAY = date(2024, 1, 2)


def clock() -> SystemClock:
    """The program's own, on the plan's day: what it costs is what it costs an office."""
    now = SystemClock().now()
    return ShiftedClock((datetime.combine(DAY, now.timetz()) - now).total_seconds())


def fill(office: Office, duties: int | None = None) -> str:
    """The Hongsibu plan of 2024 for its 28 units, or its first `duties`; gives the secret of the bureau's calendar."""
    plan, roster = load("hongsibu").plan, load_roster().roster
    assert plan is not None  # noqa: S101 the plan is shipped
    assert roster is not None  # noqa: S101 the roster is shipped
    with office.write(instant(DAY, office.hours.sends, office.zone)) as desk:
        enrol(desk, roster)
        import_plan(desk, replace(plan, duties=plan.duties[:duties]))
        bureau = next(o.name for unit in roster.units for o in unit.officers if o.role == "bureau")
        return create_feed(desk, find_officer(desk, bureau), "bureau")


def office_in(folder: Path) -> Office:
    return replace(sample_office(), store=open_store(f"sqlite:///{folder / STORE}"))


def prepare(folder: Path) -> str:
    office = office_in(folder)
    upgrade(office.store)
    secret = fill(office, ABOUT_100_EVENTS)
    (folder / SECRET).write_text(secret)
    office.store.close()
    return secret


def ours(folder: Path) -> ASGIApp:
    office, day = office_in(folder), clock()
    return Door(office, day, create_app(office, day, converse=converse, wake=lambda: None))


def bare(folder: Path) -> ASGIApp:
    content = (folder / BYTES).read_bytes()
    tag = entity_tag(content)
    said = {"etag": tag, "cache-control": "private, max-age=60"}

    async def feed(request: Request) -> Response:
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=said)
        return Response(content, media_type="text/calendar", headers=said)

    return Starlette(routes=[Route("/feeds/{secret}.ics", feed)])


KINDS: dict[str, Callable[[Path], ASGIApp]] = {"ours": ours, "bare": bare}


async def _serve(app: ASGIApp) -> None:
    with listen("127.0.0.1", 0) as sock:
        sys.stdout.write(f"{sock.getsockname()[1]}\n")
        sys.stdout.flush()
        await Pages(app).serve(sockets=[sock])


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=event_loop) as runner:
        runner.run(_serve(partial(KINDS[sys.argv[1]], Path(sys.argv[2]))()))
