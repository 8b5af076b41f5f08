"""Bringing a backup back: see that it is whole, fill a new database, mark what may have been sent since, swap them.

What was there before is moved aside, never removed; nothing half-done is left where a program would open it.
"""

import json
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from storage import aside, backups, copying, meta, portable, restored, timeline
from storage.backups import Backup, NoBackup
from storage.engine import Tx, open_store
from storage.files import FileStore
from storage.migrate import place, step_of, upgrade
from storage.refusals import StoreRefused
from storage.running import alone, file_of
from storage.steps import up
from usecases.backup import fill_sqlite, rebuilt
from usecases.bureau_mail import RESTORED_ON
from usecases.errors import Refused
from usecases.office import Desk, Office
from usecases.restored_word import tell_restored
from usecases.seal import witness_anew

EPOCH, RESTORED = "epoch", "restored"
"""Which life of this database it is, and the last time that it was brought back."""


class NoSuchBackup(Refused):
    """There is no whole backup at this place."""

    key = "no_backup"


class BackupDamaged(Refused):
    """The backup is not what it was when it was made."""

    key = "backup_damaged"


class NotEmpty(Refused):
    """There is a database where the backup is to go."""

    key = "restore_not_empty"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, where what was there before lies now, and what will say that it may be a repeat."""

    page: Backup
    moved_to: str
    reminders: int
    messages: int
    evidence: int
    damaged: tuple[str, ...]
    """Files of evidence that are not in the backup any more as they were."""


@dataclass(frozen=True, slots=True)
class _Job:
    office: Office
    now: datetime
    folder: Path
    page: Backup
    replace: bool

    @property
    def stamp(self) -> str:
        return f"{self.now.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def restore_backup(office: Office, now: datetime, folder: Path, *, replace: bool) -> Restored:
    """Raises NoSuchBackup, BackupDamaged, NotEmpty unless `replace`, StoreUnusable, OSError."""
    job = _Job(office, now, folder, _sound(folder), replace)
    file = file_of(office.store)
    with alone(file):
        marks, moved = _into_file(job, file) if file else _into_server(job)
        witness_anew(office, now)
    count, damaged = _bring_evidence(folder / backups.EVIDENCE, office.files)
    return Restored(job.page, moved, *marks, count, damaged)


def _sound(folder: Path) -> Backup:
    try:
        page = backups.read_page(folder)
        digest = backups.sha256_of(folder / page.file)
    except (NoBackup, OSError) as error:
        raise NoSuchBackup(f"{folder} is no backup.", where=str(folder)) from error
    if digest != page.sha256:
        raise BackupDamaged(f"{folder} is damaged: {page.file} is not what it was.", where=str(folder), what=page.file)
    return page


Marks = tuple[int, int]


def _into_file(job: _Job, file: Path) -> tuple[Marks, str]:
    """A new file beside the old one, and then a change of names."""
    if file.exists() and file.stat().st_size and not job.replace:
        raise NotEmpty(f"{file} exists.", where=str(file))
    fresh = file.with_name(f"{file.name}.restoring")
    fresh.unlink(missing_ok=True)
    try:
        marks = _prepare(job, fresh)
        job.office.store.close()
        moved = aside.move_file(file, job.stamp)
        fresh.rename(file)
    finally:
        fresh.unlink(missing_ok=True)
    return marks, str(moved or "")


def _prepare(job: _Job, fresh: Path) -> Marks:
    fill_sqlite(job.folder, fresh, job.page.step)
    store = open_store(f"sqlite:///{fresh}")
    try:
        upgrade(store)
        if wrong := copying.problems(store):
            raise StoreRefused("damaged", where=place(store), what=wrong[0])
        with store.write() as tx:
            return _finish(job, tx)
    finally:
        store.close()


def _into_server(job: _Job) -> tuple[Marks, str]:
    """One transaction: whoever looks sees the old tables or the new ones."""
    store, moved = job.office.store, ""
    there = step_of(store) is not None
    if there and not job.replace:
        raise NotEmpty(f"{place(store)} has tables.", where=place(store))
    with tempfile.TemporaryDirectory() as scratch:
        rows = _rows_of(job, Path(scratch))
        with store.rebuild() as tx:
            if there:
                moved = aside.move_tables(tx, job.stamp)
            up(tx, job.page.step if rows.parent == job.folder else "head")
            portable.load(tx, rows)
            up(tx)
            return _finish(job, tx), moved


def _rows_of(job: _Job, scratch: Path) -> Path:
    """The portable rows of a backup; one that is a SQLite file is opened and written out first."""
    if job.page.file == backups.ROWS_FILE:
        return job.folder / backups.ROWS_FILE
    with rebuilt(job.folder, job.page.step, scratch) as store:
        portable.dump(store, scratch / backups.ROWS_FILE)
    return scratch / backups.ROWS_FILE


def _finish(job: _Job, tx: Tx) -> Marks:
    """See that no row is missing, and mark what may have been sent since the backup."""
    found, promised = copying.counts(tx), job.page.rows
    if any(found.get(name, 0) < count for name, count in promised.items()):  # a later step may have added some
        raise BackupDamaged("Rows are missing.", where=str(job.folder), what=job.page.file)
    desk = Desk(tx, job.office, job.now)
    marks = restored.mark(tx, job.now)
    said = {"at": job.now.isoformat(), "made_at": job.page.made_at.isoformat(), "from": job.folder.name}
    meta.put(tx, EPOCH, uuid4().hex)
    meta.put(tx, RESTORED, json.dumps(said))
    meta.put(tx, RESTORED_ON, desk.today.isoformat())
    tell_restored(desk, job.page.made_at)
    timeline.add(tx, at=job.now, verb="restored", door="cli", words=job.folder.name, detail=said)
    return marks


def _bring_evidence(folder: Path, files: FileStore | None) -> tuple[int, tuple[str, ...]]:
    """Put every file of the backup into the office's folder; one that is damaged in the backup is named, not taken."""
    count, damaged = 0, []
    held = FileStore(folder)
    for path in sorted(folder.glob("??/*")) if files else ():
        data = held.get(path.name)
        if data is None or files is None:
            damaged.append(path.name)
        else:
            files.put(data)
            count += 1
    return count, tuple(damaged)
