"""Timings 时限: the rules by which a duty's due dates arise, as a closed union of plain values.

`By` a date · `Every` period · `EveryNYears` · after or before an `Event` · a `Quantity` per period · `AfterDone`. What
falls when is worked out in `occurrences.py` and `chain.py`; here is only what may be said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, TypeAlias

from schedules.errors import RuqiError

DayKind: TypeAlias = Literal["calendar", "working"]

_MONTHS = range(1, 13)
_DAYS = range(1, 32)
_SPANS = range(1, 101)


class BadTiming(RuqiError, ValueError):
    """This timing cannot be; correct the duty's `due` in the plan."""


class Period(StrEnum):
    """A stretch of the civil calendar that comes again; the values are the plan file's words."""

    YEAR = "yearly"
    HALF = "half_yearly"
    QUARTER = "quarterly"
    MONTH = "monthly"

    @property
    def months(self) -> int:
        """How many months one such period has."""
        return _LENGTH[self]


_LENGTH: Mapping[Period, int] = MappingProxyType({Period.YEAR: 12, Period.HALF: 6, Period.QUARTER: 3, Period.MONTH: 1})

PER: Mapping[str, Period] = MappingProxyType(
    {
        "person-year": Period.YEAR,
        "year": Period.YEAR,
        "half-year": Period.HALF,
        "quarter": Period.QUARTER,
        "month": Period.MONTH,
    }
)
"""What a quantity may be counted per, and the period at whose end it is due."""


def _require(holds: bool, problem: str) -> None:  # noqa: FBT001 - a condition read aloud, not a switch
    if not holds:
        raise BadTiming(problem)


@dataclass(frozen=True, slots=True)
class By:
    """Once, by a date (which is included), perhaps for one stage of the work.

    `month_end` remembers that the plan said 底前; the date is already the last day of the month.
    """

    day: date
    stage: str = ""
    month_end: bool = False

    def __post_init__(self) -> None:
        """Refuses a datetime where a date is meant."""
        _require(not isinstance(self.day, datetime), f"A due date is a date without a time of day, not {self.day!r}.")


@dataclass(frozen=True, slots=True)
class Every:
    """In every period, `min_count` times, by a day of it.

    Due on `day` of the period's last month, or of `month` in a yearly timing; without a day, or with `month_end`, on
    the last day of that month. A day the month does not have becomes its last one.
    """

    period: Period
    month: int | None = None
    day: int | None = None
    month_end: bool = False
    min_count: int = 1

    def __post_init__(self) -> None:
        """Refuses a month outside a yearly timing, days and months that no calendar has, and counts below one."""
        _require(self.month is None or self.period is Period.YEAR, f"Only a yearly timing names a month, not {self}.")
        _require(self.month is None or self.month in _MONTHS, f"There is no month {self.month}.")
        _require(self.day is None or self.day in _DAYS, f"No month has a day {self.day}.")
        _require(self.min_count >= 1, f"A count of {self.min_count} asks for nothing; leave it out or give 1 or more.")


@dataclass(frozen=True, slots=True)
class EveryNYears:
    """Once in `n` years, by a day of the year in which it is due.

    `anchor` is a year in which it is due. Where the plan names none, the first span of n years starts with the plan,
    and the duty is due in that span's last year.
    """

    n: int
    anchor: int | None = None
    month: int = 12
    day: int = 31
    month_end: bool = False

    def __post_init__(self) -> None:
        """Refuses spans that no plan outlives and days that no calendar has."""
        _require(self.n in _SPANS, f"Every {self.n} years is no rhythm; n is from 1 to 100.")
        _require(self.month in _MONTHS, f"There is no month {self.month}.")
        _require(self.day in _DAYS, f"No month has a day {self.day}.")


@dataclass(frozen=True, slots=True)
class Event:
    """Within `days` after an event that somebody registers; 0 days: before it, that is by its own day at the latest."""

    event: str
    days: int
    day_kind: DayKind = "calendar"

    def __post_init__(self) -> None:
        """Refuses an event without a name and negative days."""
        _require(bool(self.event.strip()), "An event needs a name under which it can be registered.")
        _require(self.days >= 0, f"{self.days} days after {self.event} cannot be; 0 means before the event.")
        _require(self.day_kind in {"calendar", "working"}, f"Days are calendar or working days, not {self.day_kind!r}.")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in every period, due at the period's end: 60 学时 per person-year."""

    amount: Decimal | int
    unit: str
    per: str

    def __post_init__(self) -> None:
        """Refuses amounts of nothing and periods without a meaning."""
        _require(self.amount > 0, f"An amount of {self.amount} {self.unit} asks for nothing.")
        _require(self.per in PER, f"An amount is counted per {', '.join(PER)}, not per {self.per!r}.")

    @property
    def period(self) -> Period:
        """The period at whose end the amount is due."""
        return PER[self.per]


@dataclass(frozen=True, slots=True)
class AfterDone:
    """A review cycle (复查, 回头看): `first` by that date, each later one counted from the completion of the last.

    Either `months`, or `days` of `day_kind`. The other timings are fixed: completing early or late moves nothing.
    """

    first: date
    months: int | None = None
    days: int | None = None
    day_kind: DayKind = "calendar"

    def __post_init__(self) -> None:
        """Refuses both or neither of months and days, counts below one, and working months."""
        _require(not isinstance(self.first, datetime), f"A due date has no time of day, not {self.first!r}.")
        _require((self.months is None) != (self.days is None), "After the last one: give either months or days.")
        count = self.months if self.days is None else self.days
        _require(count is not None and count >= 1, f"{count} after the last one cannot be; give 1 or more.")
        _require(self.day_kind in {"calendar", "working"}, f"Days are calendar or working days, not {self.day_kind!r}.")
        _require(self.months is None or self.day_kind == "calendar", "Working days are counted by days, not by months.")


Timing: TypeAlias = By | Every | EveryNYears | Event | Quantity | AfterDone
