"""Working days: the published years, the provisional ones, corrections, and counting checked by walking."""

import itertools
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.corrections import Corrections
from schedules.workdays import WorkCalendar

CALENDAR = WorkCalendar.published()
FIRST, LAST = date(2004, 1, 1), date(2036, 12, 31)
DAYS = st.dates(FIRST, LAST)
DAY = timedelta(days=1)


def walk(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


@pytest.mark.parametrize(
    ("day", "works", "why", "reason"),
    [
        # State Council notice of 2025-11-04 on the holidays of 2026.
        ("2026-01-01", False, "holiday:元旦", "1 to 3 January are off"),
        ("2026-01-02", False, "holiday:元旦", "a Friday off, worked on Sunday the 4th instead"),
        ("2026-01-04", True, "make-up", "Sunday for 2 January"),
        ("2026-02-14", True, "make-up", "Saturday before Spring Festival"),
        ("2026-02-15", False, "holiday:春节", "15 to 23 February are off"),
        ("2026-02-23", False, "holiday:春节", "the ninth and last day off"),
        ("2026-02-24", True, "workday", "back at work"),
        ("2026-02-28", True, "make-up", "Saturday after Spring Festival"),
        ("2026-04-06", False, "holiday:清明", "4 to 6 April are off"),
        ("2026-05-05", False, "holiday:劳动节", "1 to 5 May are off"),
        ("2026-05-09", True, "make-up", "Saturday for the Labour Day week"),
        ("2026-06-19", False, "holiday:端午", "19 to 21 June are off"),
        ("2026-09-20", True, "make-up", "Sunday for the National Day week"),
        ("2026-09-25", False, "holiday:中秋", "25 to 27 September are off"),
        ("2026-10-07", False, "holiday:国庆节", "1 to 7 October are off"),
        ("2026-10-10", True, "make-up", "Saturday for the National Day week"),
        ("2026-11-21", False, "weekend", "a plain Saturday"),
        ("2026-11-23", True, "workday", "a plain Monday"),
        # No notice yet: weekdays and what the law fixes.
        ("2027-01-01", False, "provisional-holiday:元旦", "the law fixes it"),
        ("2027-01-04", True, "provisional-workday", "the Monday after, as the voice sample has it"),
        ("2027-02-05", False, "provisional-holiday:春节", "the eve, a holiday since 2025"),
        ("2027-02-07", False, "provisional-holiday:春节", "a Sunday with a festival's name"),
        ("2027-02-13", False, "provisional-weekend", "may turn into a make-up day once published"),
        ("2050-10-01", False, "provisional-holiday:国庆节", "beyond the table the fixed dates still hold"),
        # Before the data: plain weekdays, and nothing to wait for.
        ("1999-12-31", True, "workday", "a Friday"),
        ("1999-10-01", False, "holiday:国庆节", "the fixed dates hold here too"),
    ],
)
def test_known_days(day: str, works: bool, why: str, reason: str) -> None:
    asked = date.fromisoformat(day)
    assert (CALENDAR.is_workday(asked), CALENDAR.why(asked)) == (works, why), reason


def test_the_make_up_days_of_2026_are_exactly_those_of_the_notice() -> None:
    found = [f"{day:%m-%d}" for day in walk(date(2026, 1, 1), date(2026, 12, 31)) if CALENDAR.why(day) == "make-up"]
    assert found == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_published_year(year: int, count: int) -> None:
    assert CALENDAR.workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) == count


def test_every_published_day_agrees_with_two_packages() -> None:
    theirs = holidays.country_holidays("CN", years=range(2004, 2027))
    days = walk(FIRST, date(2026, 12, 31))
    assert [day for day in days if CALENDAR.is_workday(day) != chinese_calendar.is_workday(day)] == []
    # The notice for 2006 made one Saturday of 2005 a working day; chinesecalendar's table lacks it.
    assert [day for day in days if CALENDAR.is_workday(day) != theirs.is_working_day(day)] == [date(2005, 12, 31)]


