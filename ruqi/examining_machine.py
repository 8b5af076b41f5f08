"""What the doctor looks at in the machine: room, rights, library versions, zone data, journal, log, the clock."""

import importlib.resources
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import TZPATH

from ruqi.examining_clocks import against_database
from ruqi.log_files import kept, missing
from ruqi.settings import Settings
from ruqi.speech import text
from ruqi.tongue import ENV_FILE
from ruqi.wiring import Opened, system_clock
from storage.writable import writable

Check = Callable[[], tuple[bool, str]]
LEAST_FREE = 512
"""Megabytes below which an office should make room: a backup and a day of files need that much."""
NAMED = 5
BUILT = datetime(2024, 1, 1, tzinfo=UTC)
"""No honest clock is before the project began."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO
SHOWN = ("sqlalchemy", "python-telegram-bot", "icalendar", "starlette", "uvicorn")


def machine(settings: Settings, opened: Opened) -> Iterator[tuple[str, Check]]:
    """(name, check) of each."""
    yield "clock_set", _clock_set
    yield "zones", _zones
    yield "versions", partial(_versions, opened)
    yield "writes", partial(_writes, opened)
    yield "room", partial(_room, settings)
    yield "rights", partial(_rights, settings)
    yield "log", partial(_log, settings)
    yield "nodes", partial(_nodes, settings, opened)
    yield "clocks", partial(against_database, opened)


def _clock_set() -> tuple[bool, str]:
    now = system_clock().now()
    good = now >= BUILT
    return good, text("doctor.clock_set" if good else "doctor.clock_set_bad", day=f"{now:%Y-%m-%d}")


def _zones() -> tuple[bool, str]:
    """Where the time zones' data come from, and of which year's rules: the machine's own go before the package's."""
    for folder in map(Path, TZPATH):
        for name in ("tzdata.zi", "+VERSION"):
            if (folder / name).is_file():
                first = (folder / name).read_text(encoding="utf-8", errors="replace").partition("\n")[0]
                return True, text("doctor.zones", where=folder, version=first.removeprefix("# version ").strip())
    try:
        found = (importlib.resources.files("tzdata") / "zones").is_file() and version("tzdata")
    except (ModuleNotFoundError, PackageNotFoundError):
        found = ""
    where = "tzdata" if found else "/usr/share/zoneinfo"
    return True, text("doctor.zones", where=where, version=found or "?")


def _versions(opened: Opened) -> tuple[bool, str]:
    """SQLite's journal follows its library's version; an old one is slower and no fault."""
    said = " · ".join(f"{name} {version(name)}" for name in SHOWN)
    python = ".".join(map(str, sys.version_info[:3]))
    if opened.office.store.dialect != "sqlite":
        return True, text("doctor.versions", python=python, libraries=said)
    with opened.office.store.read() as tx:
        journal = tx.exec_driver_sql("PRAGMA journal_mode").scalar()
    known = {"python": python, "libraries": said, "sqlite": sqlite3.sqlite_version, "journal": str(journal).upper()}
    return True, text("doctor.versions_sqlite", **known)


def _writes(opened: Opened) -> tuple[bool, str]:
    good = writable(opened.office.store)
    return good, text("doctor.writes" if good else "doctor.writes_bad", where=opened.where)


def _room(settings: Settings) -> tuple[bool, str]:
    free = shutil.disk_usage(settings.data_dir if settings.data_dir.exists() else Path()).free // 2**20
    good = free >= LEAST_FREE
    return good, text("doctor.room" if good else "doctor.room_little", free=f"{free:,}", least=LEAST_FREE)


def _rights(settings: Settings) -> tuple[bool, str]:
    """Files with secrets or people's data that others on this machine may read, and folders we may not write."""
    if settings.data_dir.exists() and not os.access(settings.data_dir, os.W_OK | os.X_OK):
        return False, text("doctor.rights_folder", where=settings.data_dir)
    open_to_others = [path for path in _private(settings) if path.is_file() and path.stat().st_mode & OTHERS]
    if open_to_others:
        return False, text("doctor.rights_open", files=" ".join(map(str, open_to_others[:NAMED])))
    return True, text("doctor.rights")


def _private(settings: Settings) -> list[Path]:
    """What holds secrets. The database itself lies in a folder that its owner closes."""
    holds = [ENV_FILE] if settings.secrets else []
    return [*holds, *settings.data_dir.glob("*-calendar.txt")]


def _log(settings: Settings) -> tuple[bool, str]:
    """For how many days there is a log; a day without a file is named, and no fault: Ruqi may not have run."""
    days = [day for day, _ in kept(settings.log_folder)]
    if not days:
        return True, text("doctor.log_none", days=settings.log_days)
    gaps = [f"{day}" for day in missing(settings.log_folder)]
    if gaps:
        return True, text("doctor.log_gaps", first=days[0], count=len(gaps), gaps=" ".join(gaps[:NAMED]))
    return True, text("doctor.log", first=days[0], count=len(days), days=settings.log_days)


def _nodes(settings: Settings, opened: Opened) -> tuple[bool, str]:
    """What several nodes need: one database for all, and one folder of files."""
    if opened.office.store.dialect == "sqlite":
        return True, text("doctor.nodes_one")
    return True, text("doctor.nodes_many", where=settings.data_dir.resolve() / "evidence")
