"""A stranger's schema judges our calls and our fake's answers: aiogram's models, made from Telegram's pages.

aiogram lets unknown keys pass, so a wrong keyboard slips through as another kind of markup. Here a key that no field of
the chosen model owns is a fault. Dates must lie in this century: the schema takes any integer.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import aiogram.methods
from pydantic import BaseModel, TypeAdapter, ValidationError

PLAUSIBLE = range(946_684_800, 4_102_444_800)  # the years 2000 to 2099, in seconds
DATES = ("date", "edit_date")


def call_faults(method: str, params: dict[str, Any]) -> list[str]:
    """What is wrong with a call; an empty list when nothing is."""
    model = _model(method)
    if model is None:
        return [f"no such method: {method}"]
    return _faults(TypeAdapter(model), params)


def answer_faults(method: str, result: object) -> list[str]:
    """What is wrong with the result of a call."""
    return _faults(_answer(method), result) + list(_odd_dates(result, method))


def _model(method: str) -> type[BaseModel] | None:
    return getattr(aiogram.methods, method[:1].upper() + method[1:], None)


@cache
def _answer(method: str) -> TypeAdapter[Any]:
    model: Any = _model(method)
    return TypeAdapter(model.__returning__)


def _faults(adapter: TypeAdapter[Any], value: object) -> list[str]:
    try:
        return [f"no field for {path}" for path in _strays(adapter.validate_python(value), "$")]
    except ValidationError as error:
        return [re.sub(r"\s+", " ", str(error))[:300]]


def _strays(found: object, path: str) -> Iterator[str]:
    if isinstance(found, BaseModel):
        yield from (f"{path}.{name}" for name in found.model_extra or {})
        for name in type(found).model_fields:
            yield from _strays(getattr(found, name), f"{path}.{name}")
    elif isinstance(found, list | tuple):
        for number, item in enumerate(found):
            yield from _strays(item, f"{path}[{number}]")


def _odd_dates(value: object, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            if name in DATES and item not in PLAUSIBLE and item != 0:
                yield f"{path}.{name} is not a date in seconds: {item}"
            yield from _odd_dates(item, f"{path}.{name}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _odd_dates(item, f"{path}[{number}]")
