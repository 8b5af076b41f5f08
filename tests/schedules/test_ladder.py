"""Climbing the ladder: the moments of the design's sample, the shifts, and every due date of 33 years."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.civil import NaiveInstant, Zone, local
from schedules.ladder import BadHours, Hours, Ladder, OpeningHours, PlannedReminder, Rung, climb, load_ladders
from schedules.workdays import WorkCalendar

CALENDAR = WorkCalendar.published()
SHANGHAI = Zone("Asia/Shanghai")
HOURS = Hours()
STANDARD = load_ladders()["standard"]
DAY = timedelta(days=1)
LATE = ("w1", "w4", "w6", "w9", "w11", "w16", "w21")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def climbed(
    due: str,
    *,
    period_days: int | None = None,
    assigned: str | None = None,
    floor: str | None = None,
    ladder: Ladder = STANDARD,
    silent: str | None = None,
) -> tuple[PlannedReminder, ...]:
    return climb(
        ladder,
        due=date.fromisoformat(due),
        period_days=period_days,
        assigned_at=at(assigned) if assigned else None,
        now_floor=at(floor) if floor else None,
        hours=HOURS,
        calendar=CALENDAR,
        zone=SHANGHAI,
        silent_since=date.fromisoformat(silent) if silent else None,
    )


def pushes(planned: tuple[PlannedReminder, ...]) -> dict[str, str]:
    return {item.rung: f"{local(item.push_at, SHANGHAI):%Y-%m-%d %H:%M}" for item in planned}


def test_the_sample_of_the_design() -> None:
    """Due on Thursday 2026-12-31, New Year's Day between: 催办 on 4 January, 督办单 on the 7th."""
    assert pushes(climbed("2026-12-31", assigned="2026-11-23T09:00")) == {
        "assigned": "2026-11-23 09:00",
        "d30": "2026-12-01 09:00",
        "d14": "2026-12-17 09:00",
        "d7": "2026-12-24 09:00",
        "d3": "2026-12-28 09:00",
        "d1": "2026-12-30 09:00",
        "d0": "2026-12-31 09:00",
        "w1": "2027-01-04 09:00",
        "w4": "2027-01-07 09:00",
        "w6": "2027-01-11 09:00",
        "w9": "2027-01-14 09:00",
        "w11": "2027-01-18 09:00",
        "w16": "2027-01-25 09:00",
        "w21": "2027-02-01 09:00",
    }


def test_what_falls_on_days_off_is_held_before_them() -> None:
    """Due on Sunday 2027-01-31: the last call comes on Friday, and covers the one for Saturday."""
    planned = {item.rung: item for item in climbed("2027-01-31")}
    assert f"{local(planned['d0'].push_at, SHANGHAI):%Y-%m-%d %H:%M}" == "2027-01-29 09:00"
    assert planned["d0"].nominal == date(2027, 1, 31)
    assert "d1" not in planned
    assert pushes(climbed("2027-01-31"))["w1"] == "2027-02-01 09:00"


def test_a_make_up_day_is_a_working_day() -> None:
    """Due on Saturday 2026-02-28 and 14 days before it on Saturday the 14th: both are worked for Spring Festival."""
    found = pushes(climbed("2026-02-28"))
    assert found["d0"] == "2026-02-28 09:00"
    assert found["d7"] == "2026-02-14 09:00", "the 21st lies in the holiday"
    assert "d14" not in found, "its own day is the 14th; the nearer one stands for both"


def test_due_within_spring_festival_everything_near_becomes_one_call_before_it() -> None:
    found = pushes(climbed("2026-02-18"))
    assert found["d0"] == "2026-02-14 09:00"
    assert not {"d1", "d3"} & set(found)
    assert found["w1"] == "2026-02-24 09:00"


@pytest.mark.parametrize(
    ("assigned", "push", "reason"),
    [
        ("2026-11-23T10:15", "2026-11-23 10:15", "inside office hours: at once"),
        ("2026-11-23T08:30", "2026-11-23 08:30", "the office has just opened"),
        ("2026-11-23T08:29", "2026-11-23 09:00", "early on a working day: with the day's reminders"),
        ("2026-11-23T17:29", "2026-11-23 17:29", "the last minute"),
        ("2026-11-23T17:30", "2026-11-24 09:00", "closed: the next working day"),
        ("2026-11-20T23:00", "2026-11-23 09:00", "Friday night: Monday"),
        ("2026-11-22T22:00", "2026-11-23 09:00", "Sunday night: Monday"),
        ("2026-11-22T07:00", "2026-11-23 09:00", "Sunday morning is not an early working day"),
        ("2026-02-14T10:00", "2026-02-14 10:00", "a make-up Saturday"),
        ("2026-02-15T10:00", "2026-02-24 09:00", "over Spring Festival"),
    ],
)
def test_an_assignment_lies_in_the_inbox_at_once_and_buzzes_in_office_hours(
    assigned: str, push: str, reason: str
) -> None:
    first = climbed("2027-06-30", assigned=assigned)[0]
    assert (first.rung, first.audience, first.lies_at) == ("assigned", "officer", at(assigned))
    assert pushes((first,))["assigned"] == push, reason


