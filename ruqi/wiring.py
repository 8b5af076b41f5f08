"""Wiring: the settings become an office, in one place and with plain calls."""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

from ruqi.settings import Settings
from scheduler.clock import Clock, MovableClock, SystemClock
from schedules.errors import RuqiError
from schedules.ladder import Hours
from schedules.rungs import load_ladders
from schedules.workdays import CorrectionProblem, WorkCalendar, parse_corrections
from storage.backups import all_in
from storage.engine import Store, open_store
from storage.files import FileStore
from storage.keeper import Keeper
from storage.migrate import Change, examine, place, upgrade
from storage.refusals import StoreRefused
from storage.running import file_of
from usecases.backup_schedule import Schedule
from usecases.office import Office

log = logging.getLogger(__name__)

TRIAL_FILE = "time-machine.db"
FILES = "evidence"
"""The folder of evidence in the data folder."""
BACKUPS = "backups"
SEAL_KEY = "seal.key"
FOR_THE_LENGTH_OF_A_TRIAL = timedelta(days=3650)


class NoDataFolder(RuqiError):
    """The data folder cannot be made; set RUQI_DATA_DIR to a folder that Ruqi may write."""

    key = "no_data_folder"

    def __init__(self, folder: Path, why: str) -> None:
        self.values = {"where": str(folder), "what": why}
        super().__init__(f"The data folder {folder} cannot be made ({why}); set RUQI_DATA_DIR to one Ruqi may write.")


class Unreadable(RuqiError):
    """A file named in the settings cannot be read."""

    key = "unreadable"

    def __init__(self, path: Path, why: str) -> None:
        self.values = {"where": str(path), "what": why}
        super().__init__(f"The file {path} cannot be read ({why}); save it as UTF-8 text or correct the settings.")


@dataclass(frozen=True, slots=True)
class Opened:
    """An office whose database is ready, how it became so, and what in the corrections file could not be used."""

    office: Office
    change: Change
    where: str
    problems: tuple[CorrectionProblem, ...] = ()


def open_office(settings: Settings, *, url: str | None = None, thorough: bool = False) -> Opened:
    """Open and migrate the database at `url`, by default the one in the settings. `thorough` reads all of it first.

    Raises StoreUnusable, NoDataFolder, BadLadder.
    """
    _make_folder(settings.data_dir)
    store = open_store(url or settings.store_url)
    if url is None:
        _refuse_emptied(store, backup_folder(settings))
    change = upgrade(store)
    if thorough:
        examine(store)
    calendar, problems = read_calendar(settings)
    return Opened(_housed(settings, _office(settings, store, calendar)), change, place(store), problems)


def _refuse_emptied(store: Store, folder: Path) -> None:
    """No new database silently in the place of one that was there: the backups remember it."""
    file = file_of(store)
    if file and not (file.is_file() and file.stat().st_size) and (held := all_in(folder)):
        raise StoreRefused("emptied", where=file, what=held[-1][0])


def paper_office(settings: Settings) -> Office:
    """An office without a database that stays, for playing."""
    calendar, _ = read_calendar(settings)
    return _office(settings, open_store("sqlite://"), calendar)


def closed_office(settings: Settings) -> Office:
    """An office whose database is not looked at: it may be missing or damaged, and a backup is to take its place."""
    _make_folder(settings.data_dir)
    calendar, _ = read_calendar(settings)
    office = _office(settings, open_store(settings.store_url), calendar)
    return _housed(settings, office)


def _housed(settings: Settings, office: Office) -> Office:
    """The office with what lies beside its database: the files of evidence, the key of the seals."""
    key = settings.seal_key_file or settings.data_dir / SEAL_KEY
    return replace(office, files=FileStore(settings.data_dir / FILES), keeper=Keeper(key))


def backup_folder(settings: Settings) -> Path:
    return settings.backup_dir or settings.data_dir / BACKUPS


def backup_schedule(settings: Settings) -> Schedule | None:
    """When backups are made by themselves: of a SQLite file always, of PostgreSQL where a folder is set."""
    on_server = not settings.store_url.startswith("sqlite")
    if not settings.backup_every_hours or (on_server and settings.backup_dir is None):
        return None
    every = timedelta(hours=settings.backup_every_hours)
    return Schedule(backup_folder(settings), every, settings.backup_at, settings.backup_keep)


def trial_url(settings: Settings) -> str:
    """The database of the time machine: a file of its own, so that trying out never touches the real one."""
    return settings.store_url if settings.database_url else settings.sqlite(TRIAL_FILE)


def on_trial(office: Office, clock: MovableClock) -> Office:
    """The same office under a clock that jumps: nobody is signed out by a day that takes a second."""
    long = FOR_THE_LENGTH_OF_A_TRIAL
    lease = office.lease * max(1.0, clock.speed)
    files = FileStore(office.files.folder.with_name(f"{TRIAL_FILE}.{FILES}")) if office.files else None
    return replace(office, files=files, keeper=None, link_life=long, session_life=long, invite_life=long, lease=lease)


def system_clock() -> Clock:
    return SystemClock()


def corrections_file(settings: Settings) -> Path | None:
    """The file of corrected working days: as set, or workdays.txt in the data folder if it is there."""
    usual = settings.data_dir / "workdays.txt"
    return settings.workdays_file or (usual if usual.is_file() else None)


def read_calendar(settings: Settings) -> tuple[WorkCalendar, tuple[CorrectionProblem, ...]]:
    path = corrections_file(settings)
    if path is None:
        return WorkCalendar.published(), ()
    corrections, problems = parse_corrections(_text_of(path))
    for problem in problems:
        log.warning("%s, line %s was left out (%s): %s", path, problem.line, problem.reason, problem.text)
    return WorkCalendar.published(corrections), problems


def _office(settings: Settings, store: Store, calendar: WorkCalendar) -> Office:
    ladder = settings.ladder_file
    return Office(
        store=store,
        zone=settings.timezone,
        calendar=calendar,
        ladders=load_ladders(_text_of(ladder) if ladder else None),
        hours=Hours(settings.office_opens, settings.office_closes, settings.office_sends),
        base_url=settings.address(),
        undo_window=settings.undo_window,
        nudge_cooldown=settings.nudge_cooldown_days,
        silent_after=settings.silent_after_days,
        talk_days=settings.talk_days,
        join_requests=settings.join_requests,
        join_units=settings.join_units,
        join_life=settings.join_lapse_days,
        announcements_a_day=settings.announcements_a_day,
        letter_life=timedelta(hours=settings.mail_link_hours),
        fallback_after=timedelta(minutes=settings.fallback_minutes),
        fallback_when_due=timedelta(minutes=settings.fallback_minutes) / 3,
        notify_services=frozenset(settings.notify.split()),
        webhooks=settings.webhooks,
        task_lists=has_caldav(),
        feeds_on=settings.feeds,
        backups_every=plan.every if (plan := backup_schedule(settings)) else None,
    )


def has_caldav() -> bool:
    """Whether the extra `caldav` is installed. It is under another licence, so it may be left out."""
    return all(find_spec(name) is not None for name in ("radicale", "a2wsgi"))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unreadable(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise Unreadable(path, f"byte {error.start}") from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoDataFolder(folder, error.strerror or str(error)) from error
