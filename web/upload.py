"""A form with a file: who sends it is checked before a byte of it is read, and no more is kept than is allowed."""

from collections.abc import AsyncGenerator
from pathlib import PurePath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.entry import Page, answering, visit_of
from web.errors import answer_error
from web.forms import comes_from_us
from web.sent_file import Upload
from web.site import Site
from web.visit import Forged, Visit

MOST_FILE = 20 * 1024 * 1024
MOST_SENT = 10 * MOST_FILE
"""So much of a file that is too large is read and thrown away, so that the browser gets to see our answer."""
MULTIPART = "multipart/form-data"
MOST_FIELDS = 10
LONGEST_NAME = 120
_SPACE = 4096


class _TooLarge(Exception):
    """More than is allowed was sent."""


def upload(site: Site, path: str, page: Page, *roles: str) -> Route:
    """A page that takes a file, for people of these roles only."""

    async def endpoint(request: Request) -> Response:
        visit = visit_of(site, request)
        refused = await run_in_threadpool(_refused, visit, roles)
        if refused is not None:
            return refused
        form, too_large = await _read(request)
        visit.upload = _file(form, too_large=too_large)
        visit.form = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        try:
            return await run_in_threadpool(answering, page, visit, checked=too_large)
        finally:
            await form.close()

    return Route(path, endpoint, methods=["POST"], name=f"POST {path}")


def _refused(visit: Visit, roles: tuple[str, ...]) -> Response | None:
    """The answer to somebody who may not send files here, before anything is read."""
    if not comes_from_us(visit.headers):
        return answer_error(visit, Forged())
    try:
        with visit.look(*roles):
            return None
    except Exception as error:  # noqa: BLE001 - every refusal is a page
        return answer_error(visit, error)


async def _read(request: Request) -> tuple[FormData, bool]:
    """The form; without anything in it when it is no form, and marked when it is too large."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MULTIPART:
        return FormData(), False
    stream = request.stream()
    parser = MultiPartParser(request.headers, _at_most(stream), max_files=1, max_fields=MOST_FIELDS, max_part_size=4096)
    try:
        return await parser.parse(), False
    except MultiPartException:
        return FormData(), False
    except _TooLarge:
        await _throw_away(stream)
        return FormData(), True


async def _at_most(stream: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    read = 0
    async for chunk in stream:
        read += len(chunk)
        if read > MOST_FILE + _SPACE:
            raise _TooLarge
        yield chunk


async def _throw_away(stream: AsyncGenerator[bytes, None]) -> None:
    read = 0
    async for chunk in stream:
        read += len(chunk)
        if read > MOST_SENT:
            return


def _file(form: FormData, *, too_large: bool) -> Upload | None:
    if too_large:
        return Upload("", None, too_large=True)
    found = next((value for value in form.values() if isinstance(value, UploadFile)), None)
    if found is None or not found.filename:
        return None
    name = PurePath(found.filename.replace("\\", "/")).name.replace("\0", "")
    return Upload(name[-LONGEST_NAME:], found.file)
