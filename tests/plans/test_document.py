"""The documented plan file is a plan file: its example has no problem and every entry; its message is a real one."""

import re
from pathlib import Path
from typing import get_args

import jsonschema
import pytest
from pydantic import BaseModel

from plans import models
from plans.planfile import read_plan
from plans.schema import schema_of
from tests.plans.test_schema import as_editors_see

PAGE = Path(__file__).parents[2] / "docs" / "plan-file.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLE = TEXT.partition("```yaml\n")[2].partition("```")[0]
ENTRIES: list[type[BaseModel]] = [
    models.PlanFile,
    models.DutyEntry,
    models.RolesEntry,
    models.GroupEntry,
    models.SourceEntry,
    *get_args(get_args(models.AnyDue)[0]),
]


def test_the_example_has_no_problem() -> None:
    reading = read_plan(EXAMPLE)
    assert [str(problem) for problem in reading.problems] == []
    assert reading.plan is not None
    assert len(reading.plan.duties) == 5


def test_the_example_fits_the_schema() -> None:
    jsonschema.Draft202012Validator(schema_of(models.PlanFile)).validate(as_editors_see(EXAMPLE))


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_example_names_every_entry(entry: type[BaseModel]) -> None:
    written = set(re.findall(r"(\w+):", EXAMPLE))
    assert set(entry.model_fields) <= written


def test_every_kind_of_timing_is_in_the_example() -> None:
    reading = read_plan(EXAMPLE)
    assert reading.plan is not None
    kinds = {due.model_fields["type"].annotation for due in get_args(get_args(models.AnyDue)[0])}
    assert {get_args(kind)[0] for kind in kinds} == set(re.findall(r"type: (\w+)", EXAMPLE))


def test_the_quoted_message_is_what_the_program_says() -> None:
    quoted = re.search(r"wenquan\.yaml:(\d+):(\d+): error: (.+)", TEXT)
    assert quoted is not None
    [problem] = read_plan(EXAMPLE.replace("2026-06-30", "2026-06-31"), "wenquan.yaml").problems
    assert (str(problem.line), str(problem.column), problem.say("zh")) == quoted.groups()


@pytest.mark.parametrize("target", re.findall(r"\]\((\.\./[^)]+)\)", TEXT))
def test_every_link_leads_somewhere(target: str) -> None:
    assert (PAGE.parent / target).exists()
