"""When a backup is owed: at a time of day and every so many hours from it. One node makes it, whoever sees it first."""

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from storage import meta
from usecases.backup import DONE, FAILED, SLOT, BackupFailed, Taken, take_backup
from usecases.office import Desk, Office

AGAIN_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Backups into `where`, every `every` counted from `at` on the office's wall; the newest `keep` stay."""

    where: Path
    every: timedelta = timedelta(hours=24)
    at: time = time(2, 30)
    keep: int = 14

    def slot(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The last moment up to `now` at which a backup was owed."""
        first = datetime.combine(datetime(2000, 1, 1, tzinfo=zone), self.at, tzinfo=zone)
        return first + (now - first) // self.every * self.every


@dataclass(frozen=True, slots=True)
class BackupState:
    """What the health page knows. `late`: the last good one is older than two turns, or the last try failed."""

    at: datetime | None
    where: str
    size: int
    seconds: float
    missing: int
    failed_at: datetime | None
    why: str
    late: bool


def back_up_when_due(office: Office, now: datetime, schedule: Schedule) -> Taken | None:
    """Make the backup that is owed, if one is. Raises BackupFailed; it is tried again after a while."""
    slot = schedule.slot(now, office.zone).isoformat()
    with office.write(now) as desk:
        before = meta.get(desk.tx, SLOT)
        if before is None:  # the first start: nothing is owed yet
            meta.put(desk.tx, SLOT, slot)
            return None
        if not before < slot or _failed_lately(desk) or not meta.swap(desk.tx, SLOT, before, slot):
            return None
    try:
        return take_backup(office, now, schedule.where, keep=schedule.keep)
    except BackupFailed:
        with office.write(now) as desk:
            meta.swap(desk.tx, SLOT, slot, before)
        raise


def backup_state(desk: Desk, every: timedelta | None) -> BackupState:
    """`every`: how often one is owed; None where nothing is scheduled."""
    done, failed = _told(desk, DONE), _told(desk, FAILED)
    at, failed_at = _moment(done), _moment(failed)
    again = failed_at is not None and (at is None or failed_at > at)
    old = every is not None and at is not None and desk.now - at > 2 * every
    return BackupState(
        at=at,
        where=str(done.get("where", "")),
        size=int(done.get("size", 0)),
        seconds=float(done.get("seconds", 0)),
        missing=int(done.get("missing", 0)),
        failed_at=failed_at if again else None,
        why=str(failed.get("why", "")) if again else "",
        late=again or old,
    )


def _told(desk: Desk, key: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(meta.get(desk.tx, key) or "{}")
    return found


def _moment(told: dict[str, Any]) -> datetime | None:
    return datetime.fromisoformat(str(told["at"])) if "at" in told else None


def _failed_lately(desk: Desk) -> bool:
    failed = _moment(_told(desk, FAILED))
    return failed is not None and failed <= desk.now < failed + AGAIN_AFTER
