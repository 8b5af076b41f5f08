"""The feeds' addresses: ``GET /feeds/<secret>.ics``, and the same as ``.json``. Whatever opens nothing is not ours.

The door stands before the pages and lets everything else through to them, so that a wrong secret is answered like any
other address that does not exist. What was looked up stays good until this process writes something, at most for
`TRUSTED_FOR`, because other processes write too; then one row of the database says whether anything is different.
"""

import re
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from feeds.coding import takes_gzip
from feeds.conditional import has_it
from feeds.keep import Page, Pieces, Shelf
from feeds.looks import Dated, Looks
from feeds.plain import as_json
from storage import tokens
from texts.words import clean
from usecases.feed import needs_note, note_use, reading
from usecases.feed_view import Reading, entries, full, sheet, stand
from usecases.office import Desk, Office

PREFIX = "/feeds/"
NOTHING, TRUSTED_FOR = timedelta(0), timedelta(seconds=0.5)
AGENT_WIDTH = 120
_ADDRESS = re.compile(r"/feeds/([\w-]{1,100})(?:\.(ics|json))?", re.ASCII)
HEADERS = {
    "Cache-Control": "private, max-age=60",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept, Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
TYPES = {"ics": "text/calendar; charset=utf-8", "json": "application/json"}
ALL = {
    form: {"Content-Type": media, "Content-Disposition": f'inline; filename="ruqi.{form}"', **HEADERS}
    for form, media in TYPES.items()
}
REFUSED = [(name.lower().encode(), value.encode()) for name, value in {**HEADERS, "Allow": "GET, HEAD"}.items()]
ACCEPT, ENCODING, AGENT, MATCH = b"accept", b"accept-encoding", b"user-agent", b"if-none-match"
MATTERS = frozenset({ACCEPT, ENCODING, AGENT, MATCH})
OK, NOT_MODIFIED = int(HTTPStatus.OK), int(HTTPStatus.NOT_MODIFIED)
"""Plain numbers: an enumeration's own are hashed by name, which a cached answer can tell."""
EMPTY = {"type": "http.response.body", "body": b""}
Asked = dict[bytes, bytes]
"""What a request's headers say that matters here, several lines of one name joined as RFC 9110 section 5.3 says."""
Key = tuple[str, str]
"""(digest of the secret, form)."""


class Clock(Protocol):
    def now(self) -> datetime: ...


class Door:
    """ASGI: answers where an address opens a feed, and hands on everything else."""

    def __init__(self, office: Office, clock: Clock, then: ASGIApp) -> None:
        self._office, self._clock, self._then = office, clock, then
        self._pages: Shelf[Key, Page] = Shelf()
        self._pieces = Pieces()
        self._looks: Looks[Key, Page | None] = Looks(self._holds)
        self._writes = 0
        office.store.on_write.append(self._written)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self._then(scope, receive, send)
            return
        found = _ADDRESS.fullmatch(scope["path"])
        if found is None:
            await self._then(scope, receive, send)
        elif scope["method"] not in ("GET", "HEAD"):
            await send(
                {"type": "http.response.start", "status": int(HTTPStatus.METHOD_NOT_ALLOWED), "headers": REFUSED}
            )
            await send({"type": "http.response.body", "body": b""})
        else:
            await self._open(found[1], found[2] or "", scope, receive, send)

    async def _open(self, secret: str, ending: str, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _asked(scope["headers"])
        key, now = (tokens.digest(secret), _form(ending, asked)), self._clock.now()
        page = self._pages.get(key)
        if page is None or not self._holds(page, now):
            look = partial(self._look, key, secret, now, asked.get(AGENT, b""))
            page = await self._looks.look(key, now, self._writes, look)
        if page is None:
            self._office.tally.fetched("unknown")
            await self._then(scope, receive, send)
        else:
            if ENCODING in asked and not page.is_packed:
                await run_in_threadpool(page.pack)
            fresh = await _answer(page, asked, send, bodiless=scope["method"] == "HEAD")
            self._office.tally.fetched("fresh" if fresh else "unchanged")

    def _written(self) -> None:
        self._writes += 1

    def _holds(self, made: Dated, now: datetime) -> bool:
        return made.writes == self._writes and NOTHING <= now - made.seen < TRUSTED_FOR

    def _look(self, key: Key, secret: str, now: datetime, agent: bytes) -> Page | None:
        """The feed as it stands now. What is written while we look makes the next one look again."""
        writes = self._writes
        with self._office.read(now) as desk:
            token = tokens.find(desk.tx, "feed", secret)
            found = reading(desk, token) if token else None
            if token is None or found is None:
                self._pages.drop(key)
                return None
            page = self._page(desk, found, key, writes)
            stale = needs_note(desk, token)
        if stale:
            with self._office.write(now) as desk:
                note_use(desk, secret, clean(agent.decode("latin-1"), AGENT_WIDTH))
        return page

    def _page(self, desk: Desk, found: Reading, key: Key, writes: int) -> Page:
        stands, page = stand(desk, found), self._pages.get(key)
        if page is None or page.stand != stands:
            content = self._content(desk, found, key[1])
            page = Page(stands, content, ALL[key[1]], desk.now, writes)
            self._pages.put(key, page)
        page.seen, page.writes = desk.now, writes
        return page

    def _content(self, desk: Desk, found: Reading, form: str) -> bytes:
        if form == "json":
            return as_json(full(desk, found))
        return self._pieces.write(sheet(desk, found), lambda part_ids: entries(desk, part_ids))


async def _answer(page: Page, asked: Asked, send: Send, *, bodiless: bool) -> bool:
    """Gives whether the calendar itself was sent."""
    coding = "gzip" if ENCODING in asked and takes_gzip(asked[ENCODING].decode("latin-1")) else ""
    head = page.head(OK, coding)
    said = asked.get(MATCH)
    if said is not None and (said == head.raw_tag or has_it((said.decode("latin-1"),), head.tag)):
        await send(page.head(NOT_MODIFIED, coding).message)
        await send(EMPTY)
        return False
    await send(head.message)
    await send({"type": "http.response.body", "body": b"" if bodiless else page.body(coding)})
    return True


def _asked(headers: list[tuple[bytes, bytes]]) -> Asked:
    asked: Asked = {}
    for name, value in headers:
        if name in MATTERS:
            asked[name] = asked[name] + b"," + value if name in asked else value
    return asked


def _form(ending: str, asked: Asked) -> str:
    if ending == "json":
        return ending
    accept = asked.get(ACCEPT)
    return "json" if accept and b"json" in accept and b"text/calendar" not in accept else "ics"
