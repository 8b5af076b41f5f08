"""Due dates: the rows people would check with a calendar, and a walk over twenty years that checks every day."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.occurrences import Bounds, Due, EventDay, ShiftPolicy, due_dates
from schedules.timing import BadTiming, By, Event, Every, EveryNYears, Period, Quantity, Timing
from schedules.workdays import WorkCalendar

CALENDAR = WorkCalendar.published()
BOUNDS = Bounds(date(2023, 12, 1))
YEAR_2024 = date(2024, 1, 1), date(2024, 12, 31)
DAY = timedelta(days=1)


def dues(*timings: Timing, window: tuple[date, date] = YEAR_2024, bounds: Bounds = BOUNDS) -> tuple[Due, ...]:
    return due_dates(timings, bounds=bounds, window=window, calendar=CALENDAR)


def days(found: Sequence[Due]) -> list[str]:
    return [due.day.isoformat() for due in found]


@pytest.mark.parametrize(
    ("timing", "expected", "reason"),
    [
        (By(date(2024, 2, 29), month_end=True), ["2024-02-29"], "2月底前 in a leap year"),
        (By(date(2023, 12, 31)), [], "history when the window begins"),
        (By(date(2024, 1, 1)), ["2024-01-01"], "the window's first day is in it"),
        (By(date(2030, 6, 30)), ["2030-06-30"], "a date in the plan is known however far ahead"),
        (Every(Period.YEAR, 10, 31, month_end=True), ["2024-10-31"], "每年10月底前"),
        (Every(Period.YEAR, 2, 29, month_end=True), ["2024-02-29"], "每年2月底前, leap year"),
        (Every(Period.YEAR, 2), ["2024-02-29"], "no day: the month's last"),
        (Every(Period.YEAR), ["2024-12-31"], "每年: at the end of the year"),
        (Every(Period.YEAR, day=15), ["2024-12-15"], "a day without a month: of the period's last month"),
        (Every(Period.HALF, min_count=1), ["2024-06-30", "2024-12-31"], "每半年至少一次"),
        (Every(Period.HALF, day=20), ["2024-06-20", "2024-12-20"], "a day of the half year's last month"),
        (Every(Period.QUARTER, day=20), ["2024-03-20", "2024-06-20", "2024-09-20", "2024-12-20"], "每季度末月20日前"),
        (Every(Period.QUARTER, day=31), ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"], "31 is clamped"),
        (Every(Period.MONTH, day=5), [f"2024-{m:02}-05" for m in range(1, 13)], "每月5日前"),
        (EveryNYears(2, anchor=2024), ["2024-12-31"], "an anchor year"),
        (EveryNYears(2, anchor=2025), [], "a year between"),
        (EveryNYears(2, anchor=2030, month=6, day=30), ["2024-06-30"], "anchors reach backwards too"),
        (EveryNYears(2), ["2024-12-31"], "begun in 2023: the first two years end with 2024"),
        (EveryNYears(3, anchor=2024, month=2, day=31), ["2024-02-29"], "clamped"),
        (Quantity(60, "学时", "person-year"), ["2024-12-31"], "每人每年不少于60学时"),
        (Quantity(5, "件", "half-year"), ["2024-06-30", "2024-12-31"], "at the end of each half"),
        (Event("自方案发布之日", 15), [], "nothing happens until the event is registered"),
    ],
)
def test_what_a_timing_gives_in_2024(timing: Timing, expected: list[str], reason: str) -> None:
    assert days(dues(timing)) == expected, reason


def test_monthly_on_the_31st_skips_no_month() -> None:
    found = dues(
        Every(Period.MONTH, day=31), window=(date(2023, 1, 1), date(2024, 12, 31)), bounds=Bounds(date(2023, 1, 1))
    )
    assert [due.day.month for due in found] == [*range(1, 13), *range(1, 13)]
    assert [due.day.day for due in found if due.day.month == 2] == [28, 29]


@pytest.mark.parametrize(
    ("bounds", "expected", "reason"),
    [
        (Bounds(date(2024, 7, 1)), ["2024-12-31"], "no recurring due date before the plan begins"),
        (Bounds(date(2024, 6, 30)), ["2024-06-30", "2024-12-31"], "the first day of the plan is in it"),
        (Bounds(date(2020, 1, 1), date(2024, 6, 30)), ["2024-06-30"], "the last day of the plan is in it"),
        (Bounds(date(2020, 1, 1), date(2023, 6, 30)), [], "a plan that has ended"),
    ],
)
def test_the_plan_bounds_recurring_due_dates(bounds: Bounds, expected: list[str], reason: str) -> None:
    assert days(dues(Every(Period.HALF), bounds=bounds)) == expected, reason


def test_what_is_kept_is_kept_for_its_own_calendar_and_first_year() -> None:
    """Asked again, a due date is the same value; another calendar or anchor has due dates of its own."""
    monthly, shift = Every(Period.MONTH, day=8), ShiftPolicy("next_workday")
    corrected = WorkCalendar.published({date(2024, 3, 8): False})

    def march(calendar: WorkCalendar) -> Due:
        window = date(2024, 3, 1), date(2024, 3, 31)
        (found,) = due_dates([monthly], bounds=BOUNDS, window=window, shift=shift, calendar=calendar)
        return found

    assert march(CALENDAR) is march(CALENDAR)
    assert (march(CALENDAR).day, march(corrected).day) == (date(2024, 3, 8), date(2024, 3, 11))
    biennial = EveryNYears(2)
    assert days(dues(biennial, bounds=Bounds(date(2023, 1, 1)))) == ["2024-12-31"]
    assert days(dues(biennial, bounds=Bounds(date(2022, 1, 1)))) == []


def test_dates_named_in_the_plan_are_not_bounded_by_it() -> None:
    ended = Bounds(date(2024, 6, 1), date(2024, 6, 30))
    assert days(dues(By(date(2024, 2, 29)), By(date(2024, 12, 31)), bounds=ended)) == ["2024-02-29", "2024-12-31"]


def test_two_stages_on_one_day_are_two_occurrences() -> None:
    found = dues(By(date(2024, 12, 31), "取得阶段性成果"), By(date(2024, 12, 31), "完成"), By(date(2024, 6, 30)))
    assert [(due.day.month, due.stage) for due in found] == [(6, ""), (12, "取得阶段性成果"), (12, "完成")]


def test_a_period_carries_its_count_and_its_limits() -> None:
    (due,) = dues(Every(Period.YEAR, 10, 31, month_end=True, min_count=5))
    assert (due.target, due.unit_of_measure) == (5, "")
    assert (due.period_start, due.period_end) == YEAR_2024


def test_an_amount_carries_its_unit() -> None:
    (due,) = dues(Quantity(Decimal("7.5"), "学时", "person-year"))
    assert (due.target, due.unit_of_measure) == (Decimal("7.5"), "学时")


def test_of_two_timings_that_meet_the_one_that_asks_for_more_is_kept() -> None:
    found = dues(Every(Period.HALF), Every(Period.YEAR, min_count=5))
    assert [(due.day.month, due.target) for due in found] == [(6, 1), (12, 5)]
    (met,) = dues(Quantity(3, "学时", "year"), Every(Period.YEAR, min_count=5))
    assert (met.target, met.unit_of_measure) == (3, "学时"), "an amount says more than a count"
    assert dues(Every(Period.YEAR), Every(Period.HALF))[-1].period_start == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("timing", "length", "reason"),
    [
        (Every(Period.MONTH), 28, "so that a lead is kept or dropped alike in every month"),
        (Every(Period.QUARTER), 91, "the first quarter of 2024"),
        (Every(Period.YEAR), 366, "2024"),
        (EveryNYears(2, anchor=2024), 731, "2023 and 2024"),
        (By(date(2024, 1, 1)), None, "once"),
    ],
)
def test_the_length_of_the_period(timing: Timing, length: int | None, reason: str) -> None:
    assert dues(timing)[0].period_days == length, reason


EVENT = "接到通知"


@pytest.mark.parametrize(
    ("timing", "happened", "expected", "reason"),
    [
        (Event(EVENT, 15), "2026-11-02", "2026-11-17", "the day of the event is not counted"),
        (Event(EVENT, 5), "2026-11-02", "2026-11-09", "the fifth day is a Saturday, so the Monday"),
        (Event(EVENT, 5), "2026-02-10", "2026-02-24", "ends on the first day of the Spring Festival week"),
        (Event(EVENT, 5, "working"), "2026-11-20", "2026-11-27", "Friday plus five working days"),
        (Event(EVENT, 3, "working"), "2026-02-12", "2026-02-24", "Fri, make-up Sat, then nine days off"),
        (Event(EVENT, 0), "2026-11-21", "2026-11-21", "before the event: by its own day, never moved past it"),
    ],
)
def test_after_and_before_an_event(timing: Event, happened: str, expected: str, reason: str) -> None:
    event = EventDay(EVENT, date.fromisoformat(happened), "e1")
    other = EventDay("别的事", date(2026, 3, 2), "e2")
    window = date(2026, 1, 1), date(2026, 1, 31)
    (due,) = due_dates([timing], bounds=BOUNDS, window=window, events=[other, event], calendar=CALENDAR)
    assert (due.day.isoformat(), due.event, due.event_key) == (expected, EVENT, "e1"), reason


def test_two_events_of_a_kind_on_one_day_are_two_occurrences() -> None:
    events = [EventDay("上岗", date(2026, 3, 2), "张敏"), EventDay("上岗", date(2026, 3, 2), "李强")]
    found = due_dates([Event("上岗", 0)], bounds=BOUNDS, window=YEAR_2024, events=events * 2, calendar=CALENDAR)
    assert [due.event_key for due in found] == ["张敏", "李强"]


@pytest.mark.parametrize(
    ("shift", "timing", "expected", "reason"),
    [
        (ShiftPolicy(), By(date(2024, 6, 30)), "2024-06-30", "a Sunday: a due date stands, by default"),
        (ShiftPolicy("next_workday"), By(date(2024, 6, 30)), "2024-07-01", "the plan lets it move"),
        (ShiftPolicy("next_workday"), Every(Period.YEAR, 9, 29), "2024-09-29", "a make-up Sunday is a working day"),
        (ShiftPolicy("next_workday"), Every(Period.YEAR, 10, 1), "2024-10-08", "over the National Day week"),
        (ShiftPolicy("stay", "stay"), Event(EVENT, 8), "2024-06-30", "counted days may stay as well"),
        (ShiftPolicy("next_workday", "next_workday"), Event(EVENT, 0), "2024-06-22", "before it, on a Saturday too"),
    ],
)
def test_holidays_move_due_dates_only_where_the_plan_says_so(
    shift: ShiftPolicy, timing: Timing, expected: str, reason: str
) -> None:
    events = [EventDay(EVENT, date(2024, 6, 22), "e")]
    (due,) = due_dates([timing], bounds=BOUNDS, window=YEAR_2024, events=events, shift=shift, calendar=CALENDAR)
    assert due.day.isoformat() == expected, reason


def test_the_day_the_rule_gave_is_kept_and_is_the_identity() -> None:
    shift = ShiftPolicy("next_workday")
    (due,) = due_dates([By(date(2024, 6, 30))], bounds=BOUNDS, window=YEAR_2024, shift=shift, calendar=CALENDAR)
    assert (due.rule_day, due.identity) == (date(2024, 6, 30), (date(2024, 6, 30), "", ""))


def test_a_due_date_moved_into_the_window_is_still_ahead() -> None:
    """Sunday 31 December 2023 becomes 2 January 2024: a plan imported on New Year's Day must not lose it."""
    shift = ShiftPolicy("next_workday")
    (due, *_) = due_dates([Every(Period.YEAR)], bounds=BOUNDS, window=YEAR_2024, shift=shift, calendar=CALENDAR)
    assert (due.rule_day, due.day) == (date(2023, 12, 31), date(2024, 1, 2))


