"""Making a backup: copy, gather the evidence, restore it into a scratch place and look at it there, keep the newest.

SQLite is copied as a file; PostgreSQL as portable rows in one snapshot, which need neither pg_dump of the right version
nor the right to make a database, and are therefore really restored each time, into a scratch SQLite file.
"""

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from storage import backups, copying, evidences, meta, portable
from storage.backups import Backup, BackupRunning
from storage.engine import Store, open_store
from storage.errors import StoreUnusable
from storage.migrate import place, step_of, upgrade, upgrade_to
from storage.refusals import StoreRefused
from usecases.errors import Refused
from usecases.office import Office

DONE, FAILED, SLOT = "backup", "backup_failed", "backup_slot"
"""Where the last good one, the last that failed, and the moment that was served last are noted."""


class BackupFailed(Refused):
    """No backup was made; the earlier ones are untouched."""

    key = "backup_failed"


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made, seen to be restorable, and where it lies."""

    folder: Path
    page: Backup
    removed: int = 0


def take_backup(office: Office, now: datetime, where: Path, *, keep: int | None = None, rows: bool = False) -> Taken:
    """Make one in the folder `where` and let the newest `keep` stay; `rows`: portable ones, also of SQLite.

    Notes what came of it, for the health page. Raises BackupFailed with the reason in its values.
    """
    try:
        taken = _take(office, now, where, rows=rows or office.store.dialect != "sqlite")
        removed = backups.keep_newest(where, keep) if keep else 0
    except BackupRunning as error:
        raise BackupFailed("Another process is making a backup.", where=str(where), what="running") from error
    except (OSError, StoreUnusable) as error:
        why = getattr(error, "strerror", None) or str(error)
        with suppress(Exception):  # a full disk takes no note either
            _note(office, now, FAILED, {"at": now.isoformat(), "why": why})
        raise BackupFailed(f"The backup failed: {why}", where=str(where), what=why) from error
    done = {"at": taken.page.made_at.isoformat(), "where": str(taken.folder), "seconds": taken.page.seconds}
    _note(office, now, DONE, done | {"size": taken.page.size, "missing": taken.page.missing})
    return replace(taken, removed=removed)


def _take(office: Office, now: datetime, where: Path, *, rows: bool) -> Taken:
    began = time.monotonic()
    with backups.new_folder(where, now) as folder:
        file = folder / (backups.ROWS_FILE if rows else backups.SQLITE_FILE)
        if rows:
            portable.dump(office.store, file)
        else:
            copying.copy_file(office.store, file)
        file.chmod(0o600)
        with rebuilt(folder, step_of(office.store)) as scratch:
            _refuse_unsound(scratch)
            with scratch.read() as tx:
                found, digests = copying.counts(tx), evidences.digests(tx)
        earlier = [old / backups.EVIDENCE for old, _ in backups.all_in(where)[-1:]]
        own = [office.files.folder] if office.files else []
        size, missing = backups.gather_evidence(digests, [*earlier, *own], folder / backups.EVIDENCE)
        page = Backup(
            made_at=now,
            version=version("ruqi"),
            step=step_of(office.store) or "",
            file=file.name,
            sha256=backups.sha256_of(file),
            rows=found,
            evidence=len(digests) - len(missing),
            missing=len(missing),
            size=size + file.stat().st_size,
            seconds=round(time.monotonic() - began, 3),
        )
        backups.write_page(folder, page)
    return Taken(folder.with_name(folder.name.removesuffix(backups.UNFINISHED)), page)


@contextmanager
def rebuilt(folder: Path, step: str | None, where: Path | None = None) -> Iterator[Store]:
    """A scratch database made from the backup, brought to the tables of this version; it vanishes afterwards.

    It lies beside the backup, or in `where` if that may not be written.
    """
    with tempfile.TemporaryDirectory(prefix=".trying-", dir=where or folder) as scratch:
        file = Path(scratch) / "ruqi.db"
        fill_sqlite(folder, file, step)
        store = open_store(f"sqlite:///{file}")
        try:
            upgrade(store)
            yield store
        finally:
            store.close()


def fill_sqlite(folder: Path, file: Path, step: str | None) -> None:
    """Make the SQLite file `file` out of the backup, at the step it was made at."""
    copy = folder / backups.SQLITE_FILE
    if copy.is_file():
        shutil.copyfile(copy, file)
        return
    store = open_store(f"sqlite:///{file}")
    try:
        fill_rows(folder, store, step)
    finally:
        store.close()


def fill_rows(folder: Path, store: Store, step: str | None) -> None:
    """Put the portable rows of the backup into an empty database."""
    upgrade_to(store, step)
    with store.rebuild() as tx:
        portable.load(tx, folder / backups.ROWS_FILE)


def _refuse_unsound(store: Store) -> None:
    if wrong := copying.problems(store):
        raise StoreRefused("damaged", where=place(store), what=wrong[0])


def _note(office: Office, now: datetime, key: str, said: dict[str, object]) -> None:
    with office.write(now) as desk:
        meta.put(desk.tx, key, json.dumps(said, ensure_ascii=False))
