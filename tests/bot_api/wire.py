"""The bytes: reading a call from JSON, form or multipart; breaking a connection, half an answer, one byte at a time."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from uvicorn.protocols.http.h11_impl import H11Protocol

from tests.bot_api.calls import Upload
from tests.bot_api.errors import careless

AS_JSON = frozenset(
    [
        "reply_markup",
        "reply_parameters",
        "entities",
        "caption_entities",
        "allowed_updates",
        "commands",
        "scope",
        "link_preview_options",
        "reaction",
        "message_ids",
        "media",
        "permissions",
        "menu_button",
    ]
)
NO_LINGER = struct.pack("ii", 1, 0)
Params = dict[str, object]


class BreakableProtocol(H11Protocol):
    """uvicorn's HTTP, with the transport within reach of the request: `request.state.transport`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn narrows it too
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


async def read_call(request: Request) -> tuple[Params, dict[str, Upload]]:
    """Return the parameters, JSON ones decoded, and the uploaded files by part name."""
    params: Params = dict(request.query_params)
    uploads: dict[str, Upload] = {}
    if request.headers.get("content-type", "").startswith("application/json"):
        params |= _object(await request.body())
    else:
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    kind = value.content_type or "application/octet-stream"
                    uploads[name] = Upload(value.filename or name, await value.read(), kind)
                else:
                    params[name] = value
    return {name: _decoded(name, value) for name, value in params.items() if value is not None}, uploads


async def broken(request: Request, *, after: bytes = b"") -> Response:
    """Break the connection under the answer: at once with a reset, or after some bytes of it."""
    transport = request.state.transport
    if after:
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % (len(after) * 2)
        transport.write(head + after)
        transport.close()
    else:
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        transport.abort()
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return Response()


def trickled(body: bytes, seconds: float) -> Response:
    async def drops() -> AsyncIterator[bytes]:
        for byte in body:
            await asyncio.sleep(seconds / len(body))
            yield bytes([byte])

    return StreamingResponse(drops(), media_type="application/json")


def _object(body: bytes) -> Params:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        raise careless("can't parse the request body as JSON") from None
    if not isinstance(found, dict):
        raise careless("object expected as request body")
    return found


def _decoded(name: str, value: object) -> object:
    if name not in AS_JSON or not isinstance(value, str) or not value:
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise careless(f"can't parse {name} JSON object") from None
