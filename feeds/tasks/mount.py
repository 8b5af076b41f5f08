"""Where the task list stands among our addresses: ``/caldav/``, and the place apps look first (RFC 6764 section 5)."""

import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager
from http import HTTPStatus
from typing import Any, Literal, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from feeds.door import Clock
from usecases.office import Desk, Office

PREFIX = "/caldav"
WELL_KNOWN = "/.well-known/caldav"
WORKERS = 4
LATER = {"Retry-After": "60"}
Mode = Literal["r", "w"]
"""Whether a transaction reads or writes."""


class Misses(Protocol):
    """How often somebody may be wrong."""

    def count(self, key: str, /) -> None: ...
    def too_many(self, key: str, /) -> bool: ...


class Tasks:
    """ASGI: Radicale, imported and put together when the first app asks (a third of a second, 15 MB)."""

    def __init__(self, office: Office, clock: Clock, misses: Misses) -> None:
        self._office, self._clock, self._misses = office, clock, misses
        self._server: ASGIApp | None = None
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._office.tasks_on:
            await Response(status_code=HTTPStatus.NOT_FOUND)(scope, receive, send)
            return
        address = scope["client"][0] if scope.get("client") else ""
        if self._misses.too_many(f"caldav {address}"):
            await Response(status_code=HTTPStatus.TOO_MANY_REQUESTS, headers=LATER)(scope, receive, send)
            return
        await (await run_in_threadpool(self._made))(scope, receive, send)

    def _made(self) -> ASGIApp:
        from a2wsgi import WSGIMiddleware  # noqa: PLC0415 - an extra, as is what follows

        from feeds.tasks.server import MOST_BODY, task_server  # noqa: PLC0415 - Radicale, only when it is asked for

        with self._lock:
            if self._server is None:
                radicale: Any = WSGIMiddleware(task_server(self._desk, self._misses, PREFIX), workers=WORKERS)
                self._server = RequestBodyLimitMiddleware(radicale, MOST_BODY)
            return self._server

    def _desk(self, mode: Mode) -> AbstractContextManager[Desk]:
        now = self._clock.now()
        return self._office.write(now) if mode == "w" else self._office.read(now)


class ToTasks:
    """ASGI, so that it answers any method: apps ask with PROPFIND."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._office.tasks_on:
            await Response(status_code=HTTPStatus.NOT_FOUND)(scope, receive, send)
            return
        there = {"Location": f"{PREFIX}/"}
        await Response(status_code=HTTPStatus.MOVED_PERMANENTLY, headers=there)(scope, receive, send)


def routes(office: Office, clock: Clock, misses: Misses) -> Sequence[BaseRoute]:
    """Apps that were only told the server ask at its root."""
    there = ToTasks(office)
    root = Route("/", there, methods=["PROPFIND"])
    return [Route(WELL_KNOWN, there), root, Mount(PREFIX, Tasks(office, clock, misses))]
