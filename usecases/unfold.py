"""Unfolding a plan: its duties, events and the roster become occurrences, parts and reminders.

Run at an import, when an event or the roster changes, and once a day as the horizon moves. Running it again changes
nothing; what somebody has reported is never taken away.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from schedules.fanout import Member, share_out
from schedules.occurrences import Bounds, Done, Due, EventDay, ShiftPolicy, due_dates
from schedules.plan import Group
from schedules.timing_data import timing_from_dict
from storage import parts, people, plans
from storage.rows import DutyRow, EventRow, PlanRow, Unit
from usecases.follow_done import chains, keep_places
from usecases.office import Desk
from usecases.plan_reminders import Planner, plan_reminders
from usecases.unfold_apply import Unfolded, apply
from usecases.unfold_decide import LONG_AGO, Facts, decide, differing


def unfold(
    desk: Desk,
    plan_id: int,
    *,
    announce: bool,
    only: Collection[int] | None = None,
    planner: Planner = plan_reminders,
) -> Unfolded:
    """Bring occurrences, parts and reminders in line with the plan, or with these duties of it only.

    `announce`: tell people of what is new to them. `planner`: where the reminders of its parts are planned.
    """
    facts = keep_places(desk, gather(desk, plan_id, only))
    changes = decide(facts)
    return apply(desk, facts, changes, announce=announce, planner=planner)


def stale(desk: Desk, plan_id: int) -> set[int]:
    """The duties whose dates, worked out today, differ from the stored ones: the horizon or the calendar has moved."""
    plan, duties = _definitions(desk, plan_id)
    return differing(duties, _all_dues(desk, plan, duties), parts.occurrences(desk.tx, plan_id))


def gather(desk: Desk, plan_id: int, only: Collection[int] | None = None) -> Facts:
    plan, held = _definitions(desk, plan_id)
    duties = [duty for duty in held if only is None or duty.id in only]
    roster = [_member(unit) for unit in people.units(desk.tx)]
    groups = {name: Group(tuple(g["categories"]), tuple(g["units"])) for name, g in plan.groups.items()}
    return Facts(
        plan=plan,
        duties=duties,
        dues=_all_dues(desk, plan, duties),
        shares={d.id: share_out(d.roles, groups=groups, aliases=plan.aliases, roster=roster) for d in duties},
        occurrences=[one for one in parts.occurrences(desk.tx, plan_id) if only is None or one.duty_id in only],
        parts=parts.of_plan(desk.tx, plan_id, only),
        today=desk.today,
        only=only,
    )


def _definitions(desk: Desk, plan_id: int) -> tuple[PlanRow, list[DutyRow]]:
    plan = plans.by_id(desk.tx, plan_id)
    assert plan is not None, f"plan {plan_id} vanished"  # noqa: S101 the caller holds the row in this transaction
    return plan, plans.duties(desk.tx, plan_id, live_only=False)


def _all_dues(desk: Desk, plan: PlanRow, duties: Sequence[DutyRow]) -> dict[int, Sequence[Due]]:
    events = plans.events(desk.tx, plan.id)
    live = [duty for duty in duties if duty.state == "live"]
    done = chains(desk, plan, live)
    dues = {duty.id: _dues(desk, plan, duty, events, done=done.get(duty.id)) for duty in live}
    return {duty.id: dues.get(duty.id, ()) for duty in duties}


def due_dates_of(desk: Desk, duty: DutyRow, events: Sequence[EventRow], horizon: timedelta) -> Sequence[Due]:
    """The due dates of one duty up to the horizon, counted from these events where it waits for one."""
    plan = plans.by_id(desk.tx, duty.plan_id)
    assert plan is not None, f"plan {duty.plan_id} vanished"  # noqa: S101 a foreign key holds it
    return _dues(desk, plan, duty, events, horizon)


def _dues(  # noqa: PLR0913 what a date is counted from
    desk: Desk,
    plan: PlanRow,
    duty: DutyRow,
    events: Sequence[EventRow],
    horizon: timedelta | None = None,
    *,
    done: Done | None = None,
) -> Sequence[Due]:
    return due_dates(
        [timing_from_dict(data) for data in duty.timings],
        bounds=Bounds(plan.begins, plan.ends),
        # the plan's own `begins` is the real bound
        window=(LONG_AGO, desk.today + (horizon or desk.office.horizon)),
        events=[EventDay(event.name, event.day, event.key) for event in events],
        shift=ShiftPolicy(plan.due_on_holiday, plan.counted_on_holiday),
        calendar=desk.calendar,
        done=done or Done(),
    )


def _member(unit: Unit) -> Member:
    return Member(unit.id, unit.name, unit.short, frozenset(unit.categories))
