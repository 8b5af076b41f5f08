"""What a draft would change in the plan it revises, before it does: nothing is written here."""

from dataclasses import dataclass
from typing import Any

from schedules.plan import Duty, Plan
from schedules.timing_data import timing_to_dict
from storage import parts, plans
from storage.rows import DutyRow, PlanRow
from usecases.compare import compare
from usecases.import_plan import Named
from usecases.office import Desk

ANSWERED = ("received", "reported", "verified")
SAID = ("title", "text", "section", "kind", "measure", "ongoing", "any_one")


@dataclass(frozen=True, slots=True)
class Changed:
    """A duty that says something else: (what, before, after) for each thing that differs."""

    item: str
    title: str
    differs: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`kept` counts the answers that stay, `ended` the open parts of dropped duties that are no longer asked."""

    plan: PlanRow
    added: tuple[Named, ...]
    changed: tuple[Changed, ...]
    dropped: tuple[Named, ...]
    renumbered: tuple[tuple[str, str, str], ...]
    same: int
    kept: int
    ended: int


def difference(desk: Desk, plan: Plan) -> Difference | None:
    """None for a plan that is new."""
    row = plans.by_key(desk.tx, plan.key)
    if row is None:
        return None
    stored = plans.duties(desk.tx, row.id, live_only=False)
    revision = compare(plan.duties, stored)
    held = parts.of_plan(desk.tx, row.id)
    dropped = {duty.id for duty in revision.dropped}
    again = tuple(new for new, old in revision.same if old.state != "live")
    return Difference(
        plan=row,
        added=tuple((duty.item, duty.title) for duty in (*revision.added, *again)),
        changed=tuple(_changed(new, old) for new, old in revision.changed),
        dropped=tuple((duty.item, duty.title) for duty in revision.dropped),
        renumbered=tuple((old.item, new.item, new.title) for new, old in revision.stayed if new.item != old.item),
        same=sum(new.item == old.item for new, old in revision.stayed),
        kept=sum(part.state in ANSWERED for part in held),
        ended=sum(part.duty_id in dropped and part.settled_at is None for part in held),
    )


def _changed(new: Duty, old: DutyRow) -> Changed:
    before = {name: getattr(old, name) for name in SAID} | {"roles": old.roles, "due": old.timings}
    after = {name: getattr(new, name) for name in SAID}
    after |= {
        "roles": {role: list(names) for role, names in new.roles.items()},
        "due": [timing_to_dict(timing) for timing in new.due],
    }
    differs = tuple((name, before[name], after[name]) for name in after if before[name] != after[name])
    return Changed(new.item, new.title, differs)
