"""The ladder 提醒档, climbed: from a due date to the moments at which its reminders lie in the inbox and buzz a phone.

Reminders leave on working days in office hours. What falls on a day off moves to the working day before, what chases an
overdue part counts working days and so lands on one. Held, never dropped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from schedules.civil import Zone, civil_date, instant, local, require_aware
from schedules.errors import RuqiError
from schedules.rungs import ASSIGNED, Audience, BadLadder, Ladder, Rung, load_ladders
from schedules.workdays import WorkCalendar

__all__ = [
    "ASSIGNED",
    "Audience",
    "BadHours",
    "BadLadder",
    "Hours",
    "Ladder",
    "OpeningHours",
    "PlannedReminder",
    "Rung",
    "climb",
    "load_ladders",
]


NEAR = 5
"""Working days: nobody is asked again so shortly before or after another step."""


class BadHours(RuqiError, ValueError):
    """Office hours must open before they close, and the daily sending time must lie between."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Office hours as wall-clock times: phones may buzz from `opens` until `closes`, the day's reminders at `sends`."""

    opens: time = time(8, 30)
    closes: time = time(17, 30)
    sends: time = time(9, 0)

    def __post_init__(self) -> None:
        if not self.opens <= self.sends < self.closes:
            raise BadHours(f"Office hours {self.opens}-{self.closes} do not hold the sending time {self.sends}.")


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """One reminder owed: `nominal` is the day its rung stands for, before any shift.

    From `lies_at` it may be read in the inbox, at `push_at` it is sent; both are instants in UTC, lies_at <= push_at.
    """

    rung: str
    audience: Audience
    nominal: date
    lies_at: datetime
    push_at: datetime
    copies: tuple[Audience, ...] = ()
    """Who else gets it (抄送)."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Where and when people work: what turns a date into a moment for them."""

    hours: Hours
    calendar: WorkCalendar
    zone: Zone

    def sends_on(self, day: date, at: time | None = None) -> datetime:
        """The moment the day's reminders leave; `at` is when one person wants them, as far as the office is open."""
        wanted = at if at is not None and self.hours.opens <= at < self.hours.closes else self.hours.sends
        return instant(day, wanted, self.zone)

    def push_moment(self, at: datetime) -> datetime:
        """`at` itself inside the hours of a working day, else the next moment at which reminders leave."""
        here = local(at, self.zone)
        if self.calendar.is_workday(here.date()):
            if self.hours.opens <= here.time() < self.hours.closes:
                return require_aware(at)
            if here.time() < self.hours.opens:
                return self.sends_on(here.date())
        return self.sends_on(self.calendar.add_workdays(here.date(), 1))


def climb(  # noqa: PLR0913 - each is a fact of its own that the caller already holds
    ladder: Ladder,
    *,
    due: date,
    period_days: int | None,
    assigned_at: datetime | None,
    now_floor: datetime | None,
    hours: Hours,
    calendar: WorkCalendar,
    zone: Zone,
    silent_since: date | None = None,
) -> tuple[PlannedReminder, ...]:
    """Every reminder one part owes for `due`, in the order in which they leave.

    1. A lead as long as the period or longer is left out: it would fall before the previous due date.
    2. Each rung is put on a working day.
    3. What would leave no later than the `assigned` reminder is covered by it and left out, as is what would leave
       before `now_floor`.
    4. Of two that reach the same people at the same moment the nearer to the due date stays, or the later if past it.

    `assigned_at` None: nobody assigned this part just now (the horizon rolled on), so there is no `assigned` reminder.
    `silent_since`: the day a received part last changed; without it nobody is asked again.
    """
    office = OpeningHours(hours, calendar, zone)
    steps = [rung for rung in ladder.rungs if _is_dated(rung) and not _too_long(rung, period_days)]
    asked = [] if silent_since is None else _ask_again(ladder, steps, due, silent_since, office)
    dated = [*(_plan(rung, due, office) for rung in steps), *asked]
    planned = {(item.push_at, item.audience): item for item in dated}
    kept = sorted(planned.values(), key=lambda item: item.push_at)
    if assigned_at is not None and ladder.rung(ASSIGNED):
        first = _assigned(assigned_at, office)
        kept = [first, *(item for item in kept if item.push_at > first.push_at)]
    floor = None if now_floor is None else require_aware(now_floor)
    return tuple(item for item in kept if floor is None or item.push_at >= floor)


def _is_dated(rung: Rung) -> bool:
    return rung.key != ASSIGNED and not rung.silent


def _ask_again(
    ladder: Ladder, steps: Sequence[Rung], due: date, since: date, office: OpeningHours
) -> Iterator[PlannedReminder]:
    """Asking a silent part again: inside the ladder's reach, before the due date, and never close to another step."""
    calendar = office.calendar
    others = [_day(rung, due, office)[1] for rung in steps if not rung.far]
    reach = max((rung.offset for rung in steps if not rung.after), default=0)
    for rung in ladder.rungs:
        if rung.silent:
            nominal = calendar.add_workdays(since, rung.offset)
            day = calendar.next_workday(max(nominal, due - timedelta(days=reach)))
            near = (abs(calendar.workdays_between(day, other)) <= NEAR for other in others)
            if day < due and not any(near):
                at = office.sends_on(day)
                yield PlannedReminder(rung.key, rung.audience, nominal, at, at)


def _too_long(rung: Rung, period_days: int | None) -> bool:
    return not rung.after and period_days is not None and rung.offset >= period_days


def _plan(rung: Rung, due: date, office: OpeningHours) -> PlannedReminder:
    nominal, day = _day(rung, due, office)
    at = office.sends_on(day)
    return PlannedReminder(rung.key, rung.audience, nominal, at, at, rung.copies)


def _day(rung: Rung, due: date, office: OpeningHours) -> tuple[date, date]:
    """The day a rung stands for, and the working day it leaves on."""
    if rung.after:
        day = office.calendar.add_workdays(due, rung.offset)
        return day, day
    nominal = due - timedelta(days=rung.offset)
    return nominal, office.calendar.previous_workday(nominal)


def _assigned(at: datetime, office: OpeningHours) -> PlannedReminder:
    """Lies in the inbox at once, on a Sunday night too; buzzes when the office is open."""
    lies_at = require_aware(at)
    return PlannedReminder(ASSIGNED, "officer", civil_date(at, office.zone), lies_at, office.push_moment(at))
