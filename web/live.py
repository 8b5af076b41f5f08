"""The live inbox: server-sent events that say no more than "look again".

A connection is a waiting task in the event loop and holds no thread. One shared task reads the marks of everybody who
watches, in one thread, half a second after a commit at the earliest and every few seconds anyway: another process may
have written, and a reminder comes to lie in an inbox by the mere passing of time. What is new, the browser fetches from
/inbox/cards, with its rights as they are then.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from usecases.stirred import inbox_marks
from web.entry import visit_of
from web.errors import answer_error
from web.site import Site
from web.visit import Visit

GATHER, REST, BREATH, LIFE = 0.5, 5.0, 20.0, 600.0
"""Seconds: to gather changes, until all are looked after anyway, between signs of life, of one connection."""
MOST = 1000
BUSY = 503
AGAIN = "retry: 3000\n\n"
LOOK, ALIVE = "data: look\n\n", ":\n\n"
HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}

log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Watcher:
    """One open inbox."""

    officer_id: int
    unit_id: int
    mark: str = ""
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Live:
    """Everybody who watches. `stir` may be called from any thread; the rest belongs to the event loop."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._watchers: set[Watcher] = set()
        self._stirred = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._ended = False

    def __len__(self) -> int:
        return len(self._watchers)

    def route(self, path: str) -> Route:
        return Route(path, self._answer, methods=["GET"], name=f"GET {path}")

    def stir(self) -> None:
        """Something was written."""
        if self._loop is not None and self._watchers:
            with suppress(RuntimeError):  # the loop has just been closed
                self._loop.call_soon_threadsafe(self._stirred.set)

    def end(self) -> None:
        """Every stream ends by itself now, so that the server need not wait for it."""
        self._ended = True
        for watcher in self._watchers:
            watcher.news.set()

    async def _answer(self, request: Request) -> Response:
        visit = visit_of(self._site, request)
        try:
            watcher = await run_in_threadpool(_watcher, visit)
        except Exception as error:  # noqa: BLE001 - every refusal is a page, as everywhere
            return answer_error(visit, error)
        if self._ended or len(self) >= MOST:
            return Response(status_code=BUSY, headers={"retry-after": "60"})
        return StreamingResponse(self.watch(watcher), media_type="text/event-stream", headers=HEADERS)

    async def watch(self, watcher: Watcher) -> AsyncIterator[str]:
        """The events of one connection, until it has lived long enough, goes away, or the program ends."""
        self._join(watcher)
        try:
            yield AGAIN
            with suppress(TimeoutError):
                async with asyncio.timeout(LIFE):
                    while not self._ended:
                        yield await self._next(watcher)
        finally:
            self._watchers.discard(watcher)

    async def _next(self, watcher: Watcher) -> str:
        try:
            await asyncio.wait_for(watcher.news.wait(), BREATH)
        except TimeoutError:
            return ALIVE
        watcher.news.clear()
        return ALIVE if self._ended else LOOK

    def _join(self, watcher: Watcher) -> None:
        self._watchers.add(watcher)
        if self._task is None or self._task.done():
            self._loop = asyncio.get_running_loop()
            self._task = self._loop.create_task(self._look_after(), name="the live inboxes")
        self._stirred.set()

    async def _look_after(self) -> None:
        """While anybody watches. What goes wrong once is tried again: the browser has its own slower way too."""
        while self._watchers and not self._ended:
            self._stirred.clear()
            units = {watcher.officer_id: watcher.unit_id for watcher in self._watchers}
            try:
                self._tell(await run_in_threadpool(self._marks, units))
            except Exception:
                log.exception("the marks of the live inboxes could not be read")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), REST)
            await asyncio.sleep(GATHER)

    def _marks(self, units: dict[int, int]) -> dict[int, str]:
        with self._site.office.read(self._site.clock.now()) as desk:
            return inbox_marks(desk, units)

    def _tell(self, marks: dict[int, str]) -> None:
        for watcher in self._watchers:
            mark = marks.get(watcher.officer_id, watcher.mark)
            if watcher.mark != mark:  # the first mark too: what changed before it was read is seen by looking once
                watcher.mark = mark
                watcher.news.set()


def _watcher(visit: Visit) -> Watcher:
    with visit.look() as (_, officer):
        return Watcher(officer.id, officer.unit_id)
