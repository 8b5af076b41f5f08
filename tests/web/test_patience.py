"""A body that dribbles in is cut off; one that comes is let through; who waits afterwards is not hurried."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Scope

from tests.web.world import World
from web import patience
from web.patience import Patience

HEADERS = [(b"content-type", b"application/x-www-form-urlencoded"), (b"host", b"127.0.0.1:8080")]


def scope(path: str) -> Scope:
    plain = {"http_version": "1.1", "query_string": b"", "root_path": "", "scheme": "http", "client": ("127.0.0.1", 1)}
    return {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "headers": HEADERS, **plain}


async def asked(app: object, path: str, *coming: Message) -> Message:
    """The beginning of the answer when these come, and then nothing."""
    said: list[Message] = []
    messages = list(coming)

    async def receive() -> Message:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop(0)

    async def send(message: Message) -> None:
        said.append(message)

    async with asyncio.timeout(60):
        await app(scope(path), receive, send)  # type: ignore[operator] # an ASGI application
    return said[0]


def piece(*, more: bool) -> Message:
    return {"type": "http.request", "body": b"x", "more_body": more}


async def whole(request: Request) -> Response:
    return PlainTextResponse(await request.body())


async def waiting(request: Request) -> Response:
    await request.body()
    left = asyncio.ensure_future(request.receive())
    await asyncio.sleep(0.05)
    assert not left.done()
    left.cancel()
    return PlainTextResponse("ok")


APP = Starlette(routes=[Route("/whole", whole, methods=["POST"]), Route("/waiting", waiting, methods=["POST"])])


async def test_a_whole_body_is_let_through() -> None:
    assert (await asked(Patience(APP), "/whole", piece(more=True), piece(more=False)))["status"] == 200


async def test_a_body_that_stops_is_cut_off_and_the_line_closed() -> None:
    said = await asked(Patience(APP, step=0.01), "/whole", piece(more=True))
    assert said["status"] == 408
    assert (b"connection", b"close") in said["headers"]


async def test_a_body_that_dribbles_is_cut_off_when_its_time_is_over() -> None:
    assert (await asked(Patience(APP, whole=0.0), "/whole", piece(more=True)))["status"] == 408


async def test_who_waits_for_the_end_is_not_hurried() -> None:
    assert (await asked(Patience(APP, step=0.01), "/waiting", piece(more=False)))["status"] == 200


@pytest.mark.parametrize("path", ["/in/nobody", "/inbox/report", "/api/v1/parts/x/answers"])
async def test_the_pages_have_it(world: World, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "STEP", 0.01)
    app = world.app
    said = await asked(app, path, piece(more=True))
    assert 400 <= said["status"] < 500
