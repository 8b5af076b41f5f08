"""The JSON Schemas that let an editor help while somebody types a plan or a roster.

``python -m plans.schema`` writes them anew into `schedules/`; a test holds them equal to the models.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from plans.models import PlanFile
from plans.rostermodels import RosterFile

FOLDER = Path(__file__).parent.parent / "schedules"
FILES: dict[str, type[BaseModel]] = {"plan.schema.json": PlanFile, "roster.schema.json": RosterFile}


class _ForEditors(GenerateJsonSchema):
    """Without titles that repeat the name, and without null: what is not known is left out."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - pydantic's own signature
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        inner = super().default_schema(schema)
        if inner.get("default") in (None, "", [], {}) or "$ref" in inner:
            inner.pop("default", None)
        return inner

    def generate(self, schema: CoreSchema, mode: Any = "validation") -> JsonSchemaValue:  # noqa: ANN401 - pydantic's own
        return {"$schema": self.schema_dialect} | super().generate(schema, mode)


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The model's JSON Schema, draft 2020-12."""
    return model.model_json_schema(schema_generator=_ForEditors)


def schema_text(model: type[BaseModel]) -> str:
    """The JSON Schema as it is written to its file."""
    return json.dumps(schema_of(model), ensure_ascii=False, indent=2) + "\n"


def write(folder: Path = FOLDER) -> None:
    """Write every schema file."""
    for name, model in FILES.items():
        (folder / name).write_text(schema_text(model), encoding="utf-8")


if __name__ == "__main__":
    write()
