"""Writing a plan file: the plan as a person would have written it. What is as it is by default is left out."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from schedules.plan import Duty, Group, Plan
from schedules.timing_data import timing_to_dict


def plan_to_yaml(plan: Plan) -> str:
    """The plan as the text of a plan file; reading it again gives an equal plan."""
    said = {"ruqi": 1, **_head(plan), "duties": [_duty(duty) for duty in plan.duties]}
    return yaml.dump(said, Dumper=_Hand, allow_unicode=True, sort_keys=False, width=10**9)


def _head(plan: Plan) -> dict[str, Any]:
    return _without_defaults(
        {
            "key": plan.key,
            "title": plan.title,
            "short": plan.short,
            "number": plan.number,
            "issuer": plan.issuer,
            "issued": plan.issued,
            "begins": None if plan.begins == plan.issued else plan.begins,
            "ends": plan.ends,
            "note": plan.note,
            "sample": plan.sample,
            "verification": "" if plan.verification == "none" else plan.verification,
            "confidential": plan.confidential,
            "due_on_holiday": "" if plan.due_on_holiday == "stay" else plan.due_on_holiday,
            "counted_on_holiday": "" if plan.counted_on_holiday == "next_workday" else plan.counted_on_holiday,
            "groups": {name: _group(group) for name, group in plan.groups.items()},
            "units": dict(plan.aliases),
        }
    )


def _group(group: Group) -> "_Flow":
    return _Flow(_without_defaults({"categories": list(group.categories), "units": list(group.units)}))


def _duty(duty: Duty) -> dict[str, Any]:
    return {"item": duty.item} | _without_defaults(
        {
            "key": "" if duty.key == duty.item else duty.key,
            "section": duty.section,
            "title": duty.title,
            "text": duty.text,
            "kind": "" if duty.kind == "standard" else duty.kind,
            "roles": _Flow({role: list(names) for role, names in duty.roles.items()}),
            "due": [_Flow(_due(timing_to_dict(timing))) for timing in duty.due],
            "ongoing": duty.ongoing,
            "any_one": duty.any_one,
            "measure": duty.measure,
            "source": _Flow(duty.source),
        }
    )


def _due(data: dict[str, Any]) -> dict[str, Any]:
    """The timing's data with what stands without quotes in a file: dates and decimal amounts."""
    if "date" in data:
        data["date"] = date.fromisoformat(data["date"])
    if isinstance(data.get("amount"), str):
        data["amount"] = Decimal(data["amount"])
    return data


def _without_defaults(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", False, [], {})}


class _Flow(dict[str, Any]):
    """Names and values on one line."""


class _Hand(yaml.SafeDumper):
    """Writes as people do: lists indented, several lines as a block, roles and timings on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)

    def text(self, value: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Hand.add_representer(str, _Hand.text)
_Hand.add_representer(
    _Flow, lambda hand, value: hand.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)
)
_Hand.add_representer(Decimal, lambda hand, value: hand.represent_scalar("tag:yaml.org,2002:float", format(value, "f")))
