"""The fake's server: in a thread of the test, or for good in its own process."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator

import uvicorn

from tests.bot_api.bench import Bench
from tests.bot_api.server import Door
from tests.bot_api.wire import BreakableProtocol

HOST = "127.0.0.1"


def listening(port: int) -> socket.socket:
    """A listening socket on loopback; port 0 takes a free one.

    It says TCP by name: for a socket without it asyncio leaves Nagle's algorithm on, and every call takes 40 ms.
    """
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((HOST, port))
    sock.listen(256)
    return sock


def serve(bench: Bench, sock: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM."""
    _Server(_config(bench), bench).run(sockets=[sock])


@contextlib.contextmanager
def in_thread(bench: Bench) -> Iterator[str]:
    """Serve from a thread; the value is host and port."""
    with listening(0) as sock:
        server = _ThreadServer(_config(bench), bench)
        thread = threading.Thread(target=server.run, args=([sock],), daemon=True)
        thread.start()
        assert server.listens.wait(60), "the fake Bot API did not start"
        try:
            yield "{}:{}".format(*sock.getsockname())
        finally:
            server.stops.set()
            thread.join(10)


class _Server(uvicorn.Server):
    """Hangs up on everybody when it stops: a held getUpdates would keep it for most of a minute."""

    def __init__(self, config: uvicorn.Config, bench: Bench) -> None:
        super().__init__(config)
        self.bench = bench

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.bench.close()
        for server in self.servers:
            server.close()
        for connection in self.server_state.connections:
            if isinstance(connection, BreakableProtocol):
                connection.transport.abort()


class _ThreadServer(_Server):
    """Says when it listens, and stops the moment it is told to instead of at uvicorn's next look."""

    def __init__(self, config: uvicorn.Config, bench: Bench) -> None:
        super().__init__(config, bench)
        self.listens, self.stops = threading.Event(), threading.Event()

    async def main_loop(self) -> None:
        self.listens.set()
        await asyncio.to_thread(self.stops.wait)


def _config(bench: Bench) -> uvicorn.Config:
    return uvicorn.Config(
        Door(bench).app(), http=BreakableProtocol, ws="none", lifespan="off", log_config=None, access_log=False
    )
