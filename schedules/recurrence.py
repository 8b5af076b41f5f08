"""Recurrence: the turns of a recurring timing on the civil calendar, before plan, window and holidays are looked at.

Plain month arithmetic, clamped: a day that the month does not have becomes its last one, so no period is ever skipped
(which recurrence rules in the manner of RFC 5545 do).
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from schedules.timing import Every, EveryNYears, Quantity


class Turn(NamedTuple):
    """One due date and the period it belongs to, both ends included."""

    day: date
    start: date
    end: date


def month_day(year: int, month: int, day: int | None) -> date:
    """That day of the month; the last one where the month is shorter or no day is named."""
    last = monthrange(year, month)[1]
    return date(year, month, last if day is None else min(day, last))


def turns(timing: Every | Quantity | EveryNYears, first: date, last: date, *, begins: int) -> Iterator[Turn]:
    """The turns due in first..last, ascending; `begins` is the plan's first year, from which n years are counted."""
    every = (
        _spans_of_years(timing, first, last, begins)
        if isinstance(timing, EveryNYears)
        else _periods(timing, first, last)
    )
    return (turn for turn in every if first <= turn.day <= last)


def _periods(timing: Every | Quantity, first: date, last: date) -> Iterator[Turn]:
    """One turn for each period that touches first..last, whether its day lies inside or not."""
    months = timing.period.months
    in_month = None if isinstance(timing, Quantity) else timing.month
    wanted = None if isinstance(timing, Quantity) or timing.month_end else timing.day
    for index in range(_month_index(first) // months, _month_index(last) // months + 1):
        year, before = divmod(index * months, 12)
        held = _months(year)
        end = held[before + months - 1][1]
        day = held[in_month - 1][1] if in_month else end
        if wanted is not None and wanted < day.day:
            day = day.replace(day=wanted)
        yield Turn(day, held[before][0], end)


@lru_cache(maxsize=256)
def _months(year: int) -> tuple[tuple[date, date], ...]:
    """The first and the last day of each month."""
    return tuple((date(year, month, 1), month_day(year, month, None)) for month in range(1, 13))


def _spans_of_years(timing: EveryNYears, first: date, last: date, begins: int) -> Iterator[Turn]:
    """One turn for each year of first..last that is a multiple of n years away from the anchor."""
    anchor = begins + timing.n - 1 if timing.anchor is None else timing.anchor
    for year in range(first.year, last.year + 1):
        if (year - anchor) % timing.n == 0:
            day = month_day(year, timing.month, None if timing.month_end else timing.day)
            yield Turn(day, date(year - timing.n + 1, 1, 1), date(year, 12, 31))


def _month_index(day: date) -> int:
    return day.year * 12 + day.month - 1