def test_years_without_a_notice_are_marked() -> None:
    window = date(2026, 1, 1), date(2027, 12, 31)
    assert [due.provisional for due in dues(Every(Period.YEAR), window=window)] == [False, True]


def test_words_that_are_no_holiday_rule_are_refused() -> None:
    with pytest.raises(BadTiming, match="previous_workday"):
        ShiftPolicy("previous_workday")


# --- against a walk, day by day, that shares no arithmetic with the rule ---

_day = st.none() | st.integers(1, 31)
EVERY = st.one_of(
    st.builds(Every, st.just(Period.YEAR), month=st.none() | st.integers(1, 12), day=_day, month_end=st.booleans()),
    st.builds(Every, st.sampled_from([Period.HALF, Period.QUARTER, Period.MONTH]), day=_day, month_end=st.booleans()),
    st.builds(
        Quantity, st.integers(1, 90), st.just("学时"), st.sampled_from(["year", "half-year", "quarter", "month"])
    ),
    st.builds(
        EveryNYears,
        st.integers(1, 6),
        anchor=st.integers(1990, 2040),
        month=st.integers(1, 12),
        day=st.integers(1, 31),
        month_end=st.booleans(),
    ),
)
LAST_MONTHS = {Period.YEAR: {12}, Period.HALF: {6, 12}, Period.QUARTER: {3, 6, 9, 12}, Period.MONTH: set(range(1, 13))}


