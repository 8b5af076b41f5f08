"""Where a period is played: a scratch office with everybody in it, and the moments at which something is to be done."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schedules.civil import civil_date, instant
from schedules.plan import Plan
from schedules.roster import Roster
from storage import people
from storage.engine import open_store
from usecases.enroll import load_roster
from usecases.import_plan import ImportReport, import_plan
from usecases.office import Office
from usecases.plan_reminders import Planner, plan_reminders
from usecases.remind import next_moment

CHANNEL = "record"


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment to the end of a day."""

    start: datetime
    last: date
    zone: ZoneInfo

    @property
    def end(self) -> datetime:
        return instant(self.last + timedelta(days=1), time(0), self.zone)


@contextmanager
def scratch_office(office: Office) -> Iterator[Office]:
    """The same office on an empty store in memory, for as long as something is tried out there."""
    store = open_store("sqlite://")
    store.create()
    try:
        yield replace(office, store=store)
    finally:
        store.close()


def set_up(  # noqa: PLR0913 what may differ from play to play
    scratch: Office,
    plan_list: Iterable[Plan],
    roster: Roster,
    now: datetime,
    *,
    chase: bool = False,
    planner: Planner = plan_reminders,
) -> list[ImportReport]:
    """Everybody in the roster with a chat that records, and the plans imported now."""
    with scratch.write(now) as desk:
        load_roster(desk, roster)
        people.bind_everybody(desk.tx, CHANNEL, now)
        return [import_plan(desk, plan, chase=chase, planner=planner) for plan in plan_list]


def moments(
    scratch: Office, now: datetime, end: datetime, following: Callable[[datetime], datetime | None] | None = None
) -> Iterator[datetime]:
    """Every moment at which something is to be done, and each midnight, when the horizon moves on.

    `following` says when there is something to do after a moment, where the store does not know.
    """
    while now < end:
        yield now
        midnight = instant(civil_date(now, scratch.zone) + timedelta(days=1), time(0), scratch.zone)
        at = following(now) if following else _following(scratch, now)
        now = midnight if at is None or at <= now else min(at, midnight)


def _following(scratch: Office, now: datetime) -> datetime | None:
    with scratch.read(now) as desk:
        return next_moment(desk, (CHANNEL,), mail=False)
