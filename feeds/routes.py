"""The address of a feed: GET and HEAD /feeds/<secret>.ics, and the same as .json.

A GET changes nothing but when the address was last used, at most once an hour. An unknown, revoked or switched-off
address is the same 404 as any page that does not exist, and looked up by its digest: the time it takes tells nothing.
Last-Modified is left out on purpose: the mark of an overdue part comes with the day, without a change to the data; a
client that asks by date only would miss it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feeds.calendar import render
from feeds.coding import compressed, takes_gzip
from feeds.conditional import entity_tag, has_it, kept
from feeds.plain import as_json
from storage import tokens
from texts.words import clean
from usecases.feed import FeedView, needs_note, note_use, open_feed
from usecases.office import Office

AGENT_WIDTH = 120
REMEMBERED = 16
"""Feeds kept as they were last written; a bureau's view of some thousand parts takes a few megabytes."""
HEADERS = {
    "Cache-Control": "private, max-age=60",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class Clock(Protocol):
    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a feed down."""

    ending: str
    media_type: str
    write: Callable[[FeedView], bytes]

    @property
    def headers(self) -> dict[str, str]:
        disposition = f'inline; filename="ruqi.{self.ending}"'
        return {"Content-Type": self.media_type, "Content-Disposition": disposition, **HEADERS}


FORMS = (Form("ics", "text/calendar; charset=utf-8", render), Form("json", "application/json", as_json))


def routes(office: Office, clock: Clock) -> list[Route]:
    """The routes of this room. Starlette runs the endpoints in threads, and answers HEAD as it answers GET."""
    return [_route(office, clock, form) for form in FORMS]


def answer(request: Request, content: bytes, headers: dict[str, str]) -> Response:
    """The content in the coding the client takes, or 304 without a body if it has it already."""
    coding = "gzip" if takes_gzip(request.headers.get("accept-encoding", "")) else ""
    tag = entity_tag(content, coding)
    if has_it(request.headers.getlist("if-none-match"), tag):
        return Response(status_code=304, headers=kept(headers | {"ETag": tag}))
    if not coding:
        return Response(content, headers=headers | {"ETag": tag})
    return Response(compressed(content), headers=headers | {"ETag": tag, "Content-Encoding": coding})


@lru_cache(maxsize=REMEMBERED)
def written(form: Form, view: FeedView) -> bytes:
    """The feed's bytes. Writing costs 0.3 ms an entry; the key is the whole view, so it is never stale."""
    return form.write(view)


def _route(office: Office, clock: Clock, form: Form) -> Route:
    def feed(request: Request) -> Response:
        view = _open(office, clock.now(), request)
        if view is None:
            raise HTTPException(404)
        return answer(request, written(form, view), form.headers)

    return Route(f"/feeds/{{secret}}.{form.ending}", feed, methods=["GET"], name=f"feed.{form.ending}")


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