def test_the_assignment_covers_what_would_have_left_before_it() -> None:
    found = pushes(climbed("2026-11-27", assigned="2026-11-24T09:00"))
    assert list(found) == ["assigned", "d1", "d0", *LATE], "d3 would leave in the same moment"


def test_a_part_that_is_assigned_overdue_is_chased_from_where_it_is() -> None:
    found = pushes(climbed("2026-11-20", assigned="2026-11-25T10:00"))
    chased = {"w4": "2026-11-26 09:00", "w6": "2026-11-30 09:00", "w9": "2026-12-03 09:00"}
    weekly = {"w11": "2026-12-07 09:00", "w16": "2026-12-14 09:00", "w21": "2026-12-21 09:00"}
    assert found == {"assigned": "2026-11-25 10:00", **chased, **weekly}


def test_without_an_assignment_the_ladder_begins_with_its_first_lead() -> None:
    assert climbed("2026-12-31")[0].rung == "d30"


def test_nothing_is_planned_before_the_floor() -> None:
    found = pushes(climbed("2026-12-31", floor="2026-12-28T09:00"))
    assert list(found) == ["d3", "d1", "d0", *LATE], "the floor itself is not before it"
    assert climbed("2020-12-31", floor="2026-12-28T09:00") == ()


@pytest.mark.parametrize(
    ("period_days", "first", "reason"),
    [
        (None, "d30", "once: every lead fits"),
        (366, "d30", "a year is long enough"),
        (31, "d30", "30 days are shorter than 31"),
        (30, "d14", "30 days before would be the day of the previous due date"),
        (28, "d14", "a month"),
        (7, "d3", "a week"),
        (1, "d0", "daily: the day itself"),
    ],
)
def test_a_lead_as_long_as_the_period_is_left_out(period_days: int | None, first: str, reason: str) -> None:
    assert climbed("2026-12-31", period_days=period_days)[0].rung == first, reason


def test_different_people_may_be_told_in_the_same_moment() -> None:
    ladder = Ladder("x", (Rung("w4", 4, after=True), Rung("w4_head", 4, after=True, audience="head")))
    assert [item.audience for item in climbed("2026-11-20", ladder=ladder)] == ["officer", "head"]


@pytest.mark.parametrize(
    ("silent", "asked", "why"),
    [
        ("2026-01-05", "2026-12-01", "received long ago: with the first of the ladder, in place of d30"),
        ("2026-09-16", "2026-12-15", "on the 60th worked day: the holiday at National Day does not count"),
        ("2026-09-18", None, "that would be five worked days before d7 on the 24th: too near"),
        ("2026-11-20", None, "so lately that the near steps come first"),
        (None, None, "not received"),
    ],
)
def test_who_received_and_stays_silent_is_asked_again(silent: str | None, asked: str | None, why: str) -> None:
    found = pushes(climbed("2026-12-31", silent=silent))
    assert found.get("a60") == (asked and f"{asked} 09:00"), why
    assert ("d30" in found) == (asked != "2026-12-01")


def test_naive_moments_are_refused() -> None:
    naive = datetime(2026, 11, 23, 9)
    for given_at in ({"assigned_at": naive, "now_floor": None}, {"assigned_at": None, "now_floor": naive}):
        with pytest.raises(NaiveInstant):
            climb(
                STANDARD,
                due=date(2026, 12, 31),
                period_days=None,
                hours=HOURS,
                calendar=CALENDAR,
                zone=SHANGHAI,
                **given_at,
            )


