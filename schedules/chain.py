"""Chains: the due dates of a review cycle, each counted from the day on which the one before was completed as a whole.

    first date ─ completed on 28 March ─▶ 28 June ─ completed on 3 July ─▶ 3 October …

A link is known by its place in the chain, not by its day, which follows the day of completion. A link that somebody has
touched stands where it stood, whatever becomes of the one before.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from schedules.recurrence import month_day
from schedules.timing import AfterDone, Timing
from schedules.workdays import WorkCalendar

_MARK = "done:"
_MOST = 1000
"""More links than any plan lives to see: dates of before the plan was taken in are walked over one by one."""


@dataclass(frozen=True, slots=True)
class Link:
    """An occurrence of a chain as it stands: its day, when it was completed, whether somebody touched it.

    `since` is the completion from which it was counted, None for the first.
    """

    day: date
    done: date | None = None
    touched: bool = False
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One due date of a chain, before holidays are looked at."""

    key: str
    day: date
    since: date | None


Links = Mapping[str, Link]
"""Links by the key of their place; the first one's is empty, as its day is the plan's own."""


def link_key(timing: AfterDone, place: int) -> str:
    """What tells the links of one chain apart, and one chain of a duty from another; at most 60 characters."""
    return "" if place == 1 else f"{_chain(timing)}{place}"


def belongs(key: str, timing: AfterDone) -> bool:
    """Whether a link with this key stands in the chain of this timing, behind its first."""
    return key.startswith(_chain(timing))


def _chain(timing: AfterDone) -> str:
    return f"{_MARK}{timing.first}#"


def is_linked(key: str) -> bool:
    """Whether an occurrence with this event key was counted from the completion of another."""
    return key.startswith(_MARK)


def timing_of(key: str, timings: Iterable[Timing]) -> AfterDone | None:
    """The one of these timings whose chain the link with this key belongs to; None where it was revised away."""
    mine = (one for one in timings if isinstance(one, AfterDone))
    return next((one for one in mine if belongs(key, one)), None)


def next_day(timing: AfterDone, done: date, calendar: WorkCalendar) -> date:
    """The day that follows from a completion; the day after it is the first one counted, months clamp."""
    if timing.months is not None:
        months = done.year * 12 + done.month - 1 + timing.months
        return month_day(months // 12, months % 12 + 1, done.day)
    assert timing.days is not None  # noqa: S101 a timing has one of the two
    if timing.day_kind == "working":
        return calendar.add_workdays(done, timing.days)
    return done + timedelta(days=timing.days)


def steps(timing: AfterDone, links: Links, *, since: date, ends: date | None, calendar: WorkCalendar) -> Iterator[Step]:
    """The chain as far as it is known: each completed link has one after it, up to the plan's end.

    A date before `since` that nobody ever followed up counts as completed on its day, so that a plan taken in late
    begins with the first date that is still ahead.
    """
    day, counted_from = timing.first, None
    for place in range(1, _MOST):
        link = links.get(link_key(timing, place))
        if place > 1 and link is not None and link.touched:
            day, counted_from = link.day, link.since
        elif place > 1 and (counted_from is None or (ends is not None and day > ends)):
            return
        yield Step(link_key(timing, place), day, counted_from)
        done = link.done if link is not None else day if day < since else None
        counted_from = done
        if done is not None:
            day = next_day(timing, done, calendar)
