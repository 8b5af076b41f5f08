"""Working days of mainland China, make-up days (调休) included.

Years with a State Council notice come from chinesecalendar's table. A later year is *provisional*: weekdays without the
statutory holidays that are known already, marked so to the reader, right only once the notice is in. An office corrects
single days, or types a whole notice in, through `corrections.py`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from chinese_calendar.constants import Holiday, holidays, workdays

from schedules.corrections import CorrectionProblem, Corrections, parse_corrections
from schedules.statutory import statutory_holidays

__all__ = ["CorrectionProblem", "Corrections", "WorkCalendar", "parse_corrections"]

_SATURDAY = 5
_NONE: Mapping[date, bool] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Year:
    """One year worked out: an answer for each day, and the ordinals of the working ones, ascending."""

    first: int
    works: tuple[bool, ...]
    worked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Answers about working days; a value, equal to another with the same corrections.

    Single questions cost a table look-up, counting costs two however far apart the days are: years are worked out once,
    when first asked for.
    """

    corrections: Mapping[date, bool] = field(default_factory=dict, hash=False)
    announced: frozenset[int] = frozenset()
    _years: dict[int, _Year] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def published(cls, corrections: Mapping[date, bool] = _NONE) -> "WorkCalendar":
        """The published notices, overruled day by day by `corrections` (True: worked)."""
        announced = corrections.announced if isinstance(corrections, Corrections) else frozenset()
        return cls(MappingProxyType(dict(corrections)), announced)

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked, as far as is known."""
        year = self._year(day.year)
        return year.works[day.toordinal() - year.first]

    def is_provisional(self, day: date) -> bool:
        """Whether the answer for `day` is an estimate, because the notice for its year is not published."""
        return not self.is_published(day.year) and day not in self.corrections

    def is_published(self, year: int) -> bool:
        """Whether the notice for that year is in the table, or in the corrections."""
        return not _is_estimated(year) or year in self.announced

    def next_workday(self, day: date) -> date:
        """`day` itself when it is worked, else the first working day after it."""
        year = self._years.get(day.year) or self._year(day.year)
        return day if year.works[day.toordinal() - year.first] else self.add_workdays(day, 1)

    def previous_workday(self, day: date) -> date:
        """`day` itself when it is worked, else the last working day before it."""
        return day if self.is_workday(day) else self.add_workdays(day, -1)

    def add_workdays(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, before it when negative; `day` is not counted. 0 gives `day`."""
        if count == 0:
            return day
        year = day.year
        worked = self._year(year).worked
        if count > 0:
            place = bisect_right(worked, day.toordinal()) + count - 1
            while place >= len(worked):
                place, year = place - len(worked), year + 1
                worked = self._year(year).worked
        else:
            place = bisect_left(worked, day.toordinal()) + count
            while place < 0:
                year -= 1
                worked = self._year(year).worked
                place += len(worked)
        return date.fromordinal(worked[place])

    def workdays_between(self, first: date, last: date) -> int:
        """How many working days come after `first` up to and including `last`; negative when `last` is earlier."""
        if last < first:
            return -self.workdays_between(last, first)
        whole = sum(len(self._year(year).worked) for year in range(first.year, last.year))
        return whole + self._rank(last) - self._rank(first)

    def why(self, day: date) -> str:
        """Why `day` is worked or not: workday, weekend, make-up, correction, or `holiday:` and the festival's name.

        In a year without a notice the key starts with `provisional-`.
        """
        if day in self.corrections:
            return "correction"
        if self.is_provisional(day):
            return f"provisional-{_reason(day)}"
        return _reason(day)

    def _rank(self, day: date) -> int:
        return bisect_right(self._year(day.year).worked, day.toordinal())

    def _year(self, year: int) -> _Year:
        known = self._years.get(year)
        if known is None:
            known = self._years[year] = self._work_out(year)
        return known

    def _work_out(self, year: int) -> _Year:
        first = date(year, 1, 1)
        length = (date(year, 12, 31) - first).days + 1
        days = [first + timedelta(days=step) for step in range(length)]
        works = tuple(self.corrections.get(day, _reason(day) in {"workday", "make-up"}) for day in days)
        worked = tuple(day.toordinal() for day, works_on in zip(days, works, strict=True) if works_on)
        return _Year(first.toordinal(), works, worked)


@cache
def _notice_years() -> range:
    """The years whose notice the installed table holds: a stray day of a later year does not make it known."""
    known = [day.year for day in holidays if (day.month, day.day) == (10, 1)]
    return range(min(known), max(known) + 1)


def _is_estimated(year: int) -> bool:
    return year >= _notice_years().stop


@cache
def _named(year: int) -> Mapping[date, str]:
    """The days off with a festival's name: as published, or else as the law has them."""
    if year in _notice_years():
        return {day: Holiday(name).chinese for day, name in holidays.items() if day.year == year}
    return statutory_holidays(year)


def _reason(day: date) -> str:
    if day in workdays and day.year in _notice_years():
        return "make-up"
    if day in _named(day.year):
        return f"holiday:{_named(day.year)[day]}"
    return "weekend" if day.weekday() >= _SATURDAY else "workday"
