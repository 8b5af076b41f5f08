"""Opening the office for one command: settings, log, database, and a word about what had to be done for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from ruqi import logs
from ruqi.settings import Settings, read_settings
from ruqi.speech import note
from ruqi.wiring import Opened, open_office, paper_office, system_clock
from usecases.office import Desk, Office


def settings_and_log() -> Settings:
    """Read the settings and start the log with their secrets blotted out."""
    settings = read_settings()
    logs.set_up(settings.log_level, settings.secrets, settings.log_format)
    return settings


def opened(settings: Settings, *, url: str | None = None, thorough: bool = False) -> Opened:
    found = open_office(settings, url=url, thorough=thorough)
    if found.change != "current":
        note(f"database.{found.change}", where=found.where)
    return found


@contextmanager
def the_office() -> Iterator[Office]:
    office = opened(settings_and_log()).office
    try:
        yield office
    finally:
        office.store.close()


@contextmanager
def reading() -> Iterator[Desk]:
    """A desk that only looks, now."""
    with the_office() as office, office.read(now()) as desk:
        yield desk


@contextmanager
def writing() -> Iterator[Desk]:
    """A desk that acts, now; everything or nothing."""
    with the_office() as office, office.write(now()) as desk:
        yield desk


@contextmanager
def on_paper() -> Iterator[Office]:
    """An office for playing: its calendar and hours, no database."""
    office = paper_office(settings_and_log())
    try:
        yield office
    finally:
        office.store.close()


def now() -> datetime:
    return system_clock().now()
