"""Feeds: served against a bare Starlette and Radicale with the same bytes; after one change against written whole.

Serving is measured by wrk (Debian's package of that name) on one core, the server on the other; without it, not at all.
"""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from importlib.util import find_spec
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from benchmarks import feed_office
from benchmarks.measure import Row, paired
from benchmarks.plays import sample_office
from feeds.calendar import render
from feeds.keep import Pieces
from schedules.civil import instant
from storage import parts, tokens
from usecases.feed import reading_of, revoke_feed
from usecases.feed_view import entries, full, sheet
from usecases.office import Desk

COPIES = 6
ROUNDS, SECONDS, CONNECTIONS = 5, 2, 16
GIVE_UP = 10


def run() -> list[Row]:
    return [*_served(), *_after_one_change()]


def _after_one_change() -> Iterator[Row]:
    """The bureau's calendar, taken several times over where only the writing is measured."""
    office = sample_office()
    office.store.create()
    secret = feed_office.fill(office)
    now = instant(feed_office.DAY, office.hours.sends, office.zone) + timedelta(hours=1)
    with office.write(now) as desk:
        found = reading_of(desk, secret)
        assert found is not None  # noqa: S101 it was made above
        short, whole = sheet(desk, found), full(desk, found)
        many = replace(short, lines=tuple(_copies(short.lines)))
        known = dict(enumerate(e for e in whole.entries for _ in range(COPIES)))
        large = replace(whole, entries=tuple(known.values()))
        pieces, turn = Pieces(), iter(range(1, 10_000))

        def one_changed() -> object:
            lines = (replace(many.lines[0], mark=("changed", next(turn))), *many.lines[1:])
            return pieces.write(replace(many, lines=lines), lambda ids: {n: known[n] for n in ids})

        a, b = paired(one_changed, lambda: render(large))
        yield Row(
            f"a feed of {len(large.entries)} events after one changed, against whole", a * 1e3, b * 1e3, "ms", "≤ 0.05"
        )
        a, b = paired(lambda: _change_and_write(desk, secret, pieces), lambda: _whole(desk, secret))
        yield Row(f"the same from the database, {len(whole.entries)} events", a * 1e3, b * 1e3, "ms", "≤ 0.1")


def _copies(lines: tuple) -> Iterator:  # type: ignore[type-arg]
    number = 0
    for line in lines:
        for _ in range(COPIES):
            yield replace(line, part_id=number)
            number += 1


def _change_and_write(desk: Desk, secret: str, pieces: Pieces) -> object:
    found = reading_of(desk, secret)
    assert found is not None  # noqa: S101 it was made above
    short = sheet(desk, found)
    parts.change_part(desk.tx, short.lines[0].part_id, changed_at=desk.now)
    return pieces.write(sheet(desk, found), lambda ids: entries(desk, ids))


def _whole(desk: Desk, secret: str) -> object:
    found = reading_of(desk, secret)
    assert found is not None  # noqa: S101 it was made above
    return render(full(desk, found))


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    tag: str
    headers: tuple[str, ...] = ()


def _served() -> Iterator[Row]:
    if shutil.which("wrk") is None:
        sys.stdout.write("a feed served: left out, wrk is not installed\n")
        return
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        secret = feed_office.prepare(folder)
        ours = stack.enter_context(_server("ours", folder, secret))
        bare = stack.enter_context(_server("bare", folder, secret))
        size = (folder / feed_office.BYTES).stat().st_size / 1000
        for status, reach in ((HTTPStatus.NOT_MODIFIED, "≥ 0.9"), (HTTPStatus.OK, "≥ 0.85")):
            pairs = [(_rate(ours, status), _rate(bare, status)) for _ in range(ROUNDS)]
            ratio = statistics.median(a / b for a, b in pairs)
            a = statistics.median(a for a, _ in pairs)
            yield Row(
                f"a feed of {size:.0f} kB: {status.value}, against bare",
                a / 1e3,
                a / ratio / 1e3,
                "k/s",
                reach,
            )
        yield from _against_radicale(stack, folder, ours)
        yield Row(
            "a feed revoked by another process answers 404 after", _until_gone(folder, secret, ours), 1, "s", "≤ 1"
        )


