"""When a page cannot be given: which answer each mistake gets, always as a page with one way on.

What does not exist and what is not yours look exactly alike (404), so that nobody learns from the difference.
"""

import logging
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from schedules.civil import civil_date
from texts import answers
from texts.reader import Reader
from usecases.drafts import NoSuchDraft
from usecases.errors import BadLink, NoSuchFeed, NoSuchPart, NoSuchPlan, NotAllowed, NotYours, Refused
from usecases.evidence import NoSuchFile
from web import render
from web.visit import Forged, Malformed, Missing, SignedOut, Visit

log = logging.getLogger(__name__)

NOT_THERE = (Missing, NotYours, NoSuchPart, NoSuchPlan, NoSuchDraft, NoSuchFeed, NoSuchFile, BadLink)
ANSWERS: Mapping[type[Exception], tuple[HTTPStatus, str]] = {
    Forged: (HTTPStatus.FORBIDDEN, "forged"),
    NotAllowed: (HTTPStatus.FORBIDDEN, "forbidden"),
    Malformed: (HTTPStatus.BAD_REQUEST, "malformed"),
    **dict.fromkeys(NOT_THERE, (HTTPStatus.NOT_FOUND, "missing")),
}
PAGES = {
    400: "malformed",
    403: "forbidden",
    404: "missing",
    405: "missing",
    413: "too_long",
    429: "too_many",
    500: "broken",
}
OTHER = "malformed"


def answer_error(visit: Visit, error: Exception) -> Response:
    if isinstance(error, SignedOut):
        return render.page(visit, "home.html", status=HTTPStatus.UNAUTHORIZED)
    if type(error) in ANSWERS:
        return error_page(visit, *ANSWERS[type(error)])
    if isinstance(error, Refused):
        return refusal(visit, error)
    log.error("the page %s failed", visit.path, exc_info=error)
    return error_page(visit, HTTPStatus.INTERNAL_SERVER_ERROR)


def error_page(visit: Visit, status: int, key: str = "") -> Response:
    """`key` names the sentences ``web.error.<key>.title``, ``.why`` and ``.way``."""
    return render.page(visit, "error.html", status=status, key=key or PAGES.get(status, OTHER), why="")


def refusal(visit: Visit, error: Refused) -> Response:
    """A use case said no: its own sentence, and the way back to where the form was."""
    why = answers.refusal(Reader(visit.language, civil_date(visit.now, visit.site.office.zone)), error)
    return render.page(visit, "error.html", status=HTTPStatus.CONFLICT, key="refused", why=why)
