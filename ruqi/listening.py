"""The pages' own corner of the process: taking the address, and uvicorn without its habits."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from schedules.errors import RuqiError

FINISH_WITHIN = 3
"""Seconds that open requests have after a signal."""


def event_loop() -> asyncio.AbstractEventLoop:
    """The loop of libuv, which answers about twice as fast; Python's own where there is none (Windows)."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return asyncio.new_event_loop()
    return new_event_loop()


class PortTaken(RuqiError):
    """Another program listens there; choose another port with --port or RUQI_PORT."""

    key = "port_taken"

    def __init__(self, host: str, port: int, why: str) -> None:
        self.values = {"host": host, "port": port, "what": why}
        super().__init__(f"Cannot listen on {host}:{port} ({why}); choose another with --port or RUQI_PORT.")


def listen(host: str, port: int) -> socket.socket:
    """Take the address before anything else is done; port 0 takes a free one. Raises PortTaken."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        taken = socket.socket(family, kind, protocol)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
    except OSError as error:
        raise PortTaken(host, port, error.strerror or str(error)) from error
    return taken


class Pages(uvicorn.Server):
    """The server in our event loop: it leaves signals alone, logs no request (paths hold secrets), says no version."""

    def __init__(self, app: ASGIApp, at_end: Callable[[], None] = lambda: None) -> None:
        self._at_end = at_end
        super().__init__(
            uvicorn.Config(
                app,
                access_log=False,
                http="httptools",
                lifespan="off",
                log_config=None,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=FINISH_WITHIN,
                ws="none",
            )
        )

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """The live inboxes end first: nobody waits for them."""
        self._at_end()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
