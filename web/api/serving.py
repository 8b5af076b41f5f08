"""Serving the API: who calls, whether they may, whether what they say is as described; then the operation, in a thread.

Every refusal is a problem document (RFC 9457). A token stands in the Authorization header only, never in an address.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from usecases import api_tokens
from usecases.api_tokens import Caller
from usecases.errors import NoSuchEvent, NoSuchPart, NoSuchPlan, NotAllowed, NotYours, Refused
from usecases.office import Desk
from web.api.document import JSON, PROBLEM, document
from web.api.models import Model, Problem
from web.api.operations import Call, Operation, OutOfScope
from web.api.table import OPERATIONS, ROOT
from web.limits import Misses
from web.site import Site
from web.visit import Missing

MOST_BODY = 64 * 1024
BEARER = "bearer "
HIGHEST = 2**31 - 1
NOT_THERE = (Missing, NoSuchPart, NoSuchPlan, NoSuchEvent, NotYours)

log = logging.getLogger(__name__)


class Wrong(Exception):
    """A refusal with its status."""

    def __init__(self, status: HTTPStatus, detail: str, key: str = "") -> None:
        super().__init__(detail)
        self.status, self.detail, self.key = status, detail, key


class Api:
    """The API of one site. Its routes come before the pages' own."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._misses = Misses()

    def routes(self) -> list[Route]:
        by_path: dict[str, dict[str, Operation]] = {}
        for operation in OPERATIONS:
            by_path.setdefault(operation.path, {})[operation.method] = operation
        described = Route(f"{ROOT}/openapi.json", _described, methods=["GET"], name="GET openapi")
        return [described, *(self._route(path, held) for path, held in by_path.items())]

    def _route(self, path: str, held: Mapping[str, Operation]) -> Route:
        async def endpoint(request: Request) -> Response:
            operation = held.get("GET" if request.method == "HEAD" else request.method)
            if operation is None:
                return _not_that_way(held)
            try:
                body = await _body(request) if operation.body else b""
                return await run_in_threadpool(self._answer, request, operation, body)
            except Wrong as wrong:
                return problem(wrong)

        every = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
        return Route(f"{ROOT}{path}", endpoint, methods=every, name=f"api {path}")

    def _answer(self, request: Request, operation: Operation, body: bytes) -> Response:
        try:
            return self._act(request, operation, body)
        except Wrong as wrong:
            return problem(wrong)
        except Exception as error:  # noqa: BLE001 - every refusal is a document; the unexpected is logged
            return problem(_wrong(error))

    def _act(self, request: Request, operation: Operation, body: bytes) -> Response:
        secret, now = _secret(request), self._site.clock.now()
        client = request.client.host if request.client else ""
        if self._misses.too_many(client):
            raise Wrong(HTTPStatus.TOO_MANY_REQUESTS, "Too many wrong tokens; try again in a minute.")
        office = self._site.office
        with office.write(now) if operation.writes else office.read(now) as desk:
            caller = api_tokens.caller(desk, secret) if secret else None
            if caller is None:
                self._misses.count(client)
                raise Wrong(HTTPStatus.UNAUTHORIZED, "A good token is needed: Authorization: Bearer …")
            result = _done(desk, caller, request, operation, body)
        with office.write(now) as desk:
            api_tokens.note_use(desk, secret, request.headers.get("user-agent", ""))
        if operation.writes:
            self._site.wake()
        content = b"" if result is None else result.model_dump_json().encode()
        return Response(content, operation.status, media_type=JSON if result is not None else None)


def _done(desk: Desk, caller: Caller, request: Request, operation: Operation, body: bytes) -> Model | None:
    if operation.scope not in caller.scopes:
        raise OutOfScope
    said = request.query_params.multi_items()
    if len(said) != len(dict(said)):
        raise Wrong(HTTPStatus.UNPROCESSABLE_ENTITY, "A query parameter stands there twice.")
    query = operation.query.model_validate(dict(said), strict=False)
    taken = operation.body.model_validate(parsed(body)) if operation.body else None
    return operation.act(Call(desk, caller, query, taken, _path(request, operation)))


def problem(wrong: Wrong) -> Response:
    status = wrong.status
    said = Problem(title=status.phrase, status=int(status), detail=wrong.detail, key=wrong.key)
    headers = {"www-authenticate": "Bearer"} if status is HTTPStatus.UNAUTHORIZED else {}
    return Response(said.model_dump_json(), status, media_type=PROBLEM, headers=headers)


def _wrong(error: Exception) -> Wrong:
    match error:
        case ValidationError():
            return Wrong(HTTPStatus.UNPROCESSABLE_ENTITY, _told(error))
        case OutOfScope():
            return Wrong(HTTPStatus.FORBIDDEN, "This token is not for that.", "scope")
        case NotAllowed() if "state" not in error.values:
            return Wrong(HTTPStatus.FORBIDDEN, str(error), error.key)
        case Refused() if not isinstance(error, NOT_THERE):
            return Wrong(HTTPStatus.CONFLICT, str(error), error.key)
        case _ if isinstance(error, NOT_THERE):
            return Wrong(HTTPStatus.NOT_FOUND, "There is no such thing.")
    log.error("the API failed", exc_info=error)
    return Wrong(HTTPStatus.INTERNAL_SERVER_ERROR, "Something broke here; nothing was changed.")


def _told(error: ValidationError) -> str:
    """What is wrong with which field; never the value itself."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'body'}: {one['msg']}" for one in found[:5])


def _secret(request: Request) -> str:
    header = request.headers.get("authorization", "")
    return header[len(BEARER) :].strip() if header[: len(BEARER)].lower() == BEARER else ""


def _path(request: Request, operation: Operation) -> dict[str, str]:
    """The places of the path, each of its kind; what is of another kind is not there."""
    places: dict[str, str] = {}
    for name, kind in operation.places:
        value = str(request.path_params[name])
        if not (_is_uid(value) if kind == "uid" else _is_number(value) if kind == "number" else value):
            raise Missing
        places[name] = value
    return places


def _is_uid(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= len(str(HIGHEST)) and 1 <= int(value) <= HIGHEST


async def _body(request: Request) -> bytes:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise Wrong(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body has to be application/json.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BODY:
            raise Wrong(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body may have {MOST_BODY} bytes.")
    return body


def parsed(body: bytes) -> Any:  # noqa: ANN401 - whatever JSON it is, the model looks at it next
    try:
        return json.loads(body, parse_constant=_no_constant, object_pairs_hook=_no_twins)
    except (ValueError, RecursionError) as error:
        raise Wrong(HTTPStatus.BAD_REQUEST, "The body is not JSON.") from error


def _no_constant(word: str) -> object:
    raise ValueError(f"{word} is no JSON")


def _no_twins(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands there twice")
    return found


def _not_that_way(held: Mapping[str, Operation]) -> Response:
    wrong = Wrong(HTTPStatus.METHOD_NOT_ALLOWED, "This address does not take that method.")
    response = problem(wrong)
    response.headers["allow"] = ", ".join(sorted({*held, *({"HEAD"} if "GET" in held else ())}))
    return response


async def _described(_: Request) -> Response:
    content = json.dumps(document(), ensure_ascii=False).encode()
    return Response(content, media_type=JSON, headers={"cache-control": "public, max-age=300"})
