"""Plans in words: lists, what an import did, and what a duty asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plans import library
from ruqi.columns import screen, wrap
from ruqi.files import plan_named
from ruqi.speech import known, text
from schedules.plan import Plan
from schedules.timing_data import timing_to_dict
from storage import plans
from usecases.import_plan import ImportReport, Named
from usecases.office import Desk

CHANGES = ("added", "changed", "dropped", "renumbered")
SHOWN = 12
"""So many duties of one kind of change are named; the JSON has all."""


@dataclass(frozen=True, slots=True)
class DutyWords:
    """A duty from a plan file or from the database alike; `timings` as plain data."""

    item: str
    title: str
    timings: Sequence[Mapping[str, Any]]
    roles: Mapping[str, Sequence[str]]
    ongoing: bool


def listed(desk: Desk) -> list[dict[str, Any]]:
    """Every shipped and every imported plan, with whether it is imported."""
    held = {row.key: row for row in plans.all_plans(desk.tx)}
    shipped = {plan.key: plan for name in library.names() if (plan := library.load(name).plan)}
    rows = [_row(desk, key, shipped.get(key)) for key in held]
    return rows + [_offer(plan) for key, plan in shipped.items() if key not in held]


def _row(desk: Desk, key: str, shipped: Plan | None) -> dict[str, Any]:
    row = plans.by_key(desk.tx, key)
    assert row is not None  # noqa: S101 - listed in this transaction
    duties = len(plans.duties(desk.tx, row.id))
    state = "sample" if row.sample else "imported"
    return {
        "key": key,
        "title": row.title,
        "duties": duties,
        "state": state,
        "revision": row.revision,
        "shipped": shipped is not None,
    }


def _offer(plan: Plan) -> dict[str, Any]:
    return {
        "key": plan.key,
        "title": plan.title,
        "duties": len(plan.duties),
        "state": "shipped",
        "revision": 0,
        "shipped": True,
    }


def report_lines(report: ImportReport, title: str) -> list[str]:
    said = [text("plan.imported" if report.first else "plan.revised", title=title, plan=report.plan_key)]
    if _is_same(report):
        return [said[0], text("plan.same"), *unresolved_lines(report)]
    said.append(text("plan.brought", parts=report.parts, reminders=report.reminders))
    if report.past:
        said.append(text("plan.past", count=report.past))
    if not report.first:
        for change in CHANGES:
            said += _named(change, getattr(report, change))
        said.append(text("plan.unchanged", count=len(report.unchanged)))
    return said + unresolved_lines(report)


def unresolved_lines(report: ImportReport) -> list[str]:
    """Each name that stands for no unit once, with all its items."""
    items: dict[str, list[str]] = {}
    for item, name in report.unresolved:
        items.setdefault(name, []).append(item)
    if not items:
        return []
    joined = {name: text("word.comma").join(dict.fromkeys(numbers)) for name, numbers in items.items()}
    named = [text("plan.unresolved_name", name=name, items=numbers) for name, numbers in joined.items()]
    return [text("plan.unresolved", count=len(named)), *named]


def _is_same(report: ImportReport) -> bool:
    changed = any(getattr(report, change) for change in CHANGES)
    return not (report.first or changed or report.parts or report.reminders)


def report_data(report: ImportReport) -> dict[str, Any]:
    changes = {
        change: [{"item": item, "title": title} for item, title in getattr(report, change)]
        for change in (*CHANGES, "unchanged")
    }
    unresolved = [{"item": item, "name": name} for item, name in report.unresolved]
    counts = {"past": report.past, "parts": report.parts, "reminders": report.reminders}
    return {"plan": report.plan_key, "first": report.first, **changes, "unresolved": unresolved, **counts}


def find_plan(desk: Desk, name: str) -> tuple[dict[str, Any], list[DutyWords]]:
    """The imported plan with that key, or else the shipped one or the file of that name."""
    row = plans.by_key(desk.tx, name)
    if row is not None:
        found = [DutyWords(d.item, d.title, d.timings, d.roles, d.ongoing) for d in plans.duties(desk.tx, row.id)]
        return {"key": row.key, "title": row.title, "imported": True}, found
    plan = plan_named(name)
    words = [
        DutyWords(d.item, d.title, [timing_to_dict(timing) for timing in d.due], d.roles, d.ongoing)
        for d in plan.duties
    ]
    return {"key": plan.key, "title": plan.title, "imported": False}, words


def duty_data(duty: DutyWords) -> dict[str, Any]:
    roles = {role: list(names) for role, names in duty.roles.items()}
    return {
        "item": duty.item,
        "title": duty.title,
        "due": list(duty.timings),
        "ongoing": duty.ongoing,
        "roles": roles,
    }


def duty_lines(duties: Iterable[DutyWords]) -> list[str]:
    said: list[str] = []
    for duty in duties:
        when = [timing_words(timing) for timing in duty.timings] + ([text("timing.ongoing")] if duty.ongoing else [])
        who = [f"{text(f'role.{role}')}{'、'.join(names)}" for role, names in duty.roles.items() if names]
        said += ["", text("plan.duty", item=duty.item, title=duty.title)]
        for line in (text("word.then").join(when), text("word.then").join(who)):
            said += [f"    {part}" for part in wrap(line, screen() - 4) if part]
    return said


def timing_words(timing: Mapping[str, Any]) -> str:
    """One timing as a sentence: the most exact one the catalogue has for what the timing says."""
    said = {key: value for key, value in timing.items() if key not in {"type", "month_end"}}
    kind = "before" if timing["type"] == "event" and not said["days"] else str(timing["type"])
    exact = "_".join([kind, *sorted(said)])
    key = next(key for key in (f"timing.{exact}", f"timing.{kind}") if known(key))
    per = text(f"per.{said['per']}") if "per" in said else ""
    return text(key, **{**said, "per": per})


def _named(change: str, duties: Sequence[Named]) -> list[str]:
    if not duties:
        return []
    some = text("word.then").join(f"{item} {title}".strip() for item, title in duties[:SHOWN])
    more = "…" if len(duties) > SHOWN else ""
    return wrap(text(f"plan.change.{change}", count=len(duties), duties=some + more), screen())
