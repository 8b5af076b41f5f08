"""Unfolding a plan: its duties, events and the roster become occurrences, parts and reminders.

Run at an import, when an event or the roster changes, and once a day as the horizon moves. Running it again changes
nothing; what somebody has reported is never taken away.
"""

from collections.abc import Sequence
from datetime import timedelta

from schedules.fanout import Member, share_out
from schedules.occurrences import Bounds, Due, EventDay, ShiftPolicy, due_dates
from schedules.plan import Group
from schedules.timing_data import timing_from_dict
from storage import parts, people, plans
from storage.rows import DutyRow, EventRow, PlanRow, Unit
from usecases.office import Desk
from usecases.unfold_apply import Unfolded, apply
from usecases.unfold_decide import LONG_AGO, Facts, decide


def unfold(desk: Desk, plan_id: int, *, announce: bool) -> Unfolded:
    """Bring occurrences, parts and reminders in line with the plan. `announce`: tell people of what is new to them."""
    facts = gather(desk, plan_id)
    changes = decide(facts)
    return apply(desk, facts, changes, announce=announce)


def is_stale(desk: Desk, plan_id: int) -> bool:
    """Whether the dates worked out today differ from the stored ones: the horizon or the working calendar has moved."""
    facts = gather(desk, plan_id, with_parts=False)
    changes = decide(facts)
    return bool(changes.add or changes.move or changes.withdraw or changes.reinstate)


def gather(desk: Desk, plan_id: int, *, with_parts: bool = True) -> Facts:
    plan = plans.by_id(desk.tx, plan_id)
    assert plan is not None, f"plan {plan_id} vanished"  # noqa: S101 the caller holds the row in this transaction
    duties = plans.duties(desk.tx, plan_id, live_only=False)
    events = plans.events(desk.tx, plan_id)
    roster = [_member(unit) for unit in people.units(desk.tx)]
    groups = {name: Group(tuple(g["categories"]), tuple(g["units"])) for name, g in plan.groups.items()}
    return Facts(
        plan=plan,
        duties=duties,
        dues={duty.id: _dues(desk, plan, duty, events) if duty.state == "live" else () for duty in duties},
        shares={d.id: share_out(d.roles, groups=groups, aliases=plan.aliases, roster=roster) for d in duties},
        occurrences=parts.occurrences(desk.tx, plan_id),
        parts=parts.of_plan(desk.tx, plan_id) if with_parts else (),
        today=desk.today,
    )


def due_dates_of(desk: Desk, duty: DutyRow, events: Sequence[EventRow], horizon: timedelta) -> Sequence[Due]:
    """The due dates of one duty up to the horizon, counted from these events where it waits for one."""
    plan = plans.by_id(desk.tx, duty.plan_id)
    assert plan is not None, f"plan {duty.plan_id} vanished"  # noqa: S101 a foreign key holds it
    return _dues(desk, plan, duty, events, horizon)


def _dues(
    desk: Desk, plan: PlanRow, duty: DutyRow, events: Sequence[EventRow], horizon: timedelta | None = None
) -> Sequence[Due]:
    return due_dates(
        [timing_from_dict(data) for data in duty.timings],
        bounds=Bounds(plan.begins, plan.ends),
        # the plan's own `begins` is the real bound
        window=(LONG_AGO, desk.today + (horizon or desk.office.horizon)),
        events=[EventDay(event.name, event.day, event.key) for event in events],
        shift=ShiftPolicy(plan.due_on_holiday, plan.counted_on_holiday),
        calendar=desk.calendar,
    )


def _member(unit: Unit) -> Member:
    return Member(unit.id, unit.name, unit.short, frozenset(unit.categories))
