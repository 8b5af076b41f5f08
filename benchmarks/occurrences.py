"""Due dates with working-day shift and provenance, against dateutil.rrule, which knows neither."""

from datetime import date, datetime

from dateutil.rrule import MONTHLY, rrule

from benchmarks.measure import Row, paired
from schedules.occurrences import Bounds, ShiftPolicy, _kept, due_dates
from schedules.timing import Every, Period
from schedules.workdays import WorkCalendar

FIRST, LAST = date(2006, 1, 1), date(2026, 12, 31)


def run() -> list[Row]:
    calendar = WorkCalendar.published()
    timing = [Every(Period.MONTH, day=31)]

    def ours() -> int:
        found = due_dates(
            timing, bounds=Bounds(FIRST), window=(FIRST, LAST), shift=ShiftPolicy("next_workday"), calendar=calendar
        )
        return len(found)

    def other() -> int:
        first, last = (datetime(day.year, day.month, day.day) for day in (FIRST, LAST))  # noqa: DTZ001 rrule's own kind
        return len(list(rrule(MONTHLY, dtstart=first, until=last, bymonthday=-1)))

    def anew() -> int:
        _kept.cache_clear()
        return ours()

    a, b = paired(ours, other)
    c, d = paired(anew, other)
    return [
        Row("252 monthly due dates, shifted, against dateutil.rrule", a * 1e3, b * 1e3, "ms", "≤ 0.1"),
        Row("the same, asked for the first time", c * 1e3, d * 1e3, "ms", ""),
    ]