def falls_on(timing: Every | Quantity | EveryNYears, day: date) -> bool:
    """Whether the timing is due on `day`, said as a person with a wall calendar would."""
    last_of_month = (day + DAY).month != day.month
    if isinstance(timing, Quantity):
        return last_of_month and day.month in LAST_MONTHS[timing.period]
    if isinstance(timing, EveryNYears):
        months = {timing.month} if day.year % timing.n == timing.anchor % timing.n else set[int]()  # type: ignore[operator] # drawn with one
    else:
        months = {timing.month} if timing.month else LAST_MONTHS[timing.period]
    if day.month not in months:
        return False
    if timing.month_end or timing.day is None:
        return last_of_month
    return day.day == timing.day or (last_of_month and day.day < timing.day)


def walked(first: date, last: date, falls: Callable[[date], bool]) -> list[date]:
    return [day for step in range((last - first).days + 1) if falls(day := first + timedelta(days=step))]


@pytest.mark.parametrize(
    "timing",
    [
        Every(Period.YEAR, 2, 29, month_end=True),
        Every(Period.YEAR, 2, 29),
        Every(Period.HALF, day=31),
        Every(Period.QUARTER, day=20),
        Every(Period.MONTH, day=30),
        Every(Period.MONTH),
        EveryNYears(3, anchor=2005, month=2, day=30),
        Quantity(10, "件", "quarter"),
    ],
)
def test_twenty_years_and_more_equal_the_walk(timing: Every | Quantity | EveryNYears) -> None:
    first, last = date(2004, 1, 1), date(2036, 12, 31)
    found = dues(timing, window=(first, last), bounds=Bounds(first))
    assert [due.day for due in found] == walked(first, last, lambda day: falls_on(timing, day))