@pytest.mark.parametrize(
    ("opens", "closes", "sends", "reason"),
    [
        ((8, 30), (17, 30), (8, 0), "sends before it opens"),
        ((8, 30), (17, 30), (17, 30), "sends when it closes"),
        ((17, 30), (8, 30), (9, 0), "closes before it opens"),
    ],
)
def test_hours_that_cannot_be_kept_are_refused(
    opens: tuple[int, int], closes: tuple[int, int], sends: tuple[int, int], reason: str
) -> None:
    with pytest.raises(BadHours):
        pytest.fail(f"{Hours(time(*opens), time(*closes), time(*sends))} was accepted although: {reason}")


# --- every due date of 33 years ---


def every_day() -> Iterator[date]:
    day = date(2004, 1, 1)
    while day < date(2037, 1, 1):
        yield day
        day += DAY


def in_office(moment: datetime) -> bool:
    here = local(moment, SHANGHAI)
    return CALENDAR.is_workday(here.date()) and HOURS.opens <= here.time() < HOURS.closes


def last_workday_by_walking(day: date) -> date:
    while not CALENDAR.is_workday(day):
        day -= DAY
    return day


def test_every_due_date_of_33_years_is_climbed_in_order_on_working_days_in_office_hours() -> None:
    for due in every_day():
        planned = climbed(due.isoformat())
        moments = [item.push_at for item in planned]
        assert all(earlier < later for earlier, later in pairwise(moments)), f"{due}: out of order or twice"
        assert all(local(moment, SHANGHAI).time() == HOURS.sends for moment in moments), due
        assert all(CALENDAR.is_workday(local(moment, SHANGHAI).date()) for moment in moments), due
        assert all(item.lies_at <= item.push_at and item.push_at.tzinfo is UTC for item in planned), due


def test_every_rung_of_33_years_is_held_and_not_dropped() -> None:
    """Before: on the last working day up to its nominal day, or covered by a nearer one there. After: n worked days."""
    for due in every_day():
        planned = {item.rung: local(item.push_at, SHANGHAI).date() for item in climbed(due.isoformat())}
        for rung in (rung for rung in STANDARD.rungs[1:] if not rung.silent):
            if rung.after:
                worked = sum(CALENDAR.is_workday(due + n * DAY) for n in range(1, (planned[rung.key] - due).days + 1))
                assert worked == rung.offset, f"{due} {rung.key}"
            else:
                expected = last_workday_by_walking(due - rung.offset * DAY)
                assert planned.get(rung.key, expected) == expected, f"{due} {rung.key}"
                assert expected in planned.values(), f"{due} {rung.key} lost"


@given(
    due=st.dates(date(2004, 2, 1), date(2036, 11, 30)),
    assigned=st.none() | st.integers(-60 * 1440, 30 * 1440),
    floor=st.none() | st.integers(-60 * 1440, 30 * 1440),
    period=st.none() | st.integers(1, 400),
    zone=st.sampled_from(["Asia/Shanghai", "Asia/Urumqi", "Europe/Berlin", "America/New_York"]),
)
def test_whenever_it_is_assigned(
    due: date, assigned: int | None, floor: int | None, period: int | None, zone: str
) -> None:
    there = Zone(zone)
    midnight = datetime(due.year, due.month, due.day, tzinfo=UTC)
    assigned_at = None if assigned is None else midnight + timedelta(minutes=assigned)
    now_floor = None if floor is None else midnight + timedelta(minutes=floor)
    planned = climb(
        STANDARD,
        due=due,
        period_days=period,
        assigned_at=assigned_at,
        now_floor=now_floor,
        hours=HOURS,
        calendar=CALENDAR,
        zone=there,
    )
    for item in planned:
        here = local(item.push_at, there)
        assert CALENDAR.is_workday(here.date())
        assert HOURS.opens <= here.time() < HOURS.closes
        assert item.lies_at <= item.push_at
        assert now_floor is None or item.push_at >= now_floor
    assert all(earlier.push_at < later.push_at for earlier, later in pairwise(planned))
    assert [item.rung for item in planned].count("assigned") <= 1
    assert {item.rung for item in planned} <= {rung.key for rung in STANDARD.rungs}


@given(st.datetimes(datetime(2004, 1, 1), datetime(2036, 12, 20), timezones=st.just(UTC)))
def test_the_push_moment_is_the_first_one_allowed(moment: datetime) -> None:
    pushed = OpeningHours(HOURS, CALENDAR, SHANGHAI).push_moment(moment)
    assert in_office(pushed)
    assert pushed >= moment
    assert pushed == moment or not in_office(moment)
    while not in_office(moment):
        moment += timedelta(minutes=10)
    assert local(pushed, SHANGHAI).date() == local(moment, SHANGHAI).date(), "a working day was left out"
