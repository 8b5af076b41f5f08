"""The JSON Schemas for editors: kept equal to the models, and of one mind with the reader."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given

from plans import library, schema
from plans.models import PlanFile
from plans.planfile import read_plan
from plans.planyaml import plan_to_yaml
from plans.rostermodels import RosterFile
from schedules.plan import Plan
from tests.plans.strategies import plans


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: a date is text, as in YAML 1.2."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_editors_see(text: str) -> object:
    return yaml.load(text, Loader=EditorLoader)  # noqa: S506 - a SafeLoader without dates


PLAN = jsonschema.Draft202012Validator(schema.schema_of(PlanFile))
ROSTER = jsonschema.Draft202012Validator(schema.schema_of(RosterFile))


@pytest.mark.parametrize("name", schema.FILES)
def test_the_committed_file_is_the_generated_one(name: str) -> None:
    generated = schema.schema_text(schema.FILES[name])
    assert (schema.FOLDER / name).read_text(encoding="utf-8") == generated, "run: python -m plans.schema"


def test_writing_writes_both(tmp_path: Path) -> None:
    schema.write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(schema.FILES)


@pytest.mark.parametrize("validator", [PLAN, ROSTER])
def test_the_schemas_are_schemas(validator: jsonschema.Draft202012Validator) -> None:
    jsonschema.Draft202012Validator.check_schema(validator.schema)
    assert '"null"' not in json.dumps(validator.schema)


@pytest.mark.parametrize("name", library.names())
def test_a_shipped_plan_fits(name: str) -> None:
    PLAN.validate(as_editors_see(library.find(name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", library.roster_names())
def test_a_shipped_roster_fits(name: str) -> None:
    ROSTER.validate(as_editors_see((schema.FOLDER / "library" / f"{name}.yaml").read_text(encoding="utf-8")))


@given(plans)
def test_whatever_is_written_fits(plan: Plan) -> None:
    PLAN.validate(as_editors_see(plan_to_yaml(plan)))


HEAD = "ruqi: 1\nkey: demo\ntitle: 甲\nissued: 2024-01-05\n"


@pytest.mark.parametrize(
    "text",
    [
        "key: demo\ntitle: 甲\nissued: 2024-01-05\nduties: []\n",
        HEAD,
        HEAD.replace("demo", "De mo") + "duties: []\n",
        HEAD.replace("ruqi: 1", "ruqi: 2") + "duties: []\n",
        HEAD + "colour: red\nduties: []\n",
        HEAD + "verification: somebody\nduties: []\n",
        HEAD + "sample: 是\nduties: []\n",
        HEAD + "groups: {各局: {category: [甲]}}\nduties: []\n",
        HEAD + "duties: [{item: '1'}]\n",
        HEAD + "duties: [{item: '1', title: ''}]\n",
        HEAD + "duties: [{item: '1', title: 甲, due: [{type: weekly}]}]\n",
        HEAD + "duties: [{item: '1', title: 甲, due: [{type: by, date: 2024年}]}]\n",
        HEAD + "duties: [{item: '1', title: 甲, due: [{type: yearly, month: 13}]}]\n",
        HEAD + "duties: [{item: '1', title: 甲, due: [{type: event, event: 发布}]}]\n",
        HEAD + "duties: [{item: '1', title: 甲, due: [{type: quantity, amount: 0, unit: 次, per: year}]}]\n",
        HEAD + "duties: [{item: '1', title: 甲, roles: {lead: 司法局}}]\n",
    ],
)
def test_what_the_editor_marks_the_reader_refuses(text: str) -> None:
    assert not PLAN.is_valid(as_editors_see(text))
    assert read_plan(text).errors
