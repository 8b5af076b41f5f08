"""A backup on the disk: one folder with the rows, the evidence under its hashes, and a page that says what is in it.

The page is written last and the folder gets its name last, so that whatever bears a backup's name is whole and was
restored once to see that it can be. Evidence is immutable: bytes that an earlier backup or the same disk holds already
are linked, not copied.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

PAGE = "backup.json"
SQLITE_FILE = "ruqi.db"
ROWS_FILE = "rows.jsonl.gz"
EVIDENCE = "evidence"
_FORMAT = 1
UNFINISHED = ".unfinished"
_NAME = "ruqi-%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself. `made_at` is the moment the copy began: what came later is not in it."""

    made_at: datetime
    version: str
    step: str
    file: str
    sha256: str
    rows: dict[str, int]
    evidence: int
    missing: int
    """Files of evidence that the office itself had lost when the backup was made."""
    size: int
    """Bytes in all, links counted as if they were copies."""
    seconds: float
    format: int = _FORMAT


class NoBackup(Exception):
    """There is no whole backup at this place."""


class BackupRunning(Exception):
    """Another process is making one in this folder."""


@contextmanager
def new_folder(where: Path, made_at: datetime) -> Iterator[Path]:
    """A folder to fill, which gets its name when all went well and vanishes when not. Raises OSError, BackupRunning."""
    where.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _only_one(where):
        for old in where.glob(f"*{UNFINISHED}"):
            shutil.rmtree(old, ignore_errors=True)  # a process was killed here
        final = _free(where / made_at.astimezone(UTC).strftime(_NAME))
        place = final.with_name(f"{final.name}{UNFINISHED}")
        place.mkdir(mode=0o700)
        try:
            yield place
            _flush(place)
            place.rename(final)
            _flush(where)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise


def write_page(folder: Path, page: Backup) -> None:
    told = asdict(page) | {"made_at": page.made_at.isoformat()}
    with (folder / PAGE).open("w", encoding="utf-8") as file:
        json.dump(told, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())


def read_page(folder: Path) -> Backup:
    """Raises NoBackup for a folder that is none, or one this version cannot read."""
    try:
        told = json.loads((folder / PAGE).read_text(encoding="utf-8"))
        known = {one.name for one in fields(Backup)}
        page = Backup(**{k: v for k, v in told.items() if k in known} | {"made_at": _moment(told["made_at"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoBackup(str(folder)) from error
    if page.format != _FORMAT:
        raise NoBackup(str(folder))
    return page


def all_in(where: Path) -> list[tuple[Path, Backup]]:
    """Every whole backup in this folder, the newest last."""
    found = []
    for folder in sorted(where.glob("ruqi-*")) if where.is_dir() else ():
        with suppress(NoBackup):
            found.append((folder, read_page(folder)))
    return sorted(found, key=lambda one: one[1].made_at)


def keep_newest(where: Path, many: int) -> int:
    """Remove the oldest so that `many` stay; gives how many went."""
    old = all_in(where)[:-many]
    for folder, _ in old:
        (folder / PAGE).unlink()  # half a folder must not look whole
        shutil.rmtree(folder)
    return len(old)


def gather_evidence(digests: list[str], sources: list[Path], folder: Path) -> tuple[int, list[str]]:
    """Link or copy each file of evidence into `folder`; gives the bytes in all, and which files are nowhere."""
    size, missing = 0, []
    for digest in digests:
        to = folder / digest[:2] / digest
        to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = next((held for source in sources if (held := source / digest[:2] / digest).is_file()), None)
        if found is None:
            missing.append(digest)
            continue
        _link_or_copy(found, to)
        size += to.stat().st_size
    return size, missing


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _link_or_copy(found: Path, to: Path) -> None:
    try:
        to.hardlink_to(found)
    except OSError:
        shutil.copyfile(found, to)
        _flush(to)


@contextmanager
def _only_one(where: Path) -> Iterator[None]:
    """The lock dies with the process that holds it."""
    handle = os.open(where / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BackupRunning(str(where)) from error
    else:
        yield
    finally:
        os.close(handle)


def _free(place: Path) -> Path:
    """A name that is not taken: two backups in one second are both kept."""
    return next(name for n in range(1000) if not (name := place.with_name(f"{place.name}{f'-{n}' * bool(n)}")).exists())


def _moment(words: str) -> datetime:
    found = datetime.fromisoformat(words)
    if found.tzinfo is None:
        raise ValueError(words)
    return found


def _flush(path: Path) -> None:
    """What was written, or the names in a folder, must reach the disk, where the system can do that."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
