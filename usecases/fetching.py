"""Fetching: files that lie with a messenger until we have them. A row waits, is tried again, and ends one way or other.

Whoever sent a file that cannot be kept hears of it once.
"""

from datetime import datetime, timedelta

from schedules.civil import civil_date
from storage import evidences, people, timeline
from storage.rows import Evidence
from texts import answers
from texts.reader import Reader
from texts.values import Message
from usecases.deliver import say
from usecases.errors import Refused
from usecases.evidence import keep
from usecases.office import Desk

FIRST = timedelta(seconds=5)
LONGEST = timedelta(hours=1)
PATIENCE = timedelta(hours=24)
"""How long a file is tried for before its sender is asked to send it again."""


def waiting(desk: Desk, channel: str) -> list[Evidence]:
    """Files of a channel to be tried now."""
    return evidences.waiting(desk.tx, channel, desk.now)


def next_try(desk: Desk, channel: str) -> datetime | None:
    """When the next one may be tried; None while nothing waits."""
    return evidences.next_try_at(desk.tx, channel)


def came(desk: Desk, uid: str, data: bytes) -> None:
    """The bytes are here: kept, or refused for what they are. Nothing happens to a file that waits no longer."""
    row = evidences.hold(desk.tx, uid)
    if row is None or row.state != "waiting":
        return
    try:
        keep(desk, row, data)
    except Refused as error:
        _end(desk, row, error.key, error)


def refused(desk: Desk, uid: str, reason: str) -> None:
    """The messenger will never hand it out."""
    row = evidences.hold(desk.tx, uid)
    if row is not None and row.state == "waiting":
        _end(desk, row, reason, None)


def again(desk: Desk, uid: str, reason: str, after: float | None = None) -> None:
    """It did not work now: later, at the messenger's own time where it gave one, until patience ends."""
    row = evidences.hold(desk.tx, uid)
    if row is None or row.state != "waiting":
        return
    if desk.now - row.created_at >= PATIENCE:
        _end(desk, row, reason, None)
        return
    pause = timedelta(seconds=after) if after else min(LONGEST, FIRST * 2 ** min(row.attempts, 20))
    evidences.change(desk.tx, row.id, attempts=row.attempts + 1, next_try_at=desk.now + pause, reason=reason)


def _end(desk: Desk, row: Evidence, reason: str, error: Refused | None) -> None:
    evidences.change(desk.tx, row.id, state="refused", reason=reason, next_try_at=None)
    timeline.add(
        desk.tx,
        at=desk.now,
        verb="attach_refused",
        part_id=row.part_id,
        officer_id=row.officer_id,
        door=row.channel,
        words=row.name,
        detail={"evidence": row.uid, "reason": reason},
    )
    _tell(desk, row, error)


def _tell(desk: Desk, row: Evidence, error: Refused | None) -> None:
    officer = people.officer_by_id(desk.tx, row.officer_id or 0)
    address = str(row.source.get("chat", ""))
    if officer is None or not address:
        return
    reader = Reader(officer.language, civil_date(desk.now, desk.office.zone), desk.office.zone)
    why = {"why": answers.refusal(reader, error)} if error else {}
    said = reader.say("files.not_kept" if error else "files.not_fetched", name=row.name, **why)
    say(
        desk,
        Message((said,)),
        officer_id=officer.id,
        channel=row.channel,
        address=address,
        key=f"evidence:{row.uid}",
        reply_to=str(row.source.get("message", "")),
    )
