"""The inbox: what needs this person, newest need on top, and the conversation under the thumb."""

import hashlib
from http import HTTPStatus

from starlette.responses import Response

from schedules.civil import civil_date
from texts.buttons import LIMIT
from usecases.page_inbox import InboxPage, inbox_page, unit_names
from web import talk
from web.going import done
from web.intake import LONGEST, take
from web.pages.acts import MOST_LABEL
from web.render import page
from web.visit import Malformed, Visit


def inbox(visit: Visit) -> Response:
    with visit.look() as (desk, officer):
        shown, names = inbox_page(desk, officer), unit_names(desk)
    exchanges = talk.exchanges(shown.talk)
    fresh = bool(exchanges) and visit.now - exchanges[-1].at < visit.site.office.undo_window
    every = visit.query.get("talk") == "all"
    return page(
        visit,
        "inbox.html",
        inbox=shown,
        talk=exchanges,
        fresh=fresh,
        every=every,
        etag=_etag(visit, shown),
        unit_names=names,
    )


def cards(visit: Visit) -> Response:
    """The list of cards alone, for the page to look again every few seconds; 304 while nothing changed."""
    with visit.look() as (desk, officer):
        shown = inbox_page(desk, officer)
    etag = _etag(visit, shown)
    headers = {"etag": etag, "cache-control": "private, no-cache"}
    if visit.headers.get("if-none-match") == etag:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    response = page(visit, "cards.html", inbox=shown)
    response.headers.update(headers)
    return response


def say(visit: Visit) -> Response:
    """Free text, as it would be typed in chat."""
    words = visit.form.get("words", "").strip()
    if len(words) > LONGEST:
        raise Malformed
    if words:
        take(visit, {"text": words})
    return done(visit, "/inbox")


def press(visit: Visit) -> Response:
    """A button, by its data and by what was written on it."""
    data = visit.form.get("data", "")
    if not data or len(data.encode()) > LIMIT:
        raise Malformed
    take(visit, {"button": data, "label": _label(visit)})
    return done(visit, "/inbox")


def _label(visit: Visit) -> str:
    """What stood on the button, to be shown in the conversation."""
    return visit.form.get("label", "")[:MOST_LABEL]


def _etag(visit: Visit, shown: InboxPage) -> str:
    """A fingerprint of what is shown, not of the HTML: every rendering has new form ids."""
    said = repr((visit.language, civil_date(visit.now, visit.site.office.zone), shown))
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:24]}"'
