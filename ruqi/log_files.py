"""The log's files: one a day in ``logs/`` of the data folder, kept at least 180 days, readable by its owner only.

Network logs are kept for six months and more (Cybersecurity Law, article 21 of 2017; its amendment keeps the duty), so
no setting goes below. A file is named by its civil day, so several processes may write it: each line is one append.
"""

import logging
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from ruqi.logs import Form, formatter, tell_unwritten

LEAST_DAYS = 180
NAME = re.compile(r"ruqi-(\d{4}-\d\d-\d\d)\.log")


class TooShort(ValueError):
    """Logs are kept at least 180 days."""


class DayFiles(logging.Handler):
    """Appends each event to its day's file; at the turn of a day, files older than `days` go."""

    def __init__(self, folder: Path, zone: ZoneInfo, days: int = LEAST_DAYS, form: Form = "text") -> None:
        if days < LEAST_DAYS:
            raise TooShort(f"logs are kept at least {LEAST_DAYS} days, not {days}")
        super().__init__()
        self._folder, self._zone, self._days = folder, zone, days
        self._day: date | None = None
        self._file = -1
        self.setFormatter(formatter(form))

    def emit(self, record: logging.LogRecord) -> None:
        try:
            day = datetime.fromtimestamp(record.created, UTC).astimezone(self._zone).date()
            if day != self._day:
                self._turn(day)
            os.write(self._file, (self.format(record) + "\n").encode(errors="backslashreplace"))
        except Exception:  # noqa: BLE001 - a log that cannot be written must not stop the work
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        tell_unwritten(record, sys.stderr)

    def close(self) -> None:
        self._shut()
        super().close()

    def _turn(self, day: date) -> None:
        self._shut()
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"ruqi-{day}.log"
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._day = day
        for old, file in kept(self._folder):
            if old < day - timedelta(days=self._days):
                file.unlink(missing_ok=True)

    def _shut(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file, self._day = -1, None


def kept(folder: Path) -> Iterator[tuple[date, Path]]:
    """Each day there is a file of, with the file; oldest first. Files that are not ours are not named."""
    for path in sorted(folder.glob("ruqi-*.log")):
        found = NAME.fullmatch(path.name)
        if found:
            try:
                yield date.fromisoformat(found[1]), path
            except ValueError:
                continue


def missing(folder: Path) -> list[date]:
    """Days without a file between the first and the last: Ruqi did not run, or somebody took the file away."""
    days = [day for day, _ in kept(folder)]
    if not days:
        return []
    span = (days[-1] - days[0]).days
    return sorted({days[0] + timedelta(days=n) for n in range(span)} - set(days))


def keep_files(handler: DayFiles) -> None:
    """Write the log to files too, from here on; the first line, in the file only, says who writes."""
    root = logging.getLogger()
    root.addHandler(handler)
    said = f"ruqi {version('ruqi')} begins, process {os.getpid()}"
    handler.handle(root.makeRecord("ruqi", logging.INFO, __file__, 0, said, (), None))
