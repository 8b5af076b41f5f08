"""The machine's clock and the movable one: aware instants only, and real seconds for real waiting."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.clock import MovableClock, SystemClock
from schedules.civil import NaiveInstant

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2024, 1, 15, 8, tzinfo=SHANGHAI)


class Seconds:
    """A stopwatch in the test's hand."""

    def __init__(self) -> None:
        self.value = 1000.0

    def __call__(self) -> float:
        return self.value


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def test_the_machines_clock_tells_utc() -> None:
    clock = SystemClock()
    assert clock.now().tzinfo is UTC
    assert 9 < (clock.wait(clock.now() + timedelta(seconds=10)) or 0) <= 10
    assert clock.wait(clock.now() - timedelta(hours=1)) == 0


def test_at_speed_0_it_stands_still(seconds: Seconds) -> None:
    clock = MovableClock(MONDAY, 0, seconds)
    seconds.value += 3600
    assert clock.now() == MONDAY
    assert clock.now().tzinfo is UTC
    assert clock.wait(MONDAY + timedelta(seconds=1)) is None
    assert clock.wait(MONDAY) == 0


def test_at_speed_60_a_second_is_a_minute(seconds: Seconds) -> None:
    clock = MovableClock(MONDAY, 60, seconds)
    seconds.value += 10
    assert clock.now() == MONDAY + timedelta(minutes=10)
    assert clock.wait(MONDAY + timedelta(minutes=20)) == 10


def test_it_can_be_put_forward_and_runs_on_from_there(seconds: Seconds) -> None:
    clock = MovableClock(MONDAY, 1, seconds)
    seconds.value += 5
    assert clock.advance(timedelta(hours=1)) == MONDAY + timedelta(hours=1, seconds=5)
    seconds.value += 5
    assert clock.now() == MONDAY + timedelta(hours=1, seconds=10)
    assert clock.set(MONDAY) == MONDAY


def test_the_next_day_is_the_same_hour_on_the_wall(seconds: Seconds) -> None:
    assert MovableClock(MONDAY, 0, seconds).next_day() == MONDAY + timedelta(days=1)
    berlin = datetime(
        2024, 3, 30, 8, tzinfo=ZoneInfo("Europe/Berlin")
    )  # the clocks go forward in the night that follows
    assert MovableClock(berlin, 0, seconds).next_day() - berlin.astimezone(UTC) == timedelta(hours=23)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstant):
        MovableClock(datetime(2024, 1, 15, 8))
    with pytest.raises(NaiveInstant):
        SystemClock().wait(datetime(2024, 1, 15, 8))
