"""Playing a year of the Hongsibu plan for a province of units: how fast, how much memory, and linear in the units."""

import multiprocessing
import resource
import time
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from benchmarks.measure import Row
from plans.library import load, load_roster
from schedules.roster import Roster
from schedules.rungs import load_ladders
from schedules.workdays import WorkCalendar
from storage.engine import open_store
from usecases.office import Office
from usecases.play import play

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
UNITS = 3_000


def run() -> list[Row]:
    half, whole = _apart(UNITS // 2), _apart(UNITS)
    one, other = (found.cpu / found.reminders * 1e6 for found in (whole, half))
    return [
        Row(f"a year of 43 duties for {whole.units} units: reminders a second", whole.rate, 0, "/s", "≥ 20000"),
        Row("the same, of one core's second", 1e6 / one, 0, "/s", ""),
        Row("the same: memory at its most", whole.memory, 0, "MB", "≤ 400"),
        Row("the same: one reminder, against half the units", one, other, "µs", "≤ 1.1"),
    ]


def sample_office() -> Office:
    """An office with everything as shipped and a store in memory."""
    store = open_store("sqlite://")
    zone = ZoneInfo("Asia/Shanghai")
    return Office(store=store, zone=zone, calendar=WorkCalendar.published(), ladders=load_ladders())


class Found:
    """What one play came to."""

    def __init__(self, units: int) -> None:
        plan, once = load("hongsibu").plan, load_roster().roster
        assert plan is not None  # noqa: S101 the plan is shipped
        assert once is not None  # noqa: S101 the roster is shipped
        roster = _repeated(once, units)
        start, begun = time.perf_counter(), time.process_time()
        done = play(sample_office(), [plan], roster, FIRST, LAST, words=False)
        self.cpu = time.process_time() - begun
        self.rate = len(done.reminders) / (time.perf_counter() - start)
        self.units, self.reminders = len(roster.units), len(done.reminders)
        self.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _apart(units: int) -> Found:
    """In a process of its own, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(Found, (units,))


def _repeated(once: Roster, wanted: int) -> Roster:
    """The same units again and again under other names, with one bureau."""
    others = [unit for unit in once.units if all(person.role != "bureau" for person in unit.officers)]
    more = (replace(others[n % len(others)], name=f"单位{n}", short="") for n in range(wanted - len(once.units)))
    return Roster(once.title, once.sample, (*once.units, *more))
