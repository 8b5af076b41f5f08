"""The words a file's values are made of: a name, a text, a day, a switch, a number, each with its JSON Schema.

Strict, but kind to people: a bare number where a name is meant is that name (item: 8), blanks around it do not count.
"""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

_MOST_AMOUNT = 10**12
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class Entry(BaseModel):
    """Names and values of which none is unknown."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _as_text(value: object) -> object:
    """Text as it is, a number as it was written, and anything else for pydantic to refuse."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _one_line(value: str) -> str:
    if "\n" in value or "\r" in value:
        raise PydanticCustomError("one_line", "one line only")
    return value


def _day(value: object) -> date:
    found = _ISO.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("want_date", "not a date")
    year, month, day = (int(part) for part in found.groups())
    if year < 1 or month not in range(1, 13):
        raise PydanticCustomError("want_date", "not a date")
    last = monthrange(year, month)[1]
    if day not in range(1, last + 1):
        raise PydanticCustomError("date_impossible", "no such day", {"last": f"{year:04}-{month:02}-{last}"})
    return date(year, month, day)


def _amount(value: object) -> Decimal | int:
    if not isinstance(value, int | Decimal) or isinstance(value, bool) or not 0 < value <= _MOST_AMOUNT:
        raise PydanticCustomError("want_amount", "not an amount")
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise PydanticCustomError("slug", "not a key")
    return value


def _version(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value != 1:
        raise PydanticCustomError("version", "not this version")
    return value


def _unreserved(value: str) -> str:
    if value.startswith("~"):
        raise PydanticCustomError("reserved", "reserved")
    return value


def _text(most: int, *, least: int = 0) -> Any:  # noqa: ANN401 - Annotated metadata
    return StringConstraints(strip_whitespace=True, min_length=least or None, max_length=most)


_WRITTEN = BeforeValidator(_as_text)
_LINE = AfterValidator(_one_line)

# The lengths are those of the columns in which they will be kept.
Name: TypeAlias = Annotated[str, _WRITTEN, _text(120, least=1), _LINE]
Label: TypeAlias = Annotated[str, _WRITTEN, _text(60), _LINE]
Sentence: TypeAlias = Annotated[str, _WRITTEN, _text(300), _LINE]
Prose: TypeAlias = Annotated[str, _WRITTEN, _text(8000)]
Mark: TypeAlias = Annotated[
    str,
    _WRITTEN,
    _text(40),
    _LINE,
    AfterValidator(_unreserved),
    WithJsonSchema({"type": ["string", "integer"], "maxLength": 40}),
]
"""A number or letter in a document, like 17 or 17a."""
Slug: TypeAlias = Annotated[
    str,
    _text(60, least=1),
    AfterValidator(_slug),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 60}),
]
Version: TypeAlias = Annotated[int, PlainValidator(_version), WithJsonSchema({"const": 1})]
Day: TypeAlias = Annotated[
    date,
    PlainValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
Amount: TypeAlias = Annotated[
    Decimal | int,
    PlainValidator(_amount),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": _MOST_AMOUNT}),
]
Month: TypeAlias = Annotated[int, Field(ge=1, le=12)]
MonthDay: TypeAlias = Annotated[int, Field(ge=1, le=31)]
Year: TypeAlias = Annotated[int, Field(ge=1900, le=2200)]
Count: TypeAlias = Annotated[int, Field(ge=1, le=1000)]
Ordinal: TypeAlias = Annotated[int, Field(ge=1, le=10**9)]
