"""From dates and wall clocks to instants and back, over every kind of clock change."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.civil import NaiveInstant, Zone, civil_date, instant, local, require_aware

SHANGHAI = Zone("Asia/Shanghai")
ZONES = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
]


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected", "reason"),
    [
        ("Asia/Shanghai", "2026-12-31", "09:00", "2026-12-31T01:00", "eight hours ahead"),
        ("Asia/Shanghai", "1990-07-01", "09:00", "1990-07-01T00:00", "China kept summer time from 1986 to 1991"),
        ("Asia/Shanghai", "2026-01-01", "00:00", "2025-12-31T16:00", "midnight lies on the day before in UTC"),
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00", "missing: clocks jump from 2 to 3, so 3 o'clock"),
        ("Europe/Berlin", "2026-03-29", "02:00", "2026-03-29T01:00", "the first missing minute"),
        ("Europe/Berlin", "2026-03-29", "03:00", "2026-03-29T01:00", "the first minute that exists again"),
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30", "doubled: the first of the two"),
        ("Australia/Lord_Howe", "2026-10-04", "02:10", "2026-10-03T15:30", "a jump of half an hour"),
        ("Pacific/Apia", "2011-12-30", "09:00", "2011-12-30T10:00", "a whole day was left out: midnight of the next"),
    ],
)
def test_wall_clock_to_instant(zone: str, day: str, at: str, expected: str, reason: str) -> None:
    found = instant(date.fromisoformat(day), time.fromisoformat(at), Zone(zone))
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC), reason
    assert found.tzinfo is UTC


@given(
    day=st.dates(date(1980, 1, 1), date(2036, 12, 31)),
    at=st.times().map(lambda t: t.replace(microsecond=0)),
    zone=st.sampled_from(ZONES).map(Zone),
)
def test_the_wall_shows_what_was_asked_or_the_first_moment_after_it(day: date, at: time, zone: Zone) -> None:
    asked = datetime.combine(day, at)
    found = instant(day, at, zone)
    shown = local(found, zone).replace(tzinfo=None)
    just_before = local(found - timedelta(seconds=1), zone).replace(tzinfo=None)
    assert shown >= asked
    assert shown == asked or just_before < asked


def test_every_clock_change_of_twenty_years_keeps_one_reminder_a_day() -> None:
    """Walked day by day at half past two, the hour that clocks like to skip (fault 32 of the design's table)."""
    for name in ZONES:
        moments = [instant(date(2016, 1, 1) + timedelta(days=n), time(2, 30), Zone(name)) for n in range(20 * 366)]
        gaps = {later - earlier for earlier, later in pairwise(moments)}
        assert min(gaps) >= timedelta(hours=22), name
        assert max(gaps) <= timedelta(hours=26), name


@pytest.mark.parametrize("at", [time(9, tzinfo=UTC), time(9, tzinfo=timezone(timedelta(hours=8)))])
def test_a_wall_clock_time_has_no_zone_of_its_own(at: time) -> None:
    with pytest.raises(NaiveInstant, match="zone of its own"):
        instant(date(2026, 1, 1), at, SHANGHAI)


def test_naive_moments_are_refused_everywhere() -> None:
    naive = datetime(2026, 1, 1, 9)
    for refuse in (require_aware, lambda moment: local(moment, SHANGHAI), lambda moment: civil_date(moment, SHANGHAI)):
        with pytest.raises(NaiveInstant, match="2026-01-01T09:00:00"):
            refuse(naive)


def test_an_instant_of_any_zone_becomes_utc() -> None:
    given_moment = datetime(2026, 1, 1, 9, tzinfo=SHANGHAI)
    assert require_aware(given_moment).isoformat() == "2026-01-01T01:00:00+00:00"


def test_the_civil_date_is_that_of_the_zone() -> None:
    assert civil_date(datetime(2026, 12, 31, 16, tzinfo=UTC), SHANGHAI) == date(2027, 1, 1)
