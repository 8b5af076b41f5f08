"""The office Ruqi works for, and the desk a use case works at: one transaction, one moment, the office's settings."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from schedules.civil import civil_date, require_aware
from schedules.ladder import Hours, OpeningHours
from schedules.rungs import Ladder
from schedules.workdays import WorkCalendar
from storage.engine import Store, Tx
from storage.files import FileStore
from storage.keeper import Keeper
from storage.migrate import pass_gate
from usecases.tally import Tally


@dataclass(frozen=True, kw_only=True)
class Office:
    """Settings as values, read once at the edge. Lives are how long an invitation, link or session is good for."""

    store: Store
    zone: ZoneInfo
    calendar: WorkCalendar
    ladders: Mapping[str, Ladder]
    hours: Hours = field(default_factory=Hours)
    base_url: str = "http://127.0.0.1:8080"
    horizon: timedelta = timedelta(days=400)
    undo_window: timedelta = timedelta(minutes=10)
    invite_life: timedelta = timedelta(days=7)
    link_life: timedelta = timedelta(minutes=15)
    letter_life: timedelta = timedelta(days=3)
    """How long the link in a letter is good for: mail is read later than chat."""
    session_life: timedelta = timedelta(hours=12)
    lease: timedelta = timedelta(seconds=7)
    """How long a claim stands after its node last said that it lives; with it a dead node's are taken over in ten."""
    late_after: timedelta = timedelta(minutes=30)
    card_life: timedelta = timedelta(days=60)
    nudge_cooldown: int = 1
    """Working days before the same part may be nudged by hand again."""
    silent_after: int = 5
    """Working days without a receipt after which a person counts as unreachable."""
    announcements_a_day: int = 3
    confirm_life: timedelta = timedelta(minutes=15)
    """How long the draft of an announcement waits for its second confirmation."""
    join_requests: bool = False
    """Whether somebody unknown may ask to join; without it an invitation is the only way in."""
    join_units: bool = False
    """Whether the page that asks to join lists the units' names."""
    join_life: int = 5
    """Working days after which a request that nobody decided lapses."""
    fallback_after: timedelta = timedelta(minutes=30)
    """How long a message may wait in office hours before a person's next way gets it; less when due today."""
    fallback_when_due: timedelta = timedelta(minutes=10)
    notify_services: frozenset[str] = frozenset()
    """Services of the notification library that people here may be reached by; none unless an administrator says so."""
    channels: frozenset[str] | None = None
    """The channels that run in this process; None where nobody knows."""
    webhooks: bool = False
    """Whether other programs are told of events."""
    feeds_on: bool = True
    task_lists: bool = True
    """Whether what speaks CalDAV is installed; without it there is no task list, and nothing else is missing."""
    feed_limit: int = 5
    files: FileStore | None = None
    """Where the bytes of evidence lie; None: this office keeps none (a play, a preview)."""
    keeper: Keeper | None = None
    """The key of the timeline's seals and the last one's witness; None: nothing is sealed."""
    tally: Tally = field(default_factory=Tally, compare=False)

    talk_days: int | None = None
    """How long the words of chats are kept; None: they stay."""
    backups_every: timedelta | None = None
    """How often a backup is owed; None: none is made by itself."""

    @property
    def tasks_on(self) -> bool:
        return self.feeds_on and self.task_lists

    @property
    def opening(self) -> OpeningHours:
        return OpeningHours(self.hours, self.calendar, self.zone)

    @contextmanager
    def read(self, now: datetime) -> Iterator["Desk"]:
        with self.store.read() as tx:
            yield Desk(tx, self, require_aware(now))

    @contextmanager
    def write(self, now: datetime, *, gated: bool = True) -> Iterator["Desk"]:
        """A desk that acts. Not `gated`: what has happened is written down, whoever moved the database meanwhile."""
        with self.store.write() as tx:
            if gated:
                pass_gate(self.store, tx)
            yield Desk(tx, self, require_aware(now))


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one use case does its work. `now` was read once, at the edge."""

    tx: Tx
    office: Office
    now: datetime

    @property
    def today(self) -> date:
        return civil_date(self.now, self.office.zone)

    @property
    def calendar(self) -> WorkCalendar:
        return self.office.calendar
