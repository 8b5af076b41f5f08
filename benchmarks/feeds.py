"""Feeds: served against a bare Starlette and Radicale with the same bytes; after one change against written whole.

Serving is measured by wrk (Debian's package of that name) on one core, the server on the other; without it, not at all.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from importlib.util import find_spec
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from benchmarks import feed_office
from benchmarks.feed_servers import GZIP, Server, Speed, asked, radicale, server
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
ROUNDS = 7
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


def _served() -> Iterator[Row]:
    if shutil.which("wrk") is None:
        sys.stdout.write("a feed served: left out, wrk is not installed\n")
        return
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        secret = feed_office.prepare(folder)
        ours = stack.enter_context(server("ours", folder, secret))
        bare = stack.enter_context(server("bare", folder, secret))
        content = (folder / feed_office.BYTES).read_bytes()
        events, size = content.count(b"BEGIN:VEVENT"), len(content) / 1000
        for status, reach in ((HTTPStatus.NOT_MODIFIED, "≥ 0.9"), (HTTPStatus.OK, "≥ 0.85")):
            said = [f"If-None-Match: {ours.tag}"] if status == HTTPStatus.NOT_MODIFIED else []
            what = f"a feed of {events} events, {size:.0f} kB: {status.value}, against bare"
            yield from _rows(what, reach, _in_turn(ours, bare, *said))
        yield from _against_radicale(stack, folder, ours)
        yield Row(
            "a feed revoked by another process answers 404 after", _until_gone(folder, secret, ours), 1, "s", "≤ 1"
        )


def _against_radicale(stack: ExitStack, folder: Path, ours: Server) -> Iterator[Row]:
    """The same calendar from the same machine by the CalDAV server that many offices run."""
    if find_spec("radicale") is None:
        sys.stdout.write("a feed against Radicale: left out, it is not installed (make caldav)\n")
        return
    theirs = stack.enter_context(radicale(folder))
    yield from _rows("the same GET, against Radicale", "≥ 100", _in_turn(ours, theirs))
    yield from _rows("the same asked for with gzip, against Radicale", "≥ 100", _in_turn(ours, theirs, GZIP))


def _in_turn(ours: Server, other: Server, *said: str) -> list[tuple[Speed, Speed]]:
    return [(asked(ours, *said), asked(other, *said)) for _ in range(ROUNDS)]


def _rows(what: str, reach: str, pairs: list[tuple[Speed, Speed]]) -> Iterator[Row]:
    """By the wall, and by what the server took of its core, which other programs on the machine hardly bend."""
    yield _row(what, reach, [(a.by_wall, b.by_wall) for a, b in pairs])
    yield _row("the same, of one core's second", "", [(a.by_core, b.by_core) for a, b in pairs])


def _row(what: str, reach: str, pairs: list[tuple[float, float]]) -> Row:
    """The ratio is the median of the rounds' ratios, not that of two medians."""
    ratio = statistics.median(a / b for a, b in pairs)
    a = statistics.median(a for a, _ in pairs)
    return Row(what, a / 1e3, a / ratio / 1e3, "k/s", reach)


def _until_gone(folder: Path, secret: str, server: Server) -> float:
    office = feed_office.office_in(folder)
    with office.write(feed_office.clock().now()) as desk:
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
