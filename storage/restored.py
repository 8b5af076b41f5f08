"""What a restored database cannot know: which messages left after the backup. They leave again and say so."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update

from storage.engine import Tx
from storage.rows import ReminderRow
from storage.tables import PLANNED, delivery, reminder

PERHAPS_TOLD = "perhaps_told"
"""The reason a planned reminder bears whose moment came between the backup and its return."""


def mark(tx: Tx, now: datetime) -> tuple[int, int]:
    """Mark all that may have been sent by `now` as a possible repeat; gives how many reminders and deliveries."""
    told = update(reminder).where(PLANNED, reminder.c.push_at <= now).values(reason=PERHAPS_TOLD)
    open_ = (delivery.c.state.in_(("due", "sending")), delivery.c.at <= now, delivery.c.kind != "edit")
    sent = update(delivery).where(*open_).values(ambiguous=delivery.c.ambiguous + 1)
    return tx.execute(told).rowcount, tx.execute(sent).rowcount


def told_before(rows: Iterable[ReminderRow]) -> int:
    """What a message made of these counts as its possible earlier copies: 1 or 0."""
    return int(any(row.reason == PERHAPS_TOLD for row in rows))
