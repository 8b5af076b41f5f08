"""Switching a plan off and on: off, nobody is reminded and calendars show it cancelled; on again, all goes on."""

from storage import parts, plans, timeline
from storage.rows import Officer, PlanRow
from usecases.errors import NoSuchPlan
from usecases.office import Desk
from usecases.remit import require_all
from usecases.unfold import unfold


def plan_of(desk: Desk, key: str) -> PlanRow:
    """Raises NoSuchPlan."""
    row = plans.by_key(desk.tx, key)
    if row is None:
        raise NoSuchPlan(f"There is no plan {key!r}.")
    return row


def switch(desk: Desk, plan: PlanRow, by: Officer, *, on: bool) -> bool:
    """Switch the plan; says whether it stood otherwise before. What was answered stays as it is.

    Raises NotAllowed: a plan binds every unit.
    """
    require_all(desk, by)
    state = "on" if on else "off"
    if plan.state == state:
        return False
    plans.change(desk.tx, plan.id, state=state)
    duties = [duty.id for duty in plans.duties(desk.tx, plan.id, live_only=False)]
    parts.touch(desk.tx, duties, desk.now)  # subscribed calendars hear of it
    if on:
        unfold(desk, plan.id, announce=True)  # dates that came into sight meanwhile
    timeline.add(desk.tx, at=desk.now, verb=f"plan_{state}", plan_id=plan.id, officer_id=by.id, door="web")
    return True
