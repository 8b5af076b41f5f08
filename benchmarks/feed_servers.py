"""Calendar servers in processes of their own, all on one core, and wrk on the other that asks them."""

import os
import re
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from benchmarks import feed_office
from benchmarks.running import core_of

SECONDS, CONNECTIONS = 2, 16
GZIP = "Accept-Encoding: gzip"


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    pid: int
    tag: str = ""
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speed:
    """Requests a second: by the clock on the wall, and for each second that the server had of its core."""

    by_wall: float
    by_core: float


def asked(server: Server, *said: str) -> Speed:
    """What it does for wrk; every answer is checked to be 2xx or 3xx."""
    headers = [word for header in (*said, *server.headers) for word in ("-H", header)]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *headers, server.url]
    begun = core_of(server.pid)
    told = subprocess.run(command, capture_output=True, text=True, check=True, preexec_fn=lambda: _pin(1)).stdout  # noqa: S603
    took = core_of(server.pid) - begun
    assert "Non-2xx" not in told, told  # noqa: S101
    requests, rate = re.search(r"(\d+) requests in", told), re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert requests is not None, told  # noqa: S101
    assert rate is not None, told  # noqa: S101
    return Speed(float(rate[1]), int(requests[1]) / took)


@contextmanager
def server(kind: str, folder: Path, secret: str) -> Iterator[Server]:
    """Ours, or a bare Starlette; the calendar's bytes are in `folder` from then on."""
    command = [sys.executable, "-m", "benchmarks.feed_office", kind, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=lambda: _pin(0)) as process:  # noqa: S603, PLW1509
        try:
            assert process.stdout is not None  # noqa: S101 it is a pipe
            url = f"http://127.0.0.1:{int(process.stdout.readline())}/feeds/{secret}.ics"
            content, tag = _fetched(url)
            (folder / feed_office.BYTES).write_bytes(content)
            yield Server(url, process.pid, tag)
        finally:
            process.terminate()


@contextmanager
def radicale(folder: Path) -> Iterator[Server]:
    """Radicale with the same calendar; nobody has to sign in, and it writes no log."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    command = [sys.executable, "-m", "radicale", "--config", "", "--hosts", f"127.0.0.1:{port}", "--auth-type", "none"]
    command += ["--rights-type", "authenticated", "--storage-filesystem-folder", str(folder / "radicale")]
    command += ["--logging-level", "error"]
    said = (f"Authorization: Basic {b64encode(b'u:u').decode()}",)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, preexec_fn=lambda: _pin(0)) as process:  # noqa: S603, PLW1509
        try:
            place = Server(f"http://127.0.0.1:{port}/u/cal/", process.pid, headers=said)
            _put(place, (folder / feed_office.BYTES).read_bytes())
            yield place
        finally:
            process.terminate()


def _put(place: Server, calendar: bytes) -> None:
    """Give it the calendar, as soon as it listens."""
    headers = dict(header.split(": ", 1) for header in place.headers) | {"Content-Type": "text/calendar"}
    for _ in range(200):
        with suppress(ConnectionError, URLError):
            urlopen(Request(place.url, data=calendar, method="PUT", headers=headers)).close()  # noqa: S310 our own server
            return
        time.sleep(0.05)
    raise TimeoutError(place.url)


def _fetched(url: str) -> tuple[bytes, str]:
    for _ in range(100):
        with suppress(URLError), urlopen(url) as answer:  # noqa: S310 our own server
            return answer.read(), answer.headers["etag"]
        time.sleep(0.05)
    raise TimeoutError(url)


def _pin(core: int) -> None:
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {core})
