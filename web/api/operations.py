"""One operation of the API: its address, what it needs, what it takes and gives, and the function that does it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Literal

from usecases.api_tokens import Caller
from usecases.office import Desk
from web.api.models import Model, NoQuery, Scope

Kind = Literal["uid", "number", "key"]
PATTERNS: dict[Kind, dict[str, Any]] = {
    "uid": {"type": "string", "format": "uuid"},
    "number": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
    "key": {"type": "string", "minLength": 1, "maxLength": 60, "pattern": "^[a-z0-9-]+$"},
}


@dataclass(frozen=True, slots=True)
class Call:
    """One call: at which desk, by whom, with which query, body and places of the path."""

    desk: Desk
    caller: Caller
    query: Any
    body: Any
    path: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Operation:
    """`scope` is what the token must be for; a body's verb may ask for more. `places` are the path's parameters."""

    method: Literal["GET", "POST", "DELETE"]
    path: str
    name: str
    about: str
    scope: Scope
    act: Callable[[Call], Model | None]
    result: type[Model] | None = None
    query: type[Model] = NoQuery
    body: type[Model] | None = None
    places: tuple[tuple[str, Kind], ...] = ()
    status: HTTPStatus = HTTPStatus.OK

    @property
    def writes(self) -> bool:
        return self.method != "GET"


class OutOfScope(Exception):
    """The token is not for this."""
