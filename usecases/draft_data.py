"""A plan as plain data for a draft's row, and back; cut to what the plan's own row can hold."""

from collections.abc import Container, Mapping
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from schedules.plan import ROLES, Duty, Group, Plan
from schedules.timing import By, Event, Quantity, Timing
from schedules.timing_data import timing_from_dict, timing_to_dict

_DATES = ("issued", "begins", "ends")
_WORDS = ("key", "item", "section", "title", "text", "kind", "measure")
_WIDTHS = {"title": 300, "short": 60, "number": 80, "issuer": 120}
_DUTY_WIDTHS = {"item": 40, "section": 200, "title": 200, "measure": 300, "kind": 20}
_KEY, _STAGE, _EVENT, _MEASURE = 40, 60, 120, 20


def plan_to_data(plan: Plan) -> dict[str, Any]:
    """JSON-ready; `plan_from_data` gives an equal plan back."""
    data = {name: getattr(plan, name) for name in _head_names()}
    dates = {name: data[name].isoformat() if data[name] else None for name in _DATES}
    return {
        **data,
        **dates,
        "groups": {name: {"categories": list(g.categories), "units": list(g.units)} for name, g in plan.groups.items()},
        "aliases": dict(plan.aliases),
        "duties": [_duty_to_data(duty) for duty in plan.duties],
    }


def plan_from_data(data: Mapping[str, Any]) -> Plan:
    head = {name: data[name] for name in _head_names()}
    dates = {name: date.fromisoformat(data[name]) if data[name] else None for name in _DATES}
    return Plan(
        **head
        | dates
        | {
            "groups": {name: Group(tuple(g["categories"]), tuple(g["units"])) for name, g in data["groups"].items()},
            "aliases": dict(data["aliases"]),
            "duties": tuple(_duty_from_data(duty) for duty in data["duties"]),
        }
    )


def fitted(plan: Plan) -> Plan:
    """The plan with every name as long as its column, and without the one character that no database takes."""
    head: dict[str, Any] = {name: _cut(getattr(plan, name), width) for name, width in _WIDTHS.items()}
    duties: dict[str, Duty] = {}
    for number, duty in enumerate(plan.duties):
        key = _free(duty.key, number, duties)
        duties[key] = replace(_fitted_duty(duty), key=key)
    return replace(plan, **head, note=_clean(plan.note), duties=tuple(duties.values()))


def _free(key: str, number: int, taken: Container[str]) -> str:
    """The duty's own key, or where that is too long or taken, one of its place."""
    if key and key == _cut(key, _KEY) and key not in taken:
        return key
    return next(name for n in count(number + 1) if (name := f"n{n}") not in taken)


def _fitted_duty(duty: Duty) -> Duty:
    words: dict[str, Any] = {name: _cut(getattr(duty, name), width) for name, width in _DUTY_WIDTHS.items()}
    roles = {role: tuple(_clean(name) for name in names) for role, names in duty.roles.items() if role in ROLES}
    source = {name: _clean(value) if isinstance(value, str) else value for name, value in duty.source.items()}
    due = tuple(dict.fromkeys(_fitted_timing(timing) for timing in duty.due))
    return replace(duty, **words, text=_clean(duty.text), roles=roles, source=source, due=due)


def _fitted_timing(timing: Timing) -> Timing:
    match timing:
        case By():
            return replace(timing, stage=_cut(timing.stage, _STAGE))
        case Event():
            return replace(timing, event=_cut(timing.event, _EVENT))
        case Quantity():
            return replace(timing, unit=_cut(timing.unit, _MEASURE))
        case _:
            return timing


def _clean(text: str) -> str:
    return text.replace("\0", "")


def _cut(text: str, width: int) -> str:
    return _clean(text)[:width]


def _head_names() -> tuple[str, ...]:
    return tuple(name for name in Plan.__slots__ if name not in {"groups", "aliases", "duties"})


def _duty_to_data(duty: Duty) -> dict[str, Any]:
    data = {name: getattr(duty, name) for name in _WORDS}
    return {
        **data,
        "roles": {role: list(names) for role, names in duty.roles.items()},
        "due": [timing_to_dict(timing) for timing in duty.due],
        "ongoing": duty.ongoing,
        "any_one": duty.any_one,
        "source": dict(duty.source),
    }


def _duty_from_data(data: Mapping[str, Any]) -> Duty:
    return Duty(
        **{name: data[name] for name in _WORDS},
        roles={role: tuple(names) for role, names in data["roles"].items()},
        due=tuple(timing_from_dict(timing) for timing in data["due"]),
        ongoing=data["ongoing"],
        any_one=data["any_one"],
        source=dict(data["source"]),
    )
