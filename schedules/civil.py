"""Dates, wall-clock times and instants: three things, and the only ways from one to another.

A due date is a `date`. Office hours are a `time`. Only together with a zone do they become an instant, which is
always an aware `datetime` in UTC. A naive datetime is refused wherever one is met.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from schedules.errors import RuqiError

Zone = ZoneInfo

__all__ = ["NaiveInstant", "Zone", "civil_date", "clock_time", "instant", "local", "require_aware"]


class NaiveInstant(RuqiError):
    """A moment without a time zone was given; attach the zone it was meant in."""


def require_aware(moment: datetime) -> datetime:
    """The same instant in UTC; raises NaiveInstant when `moment` carries no zone."""
    if moment.utcoffset() is None:
        message = f"The moment {moment.isoformat()} has no time zone; attach the zone it was meant in."
        raise NaiveInstant(message)
    return moment.astimezone(UTC)


def instant(day: date, at: time, zone: Zone) -> datetime:
    """The instant when a clock on the wall in `zone` shows `at` on `day`.

    An hour that is doubled (clocks put back) is taken the first time; one that is missing (clocks put forward) moves
    to the next moment that exists. Invariant V10: nothing is skipped, nothing happens twice.
    """
    if at.tzinfo is not None:
        message = f"The wall-clock time {at.isoformat()} carries a zone of its own; give it without one."
        raise NaiveInstant(message)
    wall = datetime.combine(day, at.replace(fold=0))
    found = wall.replace(tzinfo=zone).astimezone(UTC)
    return found if _wall(found, zone) == wall else _first_after(wall, zone)


def local(moment: datetime, zone: Zone) -> datetime:
    """What calendar and clock show in `zone` at `moment` (aware, in `zone`)."""
    return require_aware(moment).astimezone(zone)


@lru_cache(maxsize=4096)
def civil_date(moment: datetime, zone: Zone) -> date:
    """The date people in `zone` write at `moment`."""
    return local(moment, zone).date()


def clock_time(text: str) -> time:
    """`08:30` as a wall-clock time; raises ValueError for anything that is not hours and minutes."""
    return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone


def _wall(moment: datetime, zone: Zone) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def _first_after(wall: datetime, zone: Zone) -> datetime:
    """The end of the gap that swallowed `wall`: the first instant whose wall clock is past it.

    PEP 495: inside a gap, fold=1 gives an instant before the jump and fold=0 one after it, so halving between the two
    finds the jump to the second.
    """
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if _wall(middle, zone) < wall else (before, middle)
    return after
