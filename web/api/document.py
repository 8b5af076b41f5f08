"""The OpenAPI 3.1 document, made from the table of operations and the models: what is checked is what is described."""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from web.api.models import Problem
from web.api.operations import PATTERNS, Operation
from web.api.table import OPERATIONS, ROOT

REF = "#/components/schemas/{model}"
JSON, PROBLEM = "application/json", "application/problem+json"
REFUSALS = {
    400: "The request cannot be read.",
    401: "No token, or not a good one.",
    403: "The token or the role is not for this.",
    404: "There is no such thing, or not for this caller.",
    409: "Not possible as things stand; nothing was changed.",
    413: "The body is too long.",
    415: "The body is not JSON.",
    422: "The request is not as described.",
    429: "Too many wrong tokens.",
}
ONLY_WITH_BODY = frozenset({413, 415})


@cache
def document() -> Mapping[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(f"{ROOT}{operation.path}", {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Ruqi 如期",
            "version": version("ruqi"),
            "description": "Duties, due dates and answers for OA systems. Times are ISO 8601 with their offset.",
        },
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    said: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.about,
        "description": f"Needs a token for `{operation.scope}`.",
        "parameters": [*_places(operation), *_query(operation)],
        "responses": _responses(operation),
    }
    if operation.body:
        said["requestBody"] = {"required": True, "content": {JSON: {"schema": _ref(operation.body)}}}
    return said


def _places(operation: Operation) -> list[dict[str, Any]]:
    return [{"name": name, "in": "path", "required": True, "schema": PATTERNS[kind]} for name, kind in operation.places]


def _query(operation: Operation) -> list[dict[str, Any]]:
    described = operation.query.model_json_schema().get("properties", {})
    return [
        {"name": name, "in": "query", "required": False, "schema": _without_null(schema)}
        for name, schema in described.items()
    ]


def _without_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A parameter is left out, it is never null."""
    kept = {key: value for key, value in schema.items() if key not in {"anyOf", "title", "default"}}
    for choice in schema.get("anyOf", ()):
        if choice.get("type") != "null":
            kept |= choice
    return kept


def _responses(operation: Operation) -> dict[str, Any]:
    good: dict[str, Any] = {"description": operation.status.phrase}
    if operation.result:
        good["content"] = {JSON: {"schema": _ref(operation.result)}}
    refusals = {
        str(code): {"description": words, "content": {PROBLEM: {"schema": _ref(Problem)}}}
        for code, words in REFUSALS.items()
        if operation.body or code not in ONLY_WITH_BODY
    }
    return {str(int(operation.status)): good, **refusals}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": REF.format(model=model.__name__)}


def _schemas() -> dict[str, Any]:
    takes = {operation.body for operation in OPERATIONS if operation.body}
    gives = {operation.result for operation in OPERATIONS if operation.result} | {Problem}
    inputs = [(model, "validation") for model in sorted(takes, key=lambda model: model.__name__)]
    outputs = [(model, "serialization") for model in sorted(gives, key=lambda model: model.__name__)]
    _, described = models_json_schema([*inputs, *outputs], ref_template=REF)  # type: ignore[list-item] # the words are two literals
    schemas: dict[str, Any] = described["$defs"]
    return schemas
