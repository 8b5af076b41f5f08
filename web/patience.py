"""How long a request may take to arrive: a body that dribbles in is cut off with 408, so that nobody is held up."""

import asyncio
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STEP = 10.0
"""Seconds without a byte of it."""
WHOLE = 120.0
"""Seconds for a whole body: 20 MB over the slowest line an office has."""


class Patience:
    """ASGI middleware. What waits for the end of a connection after the body (the live inbox) is not hurried."""

    def __init__(self, app: ASGIApp, step: float | None = None, whole: float = WHOLE) -> None:
        self._app, self._step, self._whole = app, step, whole

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        arriving, late = True, False
        loop = asyncio.get_running_loop()
        until = loop.time() + self._whole

        async def receive_in_time() -> Message:
            nonlocal arriving, late
            if not arriving:
                return await receive()
            try:
                async with asyncio.timeout_at(min(until, loop.time() + (STEP if self._step is None else self._step))):
                    message = await receive()
            except TimeoutError:
                late = True
                raise HTTPException(HTTPStatus.REQUEST_TIMEOUT) from None
            arriving = message["type"] == "http.request" and message.get("more_body", False)
            return message

        async def send_last(message: Message) -> None:
            if late and message["type"] == "http.response.start":
                MutableHeaders(scope=message)["connection"] = "close"
            await send(message)

        await self._app(scope, receive_in_time, send_last)