@pytest.mark.parametrize(
    ("day", "provisional", "reason"),
    [
        ("2003-06-02", False, "before the data: no notice will come"),
        ("2004-01-01", False, "the first published year"),
        ("2026-12-31", False, "published"),
        ("2027-01-01", True, "not published, though the law fixes this very day"),
        ("2050-07-01", True, "far ahead"),
    ],
)
def test_provisional_years(day: str, provisional: bool, reason: str) -> None:
    assert CALENDAR.is_provisional(date.fromisoformat(day)) is provisional, reason


def test_a_correction_overrules_one_day_and_settles_it() -> None:
    day = date(2027, 2, 14)
    corrected = WorkCalendar.published({day: True, date(2026, 11, 23): False})
    assert (corrected.is_workday(day), corrected.why(day), corrected.is_provisional(day)) == (True, "correction", False)
    assert corrected.is_provisional(day - DAY)
    assert corrected.next_workday(date(2026, 11, 23)) == date(2026, 11, 24)
    assert not CALENDAR.is_workday(day), "the calendar without the correction is another value"


def test_a_year_typed_in_whole_is_no_longer_provisional() -> None:
    typed = WorkCalendar.published(Corrections({date(2027, 2, 14): True}, frozenset({2027})))
    assert not typed.is_provisional(date(2027, 7, 1))
    assert typed.why(date(2027, 7, 1)) == "workday"
    assert typed.is_provisional(date(2028, 7, 1))


def test_calendars_are_values() -> None:
    day = date(2027, 2, 14)
    again = WorkCalendar.published({day: True})
    again.is_workday(day)
    assert WorkCalendar.published({day: True}) == again
    assert hash(WorkCalendar.published({day: True})) == hash(again)
    assert WorkCalendar.published({day: False}) != again


def test_counting_equals_walking_over_every_day() -> None:
    """Every neighbouring pair over 33 years, and every distance from a few starting days."""
    days = walk(FIRST, LAST)
    steps = [CALENDAR.workdays_between(day - DAY, day) for day in days]
    assert steps == [int(CALENDAR.is_workday(day)) for day in days]
    for start in (0, 1000, 8000):
        walked = itertools.accumulate(steps[start + 1 :])
        for day, count in zip(days[start + 1 :], walked, strict=True):
            assert CALENDAR.workdays_between(days[start], day) == count


@given(DAYS, st.integers(-300, 300))
def test_adding_working_days_equals_walking(day: date, count: int) -> None:
    walked, left = day, abs(count)
    while left:
        walked += DAY if count > 0 else -DAY
        left -= CALENDAR.is_workday(walked)
    assert CALENDAR.add_workdays(day, count) == walked


@given(DAYS, DAYS)
def test_between_is_signed_and_undone_by_adding(first: date, last: date) -> None:
    count = CALENDAR.workdays_between(first, last)
    assert CALENDAR.workdays_between(last, first) == -count
    if last > first and CALENDAR.is_workday(last):
        assert CALENDAR.add_workdays(first, count) == last


@given(DAYS)
def test_next_and_previous_are_the_nearest_working_days(day: date) -> None:
    after, before = CALENDAR.next_workday(day), CALENDAR.previous_workday(day)
    assert CALENDAR.is_workday(after)
    assert CALENDAR.is_workday(before)
    assert before <= day <= after
    assert not any(CALENDAR.is_workday(between) for between in walk(before + DAY, after - DAY) if before != after)


def test_the_first_day_of_a_count_is_not_counted() -> None:
    """接到通知后5个工作日内, notice on Friday 20 November 2026: the first counted day is Monday."""
    assert CALENDAR.add_workdays(date(2026, 11, 20), 5) == date(2026, 11, 27)
    assert CALENDAR.add_workdays(date(2026, 11, 21), 5) == date(2026, 11, 27)
    assert CALENDAR.add_workdays(date(2026, 11, 23), -1) == date(2026, 11, 20)
    assert CALENDAR.add_workdays(date(2026, 11, 21), 0) == date(2026, 11, 21)
