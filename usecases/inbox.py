"""Taking in: what arrives is stored before it is confirmed, and has its effect once."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from storage import inbox
from storage.engine import Tx
from storage.refusals import store_failed
from storage.rows import InboxRow
from usecases.office import Desk, Office

log = logging.getLogger(__name__)

TRIES = 3
"""How often a row may fail before it is set aside, so that one bad row cannot stop the others."""

Handler = Callable[[Desk, InboxRow], None]
Take = Callable[[Tx, int], InboxRow | None]


def take_in(desk: Desk, *, channel: str, account: str, source_id: str, payload: dict[str, Any]) -> bool:
    """Store one incoming thing; false when it is there already."""
    return inbox.take_in(desk.tx, channel=channel, account=account, source_id=source_id, payload=payload, now=desk.now)


def last_source(desk: Desk, channel: str, account: str) -> int | None:
    return inbox.last_source(desk.tx, channel, account)


def handle_waiting(office: Office, now: datetime, channel: str, handler: Handler) -> int:
    """Handle what waits, in the order of arrival: the effect and "handled" are one transaction for each row.

    Where another node is at a row, what came after it is left to it as well, so that the order stays.
    """
    with office.read(now) as desk:
        waiting = inbox.waiting(desk.tx, channel)
    done = 0
    for row in waiting:
        handled = _handle(office, now, row.id, handler, inbox.take)
        if handled is None:
            break
        done += handled
    return done


def handle_one(office: Office, now: datetime, inbox_id: int, handler: Handler) -> bool:
    """Handle one stored row, after whoever is at it; says whether this call had the effect."""
    return bool(_handle(office, now, inbox_id, handler, inbox.by_id))


def _handle(office: Office, now: datetime, inbox_id: int, handler: Handler, take: Take) -> bool | None:
    """Says whether this call had the effect; None where there is no row to take."""
    try:
        with office.write(now) as desk:
            row = take(desk.tx, inbox_id)
            if row is None:
                return None
            if row.handled_at is not None:
                return False
            handler(desk, row)
            inbox.change(desk.tx, inbox_id, handled_at=now, error="")  # an earlier try that failed is no poison
            return True
    except Exception as error:
        log.exception("inbox row %s could not be handled", inbox_id)
        if not store_failed(error):  # a full disk or a lost connection is no fault of the row: it waits
            _count_failure(office, now, inbox_id, error)
        return False


def _count_failure(office: Office, now: datetime, inbox_id: int, error: Exception) -> None:
    with office.write(now) as desk:
        row = inbox.by_id(desk.tx, inbox_id)
        if row is None or row.handled_at is not None:
            return
        done = {"handled_at": now} if row.attempts + 1 >= TRIES else {}
        inbox.change(desk.tx, inbox_id, attempts=row.attempts + 1, error=f"{type(error).__name__}: {error}", **done)
