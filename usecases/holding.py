"""What holds reminders back for now: a pause, of a plan or of everything, and a person's own hour. Never dropped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from schedules.civil import clock_time
from schedules.rungs import ASSIGNED
from storage import leaves, people
from storage.reminders import Held
from usecases.office import Desk
from usecases.owing import BY_HAND

AT_ONCE = (ASSIGNED, *BY_HAND)
"""What does not wait for a person's own hour: news, and what somebody asked for."""


@dataclass(frozen=True, slots=True)
class Holding:
    """`everything` and `plans` say until which day, that day included; `hours` whose moment is still to come today."""

    everything: date | None = None
    plans: Mapping[int, date] = field(default_factory=dict)
    hours: Mapping[int, datetime] = field(default_factory=dict)

    @property
    def held(self) -> Held:
        return Held(tuple(self.plans), tuple(self.hours), AT_ONCE)


def holding(desk: Desk) -> Holding:
    everything: date | None = None
    by_plan: dict[int, date] = {}
    for pause in leaves.pauses(desk.tx, desk.today):
        if pause.plan_id is None:
            everything = max(pause.until, everything or pause.until)
        else:
            by_plan[pause.plan_id] = max(pause.until, by_plan.get(pause.plan_id, pause.until))
    return Holding(everything, by_plan, _hours(desk))


def next_release(desk: Desk, held: Holding) -> datetime | None:
    """When the next of what is held back comes free."""
    moments = [resumes(desk, until) for until in held.plans.values()]
    return min((*moments, *held.hours.values()), default=None)


def resumes(desk: Desk, until: date) -> datetime:
    """The moment reminding goes on after a pause that lasts to the end of that day."""
    return desk.office.opening.sends_on(desk.calendar.add_workdays(until, 1))


def _hours(desk: Desk) -> dict[int, datetime]:
    opening = desk.office.opening
    own = ((o.id, clock_time(o.digest_at)) for o in people.with_an_hour(desk.tx))
    moments = {officer_id: opening.sends_on(desk.today, at) for officer_id, at in own}
    return {officer_id: at for officer_id, at in moments.items() if at > desk.now}
