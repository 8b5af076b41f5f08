"""A proxy between a node and PostgreSQL that cuts the line at a chosen COMMIT of a transaction that has written.

"unsent": the server never hears the COMMIT. "unheard": it commits, and its answer is lost. Every other connection of
the node is cut with it, as when a cable is pulled. Messages: postgresql.org/docs/current/protocol-message-formats.html.
"""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, Literal

How = Literal["unsent", "unheard"]
_NEGOTIATIONS = {80877103, 80877104}
"""SSLRequest and GSSENCRequest: answered with one byte, and the real start follows."""
_COMMIT = b"COMMIT\x00"
_WRITES = (b"UPDATE ", b"INSERT ", b"DELETE ")


class Cutter:
    """`arm` it, and the n-th COMMIT from then on (the first is 1) is cut; `fired` says whether there was one."""

    def __init__(self, server: tuple[str, int]) -> None:
        self._server = server
        self._lock = threading.Lock()
        self._lines: list[Line] = []
        self._at: tuple[int, How] | None = None
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self.fired = False

    def arm(self, at: int, how: How) -> None:
        with self._lock:
            self._at, self.fired = (at, how), False

    def disarm(self) -> None:
        with self._lock:
            self._at = None

    def commits(self) -> How | None:
        """A transaction that wrote is about to be committed: what is to happen to it."""
        with self._lock:
            if self._at is None:
                return None
            left, how = self._at[0] - 1, self._at[1]
            self._at = (left, how) if left else None
            self.fired = not left
            return None if left else how

    def cut(self) -> None:
        with self._lock:
            lines, self._lines = self._lines, []
        for line in lines:
            line.cut()

    def serve(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            line = Line(self, client, socket.create_connection(self._server))
            with self._lock:
                self._lines.append(line)
            for pump in (line.up, line.down):
                threading.Thread(target=pump, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.cut()


class Line:
    """One connection of the node, and the one to the server behind it."""

    def __init__(self, cutter: Cutter, client: socket.socket, server: socket.socket) -> None:
        self._cutter, self._client, self._server = cutter, client, server
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wrote = False
        self._deaf = False

    def up(self) -> None:
        """What the node says, message by message."""
        with suppress(OSError, EOFError), self._client.makefile("rb") as said:
            while self._untyped(_exactly(said, 4), said) in _NEGOTIATIONS:
                pass
            while True:
                head = _exactly(said, 5)
                self._typed(head, _exactly(said, struct.unpack("!I", head[1:])[0] - 4))
        self.cut()

    def down(self) -> None:
        with suppress(OSError):
            while (heard := self._server.recv(65536)) and not self._deaf:
                self._client.sendall(heard)
        if self._deaf:
            self._cutter.cut()
        self.cut()

    def cut(self) -> None:
        for end in (self._client, self._server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _untyped(self, length: bytes, said: BinaryIO) -> int:
        body = _exactly(said, struct.unpack("!I", length)[0] - 4)
        self._server.sendall(length + body)
        return int(struct.unpack("!I", body[:4])[0])

    def _typed(self, head: bytes, body: bytes) -> None:
        self._wrote = self._wrote or any(word in body for word in _WRITES)
        how = None
        if body == _COMMIT:
            how, self._wrote = self._cutter.commits() if self._wrote else None, False
        if how == "unsent":
            self._cutter.cut()
            return
        self._deaf = how == "unheard"
        self._server.sendall(head + body)


def _exactly(said: BinaryIO, size: int) -> bytes:
    found = said.read(size)
    if len(found) < size:
        raise EOFError
    return found


@contextmanager
def cutter(host: str, port: int) -> Iterator[Cutter]:
    made = Cutter((host, port))
    threading.Thread(target=made.serve, daemon=True).start()
    try:
        yield made
    finally:
        made.close()
