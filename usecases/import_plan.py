"""Importing a plan, the first time or revised: definitions are compared, answers to unchanged duties stay."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from schedules.lifecycle import State
from schedules.plan import Duty, Plan
from schedules.timing_data import timing_to_dict
from storage import parts, plans, timeline
from storage.rows import Officer, PlanRow
from usecases.compare import Revision, compare
from usecases.next_one import bring_next
from usecases.office import Desk
from usecases.plan_reminders import Planner, plan_reminders
from usecases.settle import change_state
from usecases.unfold import unfold
from usecases.unfold_decide import LONG_AGO

Named = tuple[str, str]
"""(item, title) of a duty, for a report."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, in names and counts. `unresolved`: (item, printed name) that no unit stands for."""

    plan_key: str
    first: bool
    added: tuple[Named, ...]
    changed: tuple[Named, ...]
    dropped: tuple[Named, ...]
    renumbered: tuple[Named, ...]
    unchanged: tuple[Named, ...]
    unresolved: tuple[tuple[str, str], ...]
    past: int
    parts: int
    reminders: int


def import_plan(
    desk: Desk, plan: Plan, *, by: Officer | None = None, chase: bool = False, planner: Planner = plan_reminders
) -> ImportReport:
    """Take a plan in. Due dates before today are history, not overdue, unless `chase` says to follow them up."""
    row = plans.by_key(desk.tx, plan.key)
    plan_id = _add(desk, plan, chase=chase) if row is None else _revise(desk, plan, row, chase=chase)
    revision = compare(plan.duties, plans.duties(desk.tx, plan_id, live_only=False))
    _write(desk, plan_id, plan.duties, revision)
    parts.touch(desk.tx, _reworded(plan, row, revision), desk.now)
    unfolded = unfold(desk, plan_id, announce=True, planner=planner)
    if row is not None and row.verification != plan.verification:
        _settle_reported(desk, plan_id)
    report = ImportReport(
        plan_key=plan.key,
        first=row is None,
        added=_names(duty for duty in plan.duties if duty in revision.added or duty.key in revision.back),
        changed=_names(new for new, _ in revision.changed),
        dropped=_names(revision.dropped),
        renumbered=_names(new for new, old in revision.stayed if new.key != old.key),
        unchanged=_names(new for new, old in revision.stayed if new.key == old.key),
        unresolved=unfolded.unresolved,
        past=unfolded.past,
        parts=unfolded.new_parts,
        reminders=unfolded.reminders,
    )
    _log(desk, plan_id, report, by)
    return report


def _head(plan: Plan) -> dict[str, Any]:
    names = ("title", "short", "number", "issuer", "issued", "begins", "ends", "verification", "confidential", "sample")
    return {
        **{name: getattr(plan, name) for name in names},
        "due_on_holiday": plan.due_on_holiday,
        "counted_on_holiday": plan.counted_on_holiday,
        "groups": {name: asdict(group) for name, group in plan.groups.items()},
        "aliases": dict(plan.aliases),
    }


def _add(desk: Desk, plan: Plan, *, chase: bool) -> int:
    tracked_from = LONG_AGO if chase else desk.today
    return plans.add(desk.tx, key=plan.key, imported_at=desk.now, tracked_from=tracked_from, **_head(plan))


def _revise(desk: Desk, plan: Plan, row: PlanRow, *, chase: bool) -> int:
    tracked_from = {"tracked_from": LONG_AGO} if chase else {}
    plans.change(desk.tx, row.id, revision=row.revision + 1, imported_at=desk.now, **tracked_from, **_head(plan))
    return row.id


def _settle_reported(desk: Desk, plan_id: int) -> None:
    """The revision changed who verifies: what was reported has reached its end now, or waits for the bureau now."""
    for part in parts.of_plan(desk.tx, plan_id):
        if part.state == State.REPORTED:
            change_state(desk, part, State.REPORTED)
            bring_next(desk, part)


def _write(desk: Desk, plan_id: int, duties: Sequence[Duty], revision: Revision) -> None:
    position = {duty.key: n for n, duty in enumerate(duties)}
    kept = (*revision.same, *revision.changed)
    plans.free_keys(desk.tx, [row.id for new, row in kept if new.key != row.key] + [row.id for row in revision.dropped])
    for row in revision.dropped:
        plans.change_duty(desk.tx, row.id, state="dropped", key=f"~{row.id}")
    for duty, row in kept:
        plans.change_duty(desk.tx, row.id, state="live", position=position[duty.key], **_said(duty))
    for duty in revision.added:
        plans.add_duty(desk.tx, plan_id=plan_id, position=position[duty.key], **_said(duty))


def _said(duty: Duty) -> Mapping[str, Any]:
    names = ("key", "item", "section", "title", "text", "kind", "ongoing", "any_one", "measure", "digest")
    return {
        **{name: getattr(duty, name) for name in names},
        "roles": {role: list(units) for role, units in duty.roles.items()},
        "timings": [timing_to_dict(timing) for timing in duty.due],
        "source": dict(duty.source),
    }


def _reworded(plan: Plan, row: PlanRow | None, revision: Revision) -> list[int]:
    """Stored duties whose parts read differently now: revised, renumbered, or all of them under a new heading."""
    if row is None:
        return []
    heading = ("title", "short", "number", "confidential", "verification")
    anew = any(getattr(plan, name) != getattr(row, name) for name in heading)
    renumbered = [(new, old) for new, old in revision.same if anew or (new.key, new.item) != (old.key, old.item)]
    return [old.id for _, old in (*revision.changed, *renumbered)]


def _names(duties: Any) -> tuple[Named, ...]:
    return tuple((duty.item, duty.title) for duty in duties)


def _log(desk: Desk, plan_id: int, report: ImportReport, by: Officer | None) -> None:
    counts = {word: len(getattr(report, word)) for word in ("added", "changed", "dropped", "renumbered", "unchanged")}
    timeline.add(
        desk.tx,
        at=desk.now,
        verb="import",
        plan_id=plan_id,
        officer_id=None if by is None else by.id,
        door="cli" if by is None else "web",
        detail=counts | {"past": report.past, "parts": report.parts},
    )
