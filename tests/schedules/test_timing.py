"""What cannot be a timing is refused at birth, with the plan's author in mind."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from schedules.timing import AfterDone, BadTiming, By, Event, Every, EveryNYears, Period, Quantity, Timing


@pytest.mark.parametrize(
    ("build", "problem", "reason"),
    [
        (lambda: By(datetime(2024, 2, 29, tzinfo=UTC)), "without a time of day", "a due date is a date"),
        (lambda: Every(Period.MONTH, month=3), "Only a yearly timing", "每月 has no month of its own"),
        (lambda: Every(Period.YEAR, month=13), "no month 13", "a slip of the pen"),
        (lambda: Every(Period.YEAR, month=2, day=32), "day 32", "no month has it"),
        (lambda: Every(Period.YEAR, day=0), "day 0", "days begin with 1"),
        (lambda: Every(Period.YEAR, min_count=0), "count of 0", "a duty of nothing"),
        (lambda: EveryNYears(0), "Every 0 years", "would divide by nothing"),
        (lambda: EveryNYears(101), "Every 101 years", "nobody lives to see it"),
        (lambda: EveryNYears(2, month=0), "no month 0", "months begin with 1"),
        (lambda: EveryNYears(2, day=40), "day 40", "no month has it"),
        (lambda: Event("", 15), "needs a name", "nobody could register it"),
        (lambda: Event("发布之日", -1), "-1 days", "before is written as 0"),
        (lambda: Event("发布之日", 1, "lunar"), "not 'lunar'", "two kinds of days"),  # type: ignore[arg-type] # on purpose
        (lambda: AfterDone(date(2026, 3, 31)), "either months or days", "after how long?"),
        (lambda: AfterDone(date(2026, 3, 31), 3, 10), "either months or days", "which of the two?"),
        (lambda: AfterDone(date(2026, 3, 31), 0), "0 after", "it would never move on"),
        (lambda: AfterDone(date(2026, 3, 31), 3, day_kind="working"), "not by months", "there are no working months"),
        (lambda: Quantity(0, "学时", "year"), "asks for nothing", "an amount of nothing"),
        (lambda: Quantity(Decimal(60), "学时", "week"), "not per 'week'", "no such period in plans"),
    ],
)
def test_impossible_timings_are_refused(build: Callable[[], Timing], problem: str, reason: str) -> None:
    with pytest.raises(BadTiming, match=problem):
        pytest.fail(f"{build()} was accepted although: {reason}")


def test_a_bad_timing_is_a_value_error_so_that_the_plan_check_can_place_it() -> None:
    assert issubclass(BadTiming, ValueError)


@pytest.mark.parametrize(
    ("per", "period"),
    [
        ("person-year", Period.YEAR),
        ("year", Period.YEAR),
        ("half-year", Period.HALF),
        ("quarter", Period.QUARTER),
        ("month", Period.MONTH),
    ],
)
def test_an_amount_is_due_at_the_end_of_what_it_is_counted_per(per: str, period: Period) -> None:
    assert Quantity(60, "学时", per).period is period


def test_equal_timings_are_equal_values() -> None:
    assert {Every(Period.YEAR, 10, 31, month_end=True), Every(Period.YEAR, 10, 31, month_end=True)} == {
        Every(Period.YEAR, 10, 31, month_end=True)
    }