@given(
    timing=EVERY,
    first=st.dates(date(2004, 1, 1), date(2036, 12, 31)),
    length=st.integers(0, 1200),
    begins=st.dates(date(2004, 1, 1), date(2036, 12, 31)),
    lasts=st.none() | st.integers(0, 3000),
)
def test_any_window_and_any_bounds_equal_the_walk(
    timing: Every | Quantity | EveryNYears, first: date, length: int, begins: date, lasts: int | None
) -> None:
    last, ends = first + timedelta(days=length), None if lasts is None else begins + timedelta(days=lasts)
    found = dues(timing, window=(first, last), bounds=Bounds(begins, ends))
    lawful = [day for day in walked(first, last, lambda day: falls_on(timing, day)) if begins <= day <= (ends or day)]
    assert [due.day for due in found] == lawful
    for due in found:
        assert due.period_start is not None
        assert due.period_end is not None
        assert due.period_start <= due.day <= due.period_end


@given(timings=st.lists(EVERY, max_size=3), start=st.dates(date(2004, 1, 1), date(2030, 1, 1)), cut=st.integers(0, 800))
def test_a_rolling_window_gives_what_one_long_window_gives(timings: list[Timing], start: date, cut: int) -> None:
    """The horizon moves on, holidays move due dates, and nothing falls between two turns."""
    middle, end = start + timedelta(days=cut), start + timedelta(days=1200)
    shift = ShiftPolicy("next_workday")

    def ask(first: date, last: date) -> set[Due]:
        return set(due_dates(timings, bounds=Bounds(start), window=(first, last), shift=shift, calendar=CALENDAR))

    assert ask(start, middle) | ask(middle + DAY, end) == ask(start, end)


@given(timings=st.lists(EVERY, max_size=4))
def test_sorted_and_each_identity_once(timings: list[Timing]) -> None:
    found = dues(*timings, window=(date(2024, 1, 1), date(2027, 12, 31)))
    assert [due.day for due in found] == sorted(due.day for due in found)
    assert len({due.identity for due in found}) == len(found)


@given(
    happened=st.dates(date(2004, 1, 1), date(2035, 12, 31)),
    count=st.integers(1, 120),
    kind=st.sampled_from(["calendar", "working"]),
)
def test_days_after_an_event_equal_counting_on_fingers(happened: date, count: int, kind: str) -> None:
    timing = Event("e", count, "working" if kind == "working" else "calendar")
    events = [EventDay("e", happened, "1")]
    (due,) = due_dates([timing], bounds=BOUNDS, window=(happened, happened), events=events, calendar=CALENDAR)
    day, left = happened, count
    while left:
        day += DAY
        left -= kind == "calendar" or CALENDAR.is_workday(day)
    while not CALENDAR.is_workday(day):
        day += DAY
    assert due.day == day
