"""Playing a year of the Hongsibu plan for twice the units, against once: the cost must be linear in units."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from benchmarks.measure import Row, paired
from plans.library import load, load_roster
from schedules.plan import Plan
from schedules.roster import Roster
from schedules.rungs import load_ladders
from schedules.workdays import WorkCalendar
from storage.engine import open_store
from usecases.office import Office
from usecases.play import play

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


def run() -> list[Row]:
    plan, once = load("hongsibu").plan, load_roster().roster
    assert plan is not None  # noqa: S101 the plan is shipped
    assert once is not None  # noqa: S101 the roster is shipped
    twice = Roster(
        once.title, once.sample, (*once.units, *(replace(u, name=f"{u.name}二", short="") for u in once.units))
    )
    a, b = paired(lambda: _year(plan, twice), lambda: _year(plan, once), rounds=3)
    return [Row("a year of 43 duties for 56 units, against 28", a, b, "s", "≤ 2.2 (linear)")]


def sample_office() -> Office:
    """An office with everything as shipped and a store in memory."""
    store = open_store("sqlite://")
    zone = ZoneInfo("Asia/Shanghai")
    return Office(store=store, zone=zone, calendar=WorkCalendar.published(), ladders=load_ladders())


def _year(plan: Plan, roster: Roster) -> int:
    return len(play(sample_office(), [plan], roster, FIRST, LAST).reminders)
