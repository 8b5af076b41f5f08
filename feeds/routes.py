"""The address of a feed: GET and HEAD /feeds/<secret>.ics.

A GET changes nothing but when the address was last used, at most once an hour. An unknown, revoked or switched-off
address is the same 404 as any page that does not exist, and looked up by its digest: the time it takes tells nothing.
Last-Modified is left out on purpose: the mark of an overdue part comes with the day, without a change to the data; a
client that asks by date only would miss it.
"""

from datetime import datetime
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feeds.calendar import render
from feeds.coding import compressed, takes_gzip
from feeds.conditional import entity_tag, has_it, kept
from storage import tokens
from texts.words import clean
from usecases.feed import FeedView, needs_note, note_use, open_feed
from usecases.office import Office

AGENT_WIDTH = 120
HEADERS = {
    "Cache-Control": "private, max-age=60",
    "Content-Disposition": 'inline; filename="ruqi.ics"',
    "Content-Type": "text/calendar; charset=utf-8",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class Clock(Protocol):
    def now(self) -> datetime: ...


def routes(office: Office, clock: Clock) -> list[Route]:
    """The routes of this room; Starlette runs the endpoint in a thread, and answers HEAD as it answers GET."""

    def feed(request: Request) -> Response:
        view = _open(office, clock.now(), request)
        if view is None:
            raise HTTPException(404)
        return answer(request, render(view))

    return [Route("/feeds/{secret}.ics", feed, methods=["GET"], name="feed")]


def answer(request: Request, content: bytes) -> Response:
    """The calendar in the coding the client takes, or 304 without a body if it has it already."""
    coding = "gzip" if takes_gzip(request.headers.get("accept-encoding", "")) else ""
    headers = HEADERS | {"ETag": entity_tag(content, coding)}
    if has_it(request.headers.getlist("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=kept(headers))
    if coding:
        headers["Content-Encoding"] = coding
        content = compressed(content)
    return Response(content, headers=headers)


def _open(office: Office, now: datetime, request: Request) -> FeedView | None:
    secret = request.path_params["secret"]
    with office.read(now) as desk:
        view = open_feed(desk, secret)
        token = tokens.find(desk.tx, "feed", secret) if view else None
        stale = token is not None and needs_note(desk, token)
    if stale:
        with office.write(now) as desk:
            note_use(desk, secret, clean(request.headers.get("user-agent", ""), AGENT_WIDTH))
    return view
