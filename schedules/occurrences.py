"""Occurrences 期次: which due dates a duty's timings give inside a window of days.

`rule_day` is what the timing gave and is never overwritten; `day` is where the plan's holiday settings put it. Identity
is (rule_day, stage, event key): it does not move when a holiday notice appears.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, assert_never

from schedules.chain import Links, steps
from schedules.recurrence import turns
from schedules.timing import AfterDone, BadTiming, By, Event, Every, EveryNYears, Quantity, Timing
from schedules.workdays import WorkCalendar

Recurring = Every | Quantity | EveryNYears

_HOLIDAY_RULES = ("stay", "next_workday")
_LOOK_BACK = timedelta(days=31)
"""Longer than any run of days off: a due date before the window may have been moved into it from this far at most."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """When the plan is in force: recurring timings give no due date before `begins` nor after `ends`."""

    begins: date
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class ShiftPolicy:
    """What happens to a due date that falls on a day off: it stays, or it moves to the next working day.

    `counted_on_holiday` is for calendar days counted from an event, where moving is the custom (Civil Procedure Law of
    the People's Republic of China, on periods whose last day is a holiday); `due_on_holiday` is for everything else.
    """

    due_on_holiday: str = "stay"
    counted_on_holiday: str = "next_workday"

    def __post_init__(self) -> None:
        for word in (self.due_on_holiday, self.counted_on_holiday):
            if word not in _HOLIDAY_RULES:
                message = f"On a holiday a due date can {' or '.join(_HOLIDAY_RULES)}, not {word!r}."
                raise BadTiming(message)


@dataclass(frozen=True, slots=True)
class EventDay:
    """An event that was registered: its name as in the timing, its day, and a key that tells two of a kind apart."""

    event: str
    day: date
    key: str


class Due(NamedTuple):
    """One due date. `period_*` is the civil period it belongs to (both ends included), None for one-off dates.

    What was counted from a completion has that day as its `period_start`, and no end.

    `target` is what has to be reported by then: a count where `unit_of_measure` is empty, an amount of it otherwise.
    `provisional` says that the day lies in a year whose holiday notice is not published. A tuple, because one is made
    in a fifth of the time of a frozen dataclass.
    """

    day: date
    rule_day: date
    stage: str = ""
    period_start: date | None = None
    period_end: date | None = None
    target: int | Decimal = 1
    unit_of_measure: str = ""
    event: str = ""
    provisional: bool = False
    event_key: str = ""

    @property
    def identity(self) -> tuple[date, str, str]:
        """What makes this due date the same one when it is worked out again."""
        return self.rule_day, self.stage, self.event_key

    @property
    def period_days(self) -> int | None:
        """The period's length in days for `climb`, None where nothing repeats; every month counts as the shortest."""
        if self.period_start is None or self.period_end is None:
            return None
        days = (self.period_end - self.period_start).days + 1
        return 28 if days in range(28, 32) else days


@dataclass(frozen=True, slots=True)
class _Terms:
    """What holds for all timings of a plan."""

    bounds: Bounds
    window: tuple[date, date]
    events: Sequence[EventDay]
    shift: ShiftPolicy
    calendar: WorkCalendar
    done: "Done"


@dataclass(frozen=True, slots=True)
class Done:
    """How far the chains of a duty are, by the day of their first link; and the day before which nobody followed up."""

    links: Mapping[date, Links] = field(default_factory=dict)
    since: date = date.min


@dataclass(frozen=True, slots=True)
class _Raw:
    """What a timing gives before holidays are looked at."""

    day: date
    on_holiday: str
    stage: str = ""
    span: tuple[date, date | None] | None = None
    target: int | Decimal = 1
    unit: str = ""
    event: EventDay | None = None
    key: str = ""


def due_dates(  # noqa: PLR0913 - each is a fact of its own that the caller already holds
    timings: Sequence[Timing],
    *,
    bounds: Bounds,
    window: tuple[date, date],
    events: Sequence[EventDay] = (),
    shift: ShiftPolicy = ShiftPolicy(),
    calendar: WorkCalendar,
    done: Done = Done(),
) -> tuple[Due, ...]:
    """Every due date of one duty that is still ahead at the window's first day, sorted, each identity once.

    Periodic due dates come only when their rule day is not after the window's last day; dates named in the plan and
    registered events come however far ahead they are, and so do chains as far as they are completed. Where two timings
    meet on the same identity, the one that asks for more is kept: an amount before a count, then the larger number,
    then the longer period.
    """
    terms = _Terms(bounds, window, events, shift, calendar, done)
    if len(timings) == 1 and not isinstance(timings[0], By | Event | AfterDone):
        return tuple(_recurring(timings[0], terms))  # one after the other, and no two alike
    found: dict[tuple[date, str, str], Due] = {}
    for due in (due for timing in timings for due in _dues(timing, terms)):
        known = found.get(due.identity)
        if known is None or _asks(due) > _asks(known):
            found[due.identity] = due
    return tuple(sorted(found.values(), key=lambda due: (due.day, *due.identity)))


def _dues(timing: Timing, terms: _Terms) -> Iterable[Due]:
    """What one timing gives that is still ahead at the window's first day."""
    match timing:
        case By():
            found = [_settled(_Raw(timing.day, terms.shift.due_on_holiday, stage=timing.stage), terms.calendar)]
        case Event():
            found = [_settled(raw, terms.calendar) for raw in _around_events(timing, terms)]
        case AfterDone():
            found = [_settled(raw, terms.calendar) for raw in _in_chain(timing, terms)]
        case Every() | Quantity() | EveryNYears():
            return _recurring(timing, terms)
        case _:
            assert_never(timing)
    return [due for due in found if due.day >= terms.window[0]]


def _recurring(timing: Recurring, terms: _Terms) -> list[Due]:
    """The turns inside both the plan's bounds and the window, which reaches back for what holidays move into it."""
    ahead = terms.window[0]
    first = max(terms.bounds.begins, ahead - _LOOK_BACK)
    last = min(terms.bounds.ends or terms.window[1], terms.window[1])
    begins = terms.bounds.begins.year if isinstance(timing, EveryNYears) else 0
    kept = _kept(timing, terms.shift.due_on_holiday, begins, terms.calendar)
    found: list[Due] = []
    for year in range(first.year, last.year + 1):
        dues = kept.of_year(year)
        if first.year < year < last.year:
            found += dues
        else:
            found += [due for due in dues if first <= due.rule_day <= last and due.day >= ahead]
    return found


@dataclass(frozen=True, slots=True)
class _Kept:
    """The due dates of a recurring timing, each worked out once: asked again every day, they are the same values."""

    timing: Recurring
    on_holiday: str
    begins: int
    calendar: WorkCalendar
    _years: dict[int, tuple[Due, ...]] = field(default_factory=dict)

    def of_year(self, year: int) -> tuple[Due, ...]:
        """Those whose rule day lies in that year."""
        known = self._years.get(year)
        if known is None:
            known = self._years[year] = tuple(self._work_out(year))
        return known

    def _work_out(self, year: int) -> Iterator[Due]:
        timing, calendar, moves = self.timing, self.calendar, self.on_holiday == "next_workday"
        target: int | Decimal = timing.min_count if isinstance(timing, Every) else 1
        unit = ""
        if isinstance(timing, Quantity):
            target, unit = timing.amount, timing.unit
        known = calendar.is_published(year) and calendar.is_published(year + 1)
        for rule_day, start, end in turns(timing, date(year, 1, 1), date(year, 12, 31), begins=self.begins):
            day = calendar.next_workday(rule_day) if moves else rule_day
            yield Due(day, rule_day, "", start, end, target, unit, "", not known and calendar.is_provisional(day))


@lru_cache(maxsize=1024)
def _kept(timing: Recurring, on_holiday: str, begins: int, calendar: WorkCalendar) -> _Kept:
    return _Kept(timing, on_holiday, begins, calendar)


def _around_events(timing: Event, terms: _Terms) -> Iterator[_Raw]:
    """The day after the event is the first one counted; what must precede an event never moves past it."""
    for event in terms.events:
        if event.event != timing.event:
            continue
        if timing.days == 0:
            yield _Raw(event.day, "stay", event=event)
        elif timing.day_kind == "working":
            yield _Raw(terms.calendar.add_workdays(event.day, timing.days), "stay", event=event)
        else:
            yield _Raw(event.day + timedelta(days=timing.days), terms.shift.counted_on_holiday, event=event)


def _in_chain(timing: AfterDone, terms: _Terms) -> Iterator[_Raw]:
    """The first date is the plan's own; the later ones are counted, by working days onto one."""
    links, ends = terms.done.links.get(timing.first, {}), terms.bounds.ends
    counted = "stay" if timing.day_kind == "working" else terms.shift.counted_on_holiday
    for step in steps(timing, links, since=terms.done.since, ends=ends, calendar=terms.calendar):
        if step.since is None:
            yield _Raw(step.day, terms.shift.due_on_holiday)
        else:
            yield _Raw(step.day, counted, span=(step.since, None), key=step.key)


def _settled(raw: _Raw, calendar: WorkCalendar) -> Due:
    """The due date where the plan's holiday settings put it."""
    day = calendar.next_workday(raw.day) if raw.on_holiday == "next_workday" else raw.day
    start, end = raw.span or (None, None)
    return Due(
        day=day,
        rule_day=raw.day,
        stage=raw.stage,
        period_start=start,
        period_end=end,
        target=raw.target,
        unit_of_measure=raw.unit,
        event=raw.event.event if raw.event else "",
        provisional=calendar.is_provisional(day),
        event_key=raw.event.key if raw.event else raw.key,
    )


def _asks(due: Due) -> tuple[bool, int | Decimal, int]:
    """How much a due date asks for, comparable."""
    return bool(due.unit_of_measure), due.target, due.period_days or 0
