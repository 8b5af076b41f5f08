"""Chains: the next date is the day of completion plus n, worked out with pencil and calendar."""

from datetime import date

import pytest

from schedules.chain import Link, is_linked, link_key, next_day, steps, timing_of
from schedules.occurrences import Bounds, Done, ShiftPolicy, due_dates
from schedules.timing import AfterDone
from schedules.workdays import WorkCalendar

CALENDAR = WorkCalendar.published()
FIRST = date(2025, 3, 31)
QUARTERLY = AfterDone(FIRST, months=3)
AHEAD = date(2025, 1, 1)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("timing", "done", "following", "reason"),
    [
        (QUARTERLY, "2025-03-28", "2025-06-28", "done early, counted from then"),
        (QUARTERLY, "2025-04-10", "2025-07-10", "done late, counted from then"),
        (AfterDone(FIRST, months=1), "2025-01-31", "2025-02-28", "clamped"),
        (AfterDone(FIRST, months=1), "2024-01-31", "2024-02-29", "clamped in a leap year"),
        (AfterDone(FIRST, months=13), "2024-12-31", "2026-01-31", "over two new years"),
        (AfterDone(FIRST, days=30), "2025-03-28", "2025-04-27", "the day after is the first one counted"),
        (
            AfterDone(FIRST, days=5, day_kind="working"),
            "2025-04-25",
            "2025-05-06",
            "27 April is worked, May Day is off",
        ),
    ],
)
def test_the_next_day(timing: AfterDone, done: str, following: str, reason: str) -> None:
    assert next_day(timing, day(done), CALENDAR) == day(following), reason


def walk(
    links: dict[str, Link], timing: AfterDone = QUARTERLY, since: date = AHEAD, ends: date | None = None
) -> list[str]:
    found = steps(timing, links, since=since, ends=ends, calendar=CALENDAR)
    return [step.day.isoformat() for step in found]


def test_a_chain_goes_as_far_as_it_is_completed() -> None:
    second = link_key(QUARTERLY, 2)
    assert walk({}) == ["2025-03-31"]
    assert walk({"": Link(FIRST)}) == ["2025-03-31"]
    assert walk({"": Link(FIRST, day("2025-03-28"))}) == ["2025-03-31", "2025-06-28"]
    assert walk(
        {"": Link(FIRST, day("2025-03-28")), second: Link(day("2025-06-28"), day("2025-07-03"), touched=True)}
    ) == [
        "2025-03-31",
        "2025-06-28",
        "2025-10-03",
    ]


def test_what_nobody_touched_follows_and_what_somebody_touched_stands() -> None:
    second = link_key(QUARTERLY, 2)
    before = Link(day("2025-06-28"), since=day("2025-03-28"))
    touched = Link(day("2025-06-28"), touched=True, since=day("2025-03-28"))
    assert walk({"": Link(FIRST), second: before}) == ["2025-03-31"], "taken back: gone"
    assert walk({"": Link(FIRST, day("2025-04-02")), second: before}) == ["2025-03-31", "2025-07-02"]
    assert walk({"": Link(FIRST), second: touched}) == ["2025-03-31", "2025-06-28"]
    assert walk({"": Link(FIRST, day("2025-04-02")), second: touched}) == ["2025-03-31", "2025-06-28"]


def test_a_plan_taken_in_late_begins_with_the_first_date_ahead_and_ends_with_the_plan() -> None:
    assert walk({}, since=day("2025-08-01")) == ["2025-03-31", "2025-06-30", "2025-09-30"]
    assert walk({"": Link(FIRST, day("2025-03-28"))}, ends=day("2025-06-27")) == ["2025-03-31"]


def test_a_date_counted_in_days_that_falls_on_a_day_off_moves_and_tells_what_it_was_counted_from() -> None:
    done = Done({FIRST: {"": Link(FIRST, day("2025-03-28"))}}, AHEAD)
    window = (date(1990, 1, 1), date(2026, 1, 1))
    first, second = due_dates([QUARTERLY], bounds=Bounds(AHEAD), window=window, done=done, calendar=CALENDAR)
    assert (first.day, first.event_key, first.period_start) == (FIRST, "", None)
    assert (second.rule_day, second.day) == (day("2025-06-28"), day("2025-06-30")), "a Saturday"
    assert (second.period_start, second.period_days) == (day("2025-03-28"), None)
    stays = ShiftPolicy(counted_on_holiday="stay")
    _, second = due_dates([QUARTERLY], bounds=Bounds(AHEAD), window=window, done=done, shift=stays, calendar=CALENDAR)
    assert second.day == day("2025-06-28")


def test_two_chains_of_one_duty_are_told_apart() -> None:
    other = AfterDone(day("2025-04-30"), days=10)
    keys = {link_key(timing, place) for timing in (QUARTERLY, other) for place in (2, 3)}
    assert len(keys) == 4
    assert all(is_linked(key) and len(key) <= 60 for key in keys)
    assert timing_of(link_key(other, 3), [QUARTERLY, other]) is other
    assert timing_of(link_key(other, 3), [QUARTERLY]) is None
