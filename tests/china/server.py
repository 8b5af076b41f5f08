"""A fake platform's server: aiohttp in a thread, with faults on order and a list of complaints."""

import asyncio
import contextlib
import itertools
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aiohttp import BodyPartReader, web

from tests.china.screens import Screens

T = TypeVar("T")
LOST = web.RequestKey("lost", bool)
"""Whether the answer to this request is to be lost on its way."""
SOON = 60.0
"""Seconds; a shared machine stalls at times."""


@dataclass(slots=True)
class Fault:
    """What strikes the next sends (`times` of them): a refusal with `code`, or an answer that is `lost` on its way."""

    code: int | str = 0
    words: str = ""
    lost: bool = False
    times: int = 1
    only: Callable[[str], bool] = lambda _: True
    """Which kinds of calls it strikes."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file in a form. `field` is the form's name for it."""

    field: str
    name: str
    media_type: str
    data: bytes

    @property
    def is_png(self) -> bool:
        """Whether it is one, by its bytes, and is said to be one."""
        return self.data.startswith(b"\x89PNG\r\n") and self.media_type == "image/png" and self.name.endswith(".png")

    def __str__(self) -> str:
        return f"{self.field} {self.name} {self.media_type} {len(self.data)}"


@dataclass
class Fake:
    """The platform: `url` for the bot; people act through its methods. A subclass adds routes and shapes."""

    screens: Screens = field(default_factory=Screens)
    complaints: list[str] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)
    calls: list[tuple[str, Any]] = field(default_factory=list)
    told: list[Any] = field(default_factory=list)
    """What the bot was told of people, as it went over the wire."""
    connected: int = 0
    """How many connections were ever taken."""
    refuse_secret: bool = False
    files: dict[str, bytes] = field(default_factory=dict)
    """What people sent, as the platform hands it out."""
    pictures: dict[str, bytes] = field(default_factory=dict)
    """What the bot sent, by the name it was given."""
    port: int = 0

    def __post_init__(self) -> None:
        self._faults: list[Fault] = []
        self._ids = itertools.count(1)
        self._ready = threading.Event()
        self.live: list[web.WebSocketResponse] = []

    # The server

    def start(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        assert self._ready.wait(SOON), "the fake did not start"

    def stop(self) -> None:
        self.run(self._close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(SOON)
        self.loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run in the fake's thread."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(SOON)

    def routes(self) -> list[web.RouteDef]:
        raise NotImplementedError

    def _serve(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self._open())
        self._ready.set()
        self.loop.run_forever()

    async def _open(self) -> None:
        app = web.Application()
        app.add_routes(self.routes())
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _close(self) -> None:
        await self._drop()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    # What a test does to it

    def fail(self, code: int | str = 0, words: str = "", *, lost: bool = False, times: int = 1, only: str = "") -> None:
        """Strike the next sends whose kind contains `only`."""
        self._faults.append(Fault(code, words, lost, times, lambda kind: only in kind))

    def drop(self) -> None:
        """Hang up on everybody who is connected."""
        self.run(self._drop())

    def number(self) -> str:
        return str(next(self._ids))

    def complain(self, words: str) -> None:
        self.complaints.append(words)

    def check(self) -> None:
        assert not self.complaints, self.complaints

    def wait(self, look: Callable[[], T], seconds: float = SOON) -> T:
        """Wait until it is true, from a test without a loop."""
        until = time.monotonic() + seconds
        while not (found := look()):
            assert time.monotonic() < until, "it did not come"
            time.sleep(0.01)
        return found

    # For the subclasses

    async def hand_out(self, request: web.Request) -> web.Response:
        data = self.files.get(request.match_info["name"])
        return web.Response(status=404) if data is None else web.Response(body=data)

    def strike(self, kind: str) -> Fault | None:
        """The fault that strikes a call of this kind, used up once."""
        for fault in self._faults:
            if fault.times > 0 and fault.only(kind):
                fault.times -= 1
                return fault
        return None

    async def push(self, told: Coroutine[Any, Any, None]) -> None:
        """Tell a connection that may be gone this very moment: then nobody hears it, and nobody is at fault."""
        with contextlib.suppress(ConnectionError):
            await told

    async def _drop(self) -> None:
        for socket in list(self.live):
            transport = socket._req.transport if socket._req else None  # noqa: SLF001 - a line cut without a goodbye
            if transport is not None:
                transport.abort()
        self.live.clear()


def hang_up(request: web.Request) -> web.Response:
    """The answer that never comes: the line is cut instead."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def read_form(request: web.Request) -> tuple[dict[str, str], SentFile | None]:
    """The fields of a multipart form, and its file; nothing where it is no such form."""
    if request.content_type != "multipart/form-data":
        return {}, None
    fields, file = dict[str, str](), None
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        data, name = await part.read(), part.name or ""
        if part.filename is None:
            fields[name] = data.decode()
        else:
            file = SentFile(name, part.filename, part.headers.get("Content-Type", ""), bytes(data))
    return fields, file
