"""How a request becomes a page: read the form within limits, check where it came from, run the page in a thread.

Pages are plain functions that talk to a blocking database, so they never run on the event loop.
"""

import logging
from collections.abc import Callable
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.cookies import GUEST
from web.errors import answer_error
from web.forms import MAX_FIELDS, comes_from_us, parse_form, token_fits
from web.site import Site
from web.visit import Forged, Malformed, Visit

Page = Callable[[Visit], Response]
Routes = list[Route]
MOST_BODY = 64 * 1024
"""Bytes of a form."""
WIDE_BODY, WIDE_FIELDS = 512 * 1024, 4000
"""The same, and the fields, of a form with a line for each name of a plan."""
FORM_TYPE = "application/x-www-form-urlencoded"

log = logging.getLogger(__name__)


def get(site: Site, path: str, page: Page) -> Route:
    """A page that only looks; HEAD comes with it."""
    return _route(site, path, page, "GET")


def post(site: Site, path: str, page: Page, *, wide: bool = False) -> Route:
    """A page that changes something: only forms of ours reach it. A `wide` form may have thousands of fields."""
    return _route(site, path, _only_our_forms(page), "POST", wide=wide)


def _route(site: Site, path: str, page: Page, method: str, *, wide: bool = False) -> Route:
    async def endpoint(request: Request) -> Response:
        body = await _read(request, WIDE_BODY if wide else MOST_BODY) if method == "POST" else b""
        return await run_in_threadpool(_answer, page, visit_of(site, request), body, wide=wide)

    return Route(path, endpoint, methods=[method], name=f"{method} {path}")


async def _read(request: Request, most: int) -> bytes:
    """The body of a form, as long as it stays small."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return bytes(body)


def visit_of(site: Site, request: Request) -> Visit:
    return Visit(
        site=site,
        path=request.url.path,
        query=request.query_params,
        headers=request.headers,
        cookies=request.cookies,
        client=request.client.host if request.client else "",
        now=site.clock.now(),
        params={name: str(value) for name, value in request.path_params.items()},
    )


def _answer(page: Page, visit: Visit, body: bytes, *, wide: bool) -> Response:
    try:
        visit.form = _form(visit, body, WIDE_FIELDS if wide else MAX_FIELDS)
        return page(visit)
    except Exception as error:  # noqa: BLE001 - the last word to a person is a page, whatever happened; the log has the rest
        return answer_error(visit, error)


def answering(page: Page, visit: Visit, *, checked: bool) -> Response:
    """The page for a form that was read elsewhere; `checked` where its token could not be read and need not be."""
    try:
        return page(visit) if checked else _only_our_forms(page)(visit)
    except Exception as error:  # noqa: BLE001 - as above
        return answer_error(visit, error)


def _form(visit: Visit, body: bytes, most: int) -> dict[str, str]:
    if not body:
        return {}
    if visit.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
        raise Malformed
    try:
        return parse_form(body, most)
    except ValueError as error:
        raise Malformed from error


def _only_our_forms(page: Page) -> Page:
    def guarded(visit: Visit) -> Response:
        secret = visit.session or visit.cookie(GUEST)
        if not (comes_from_us(visit.headers) and token_fits(secret, visit.form.get("token", ""))):
            raise Forged
        return page(visit)

    return guarded
