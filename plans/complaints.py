"""pydantic's many complaints as the few sentences that people get; a word that nearly fits is suggested."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from plans.problems import MOST, sentences
from plans.schema import schema_of
from plans.tree import Path

Schema: TypeAlias = Mapping[str, Any]

_LONGEST_GUESS = 60
_SHORTEST_START = 3
_MOST_KNOWN = 500


@dataclass(frozen=True, slots=True)
class Complaint:
    """One problem with the entry at `path`, or with its name; `values` fill the sentence of `key`."""

    key: str
    path: Path
    values: Mapping[str, object]
    of_name: bool = False


def complaints(model: type[BaseModel], error: ValidationError) -> Iterator[Complaint]:
    """What is wrong with data that do not fit `model`, as far as anybody would read it."""
    for detail in islice(error.errors(include_url=False), MOST):
        path, schema = _resolve(model, detail["loc"])
        yield _COMPLAINTS.get(detail["type"], _plainly)(detail, path, schema)


def nearest(word: str, known: Collection[str], *, cutoff: float = 0.6) -> str | None:
    """The known word that was probably meant: one that goes on or breaks off, else one that is spelt much alike."""
    word, known = word[:_LONGEST_GUESS], list(islice(known, _MOST_KNOWN))
    goes_on = [one for one in known if len(word) >= _SHORTEST_START and (one.startswith(word) or word.startswith(one))]
    found = goes_on or get_close_matches(word, known, n=1, cutoff=cutoff)
    return found[0] if found else None


def _missing(_: ErrorDetails, path: Path, __: Schema) -> Complaint:
    return Complaint("missing", path, {"name": path[-1]})


def _no_type(_: ErrorDetails, path: Path, __: Schema) -> Complaint:
    return Complaint("missing", (*path, "type"), {"name": "type"})


def _unknown(_: ErrorDetails, path: Path, schema: Schema) -> Complaint:
    name, known = str(path[-1]), list(schema.get("properties", ()))
    near = nearest(name, known)
    if near:
        return Complaint("unknown_near", path, {"name": name, "near": near}, of_name=True)
    return Complaint("unknown", path, {"name": name, "known": ", ".join(known)}, of_name=True)


def _word(detail: ErrorDetails, path: Path, _: Schema) -> Complaint:
    return _choose(_echo(detail["input"]), path, re.findall(r"'([^']*)'", detail["ctx"]["expected"]))


def _type(detail: ErrorDetails, path: Path, _: Schema) -> Complaint:
    context = detail["ctx"]
    return _choose(context["tag"], (*path, "type"), re.findall(r"'([^']*)'", context["expected_tags"]))


def _choose(given: str, path: Path, known: Collection[str]) -> Complaint:
    near = nearest(given, known)
    if near:
        return Complaint("want_word_near", path, {"given": given, "near": near})
    return Complaint("want_word", path, {"given": given, "known": ", ".join(known)})


def _plainly(detail: ErrorDetails, path: Path, _: Schema) -> Complaint:
    """A sentence that needs no more than what was given and pydantic's own words about it."""
    kind, context = detail["type"], detail.get("ctx", {})
    key = _SAID.get(kind, kind if kind in sentences() else "shape")
    if key == "too_long" and isinstance(detail["input"], tuple):
        key = "too_many"
    limit = next((context[word] for word in ("ge", "le", "max_length") if word in context), "")
    given = _echo(detail["input"])
    return Complaint(key, path, {"last": "", **context, "given": given, "limit": limit, "reason": detail["msg"]})


_COMPLAINTS: Mapping[str, Callable[[ErrorDetails, Path, Schema], Complaint]] = MappingProxyType(
    {
        "missing": _missing,
        "union_tag_not_found": _no_type,
        "extra_forbidden": _unknown,
        "literal_error": _word,
        "union_tag_invalid": _type,
    }
)

_SAID: Mapping[str, str] = MappingProxyType(
    {
        "string_type": "want_text",
        "int_type": "want_whole",
        "bool_type": "want_switch",
        "tuple_type": "want_list",
        "dict_type": "want_entries",
        "model_type": "want_entries",
        "model_attributes_type": "want_entries",
        "greater_than_equal": "too_small",
        "less_than_equal": "too_big",
        "string_too_long": "too_long",
        "too_long": "too_long",
        "string_too_short": "empty",
        "too_short": "empty",
    }
)


def _echo(given: object) -> str:
    """What was written, as far as it can be repeated in a sentence."""
    if isinstance(given, Mapping):
        return "{…}"
    if isinstance(given, tuple):
        return "[…]"
    if isinstance(given, bool):
        return str(given).lower()
    return "" if given is None else str(given)


def _resolve(model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[Path, Schema]:
    """The path in the file, without pydantic's marks for union members, and the schema of what holds its last part."""
    whole = _schema(model)
    schema: Schema = whole
    holder: Schema = whole
    path: list[str | int] = []
    for part in loc:
        if part == "[key]":
            continue
        if "discriminator" in schema and part in schema["discriminator"]["mapping"]:
            schema = _follow({"$ref": schema["discriminator"]["mapping"][part]}, whole)
            continue
        holder = schema
        path.append(part)
        schema = _follow(_inner(schema, part), whole)
    return tuple(path), holder


def _inner(schema: Schema, part: str | int) -> Schema:
    if isinstance(part, int):
        return schema.get("items") or {}
    return schema.get("properties", {}).get(part) or schema.get("additionalProperties") or {}


def _follow(schema: Schema, whole: Schema) -> Schema:
    reference = schema.get("$ref")
    return whole["$defs"][reference.rpartition("/")[2]] if reference else schema


@cache
def _schema(model: type[BaseModel]) -> Schema:
    return schema_of(model)