def _against_radicale(stack: ExitStack, folder: Path, ours: Server) -> Iterator[Row]:
    """The same calendar from the same machine by the CalDAV server that many offices run."""
    if find_spec("radicale") is None:
        sys.stdout.write("a feed against Radicale: left out, it is not installed (make caldav)\n")
        return
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    theirs = stack.enter_context(_radicale(port, folder))
    pairs = [(_rate(ours, HTTPStatus.OK), _rate(theirs, HTTPStatus.OK)) for _ in range(ROUNDS)]
    a, b = (statistics.median(rates) for rates in zip(*pairs, strict=True))
    yield Row("the same GET, against Radicale", a / 1e3, b / 1e3, "k/s", "≥ 100")


@contextmanager
def _radicale(port: int, folder: Path) -> Iterator[Server]:
    command = [sys.executable, "-m", "radicale", "--config", "", "--hosts", f"127.0.0.1:{port}", "--auth-type", "none"]
    command += ["--rights-type", "authenticated", "--storage-filesystem-folder", str(folder / "radicale")]
    command += ["--logging-level", "error"]
    place = Server(f"http://127.0.0.1:{port}/u/cal/", "", (f"Authorization: Basic {b64encode(b'u:u').decode()}",))
    with subprocess.Popen(command, preexec_fn=lambda: _pin(0)) as process:  # noqa: S603, PLW1509
        try:
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


@contextmanager
def _server(kind: str, folder: Path, secret: str) -> Iterator[Server]:
    command = [sys.executable, "-m", "benchmarks.feed_office", kind, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=lambda: _pin(0)) as process:  # noqa: S603, PLW1509
        try:
            assert process.stdout is not None  # noqa: S101 it is a pipe
            url = f"http://127.0.0.1:{int(process.stdout.readline())}/feeds/{secret}.ics"
            content, tag = _fetched(url)
            (folder / feed_office.BYTES).write_bytes(content)
            yield Server(url, tag)
        finally:
            process.terminate()


def _fetched(url: str) -> tuple[bytes, str]:
    for _ in range(100):
        with suppress(URLError), urlopen(url) as answer:  # noqa: S310 our own server
            return answer.read(), answer.headers["etag"]
        time.sleep(0.05)
    raise TimeoutError(url)


def _rate(server: Server, status: int) -> float:
    """Requests per second; every answer is checked by wrk to be 2xx or 3xx."""
    said = [f"If-None-Match: {server.tag}"] if status == HTTPStatus.NOT_MODIFIED else []
    headers = [word for header in (*said, *server.headers) for word in ("-H", header)]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *headers, server.url]
    told = subprocess.run(command, capture_output=True, text=True, check=True, preexec_fn=lambda: _pin(1)).stdout  # noqa: S603
    assert "Non-2xx" not in told, told  # noqa: S101
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert found is not None, told  # noqa: S101
    return float(found[1])


def _until_gone(folder: Path, secret: str, server: Server) -> float:
    office = feed_office.office_in(folder)
    with office.write(feed_office.StandingClock().now()) as desk:
        found = reading_of(desk, secret)
        assert found is not None  # noqa: S101 it was made above
        token = tokens.find(desk.tx, "feed", secret)
        assert token is not None  # noqa: S101
        revoke_feed(desk, found.officer, token.id)
    start = time.perf_counter()
    while time.perf_counter() - start < GIVE_UP:
        try:
            urlopen(server.url).close()  # noqa: S310 our own server
        except HTTPError as error:
            if error.code == HTTPStatus.NOT_FOUND:
                break
        time.sleep(0.01)
    return time.perf_counter() - start


def _pin(core: int) -> None:
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {core})
