"""A form with a file: who sends it is checked before a byte of it is read, and no more is kept than is allowed."""

from collections.abc import AsyncGenerator
from pathlib import PurePath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.entry import FORM_TYPE, Page, answering, visit_of
from web.errors import answer_error
from web.forms import clean, comes_from_us
from web.sent_file import Upload
from web.site import Site
from web.visit import Forged, Visit

MOST_FILE = 20 * 1024 * 1024
MOST_SENT = 10 * MOST_FILE
"""So much of a file that is too large is read and thrown away, so that the browser gets to see our answer."""
MULTIPART = "multipart/form-data"
MOST_FIELDS = 16
MOST_PART = 16 * 1024
"""Bytes of one field that is no file."""
LONGEST_NAME = 120
_SPACE = 4096


class _TooLarge(Exception):
    """More than is allowed was sent."""


def upload(site: Site, path: str, page: Page, *roles: str, files: int = 1, plain: bool = False) -> Route:
    """A page that takes `files`, for people of these roles only; `plain`: its form may come without any."""

    async def endpoint(request: Request) -> Response:
        visit = visit_of(site, request)
        refused = await run_in_threadpool(_refused, visit, roles)
        if refused is not None:
            return refused
        form, too_large = await _read(request, files, plain=plain)
        visit.uploads = _files(form, too_large=too_large)
        visit.form = {name: clean(value) for name, value in form.multi_items() if isinstance(value, str)}
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


async def _read(request: Request, files: int, *, plain: bool) -> tuple[FormData, bool]:
    """The form; without anything in it when it is no form, and marked when it is too large."""
    kind, stream = request.headers.get("content-type", "").partition(";")[0].strip().lower(), request.stream()
    limits = {"max_files": files, "max_fields": MOST_FIELDS, "max_part_size": MOST_PART}
    if kind == MULTIPART:
        parser: FormParser | MultiPartParser = MultiPartParser(request.headers, _at_most(stream), **limits)
    elif plain and kind == FORM_TYPE:
        parser = FormParser(request.headers, _at_most(stream))
    else:
        return FormData(), False
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


def _files(form: FormData, *, too_large: bool) -> tuple[Upload, ...]:
    if too_large:
        return (Upload("", None, too_large=True),)
    found = (value for _, value in form.multi_items() if isinstance(value, UploadFile) and value.filename)
    return tuple(Upload(_name(one.filename or "")[-LONGEST_NAME:], one.file) for one in found)


def _name(given: str) -> str:
    return PurePath(given.replace("\\", "/")).name.replace("\0", "")
