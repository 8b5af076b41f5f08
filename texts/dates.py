"""How days, times and distances are said: a date always with its weekday, and how many working days are left."""

from datetime import date, datetime
from functools import lru_cache

from schedules.civil import local
from texts.catalogue import say
from texts.reader import Reader
from texts.values import PartView


def day(reader: Reader, on: date, *, beside: date | None = None) -> str:
    """12月31日(周四); with the year where it is not this year's, nor that of the date it stands `beside`."""
    key = "date.day" if on.year in (reader.today.year, beside and beside.year) else "date.day_of_year"
    return _day(reader.language, key, on)


@lru_cache(maxsize=4096)
def _day(language: str, key: str, on: date) -> str:
    month, weekday = say(language, f"date.month.{on.month}"), say(language, f"date.weekday.{on.weekday()}")
    return say(language, key, day=on.day, month=month, year=on.year, weekday=weekday)


def weekday(reader: Reader, on: date) -> str:
    return reader.say(f"date.weekday.{on.weekday()}")


def clock(reader: Reader, moment: datetime) -> str:
    """09:14, as the clock on the wall shows it."""
    return f"{local(moment, reader.zone):%H:%M}"


def moment(reader: Reader, at: datetime) -> str:
    """09:14 for today, with the day for any other."""
    on = local(at, reader.zone).date()
    return clock(reader, at) if on == reader.today else full_moment(reader, at)


def full_moment(reader: Reader, at: datetime) -> str:
    """12月18日(周五) 09:14."""
    return reader.say("date.moment", day=day(reader, local(at, reader.zone).date()), clock=clock(reader, at))


def left(reader: Reader, part: PartView) -> str:
    """How far the due date is, in working days: 还有 28 个工作日, 今天到期, 已过期 1 个工作日."""
    if part.due < reader.today:
        return _over(reader, part)
    if part.due == reader.today:
        return reader.say("left.today")
    if part.days_left > 0:
        said = reader.say("left.days", n=part.days_left)
        return reader.say("left.estimated", left=said) if part.provisional else said
    return reader.say("left.last_workday" if part.last_workday == reader.today else "left.no_workday")


def _over(reader: Reader, part: PartView) -> str:
    """Counted in working days; before the first of them has begun, in days."""
    if part.days_left < 0:
        return reader.say("left.over", n=-part.days_left)
    return reader.say("left.over_days", n=(reader.today - part.due).days)


def due(reader: Reader, part: PartView) -> str:
    """The due date, and by which working day to act where it falls on a day off; once past, the date that was set."""
    said = day(reader, part.due)
    if part.due < reader.today:
        return reader.say("due.was", day=said)
    if part.last_workday == part.due or part.last_workday < reader.today:
        return said
    return reader.say("due.act_by", day=said, last=day(reader, part.last_workday, beside=part.due))
