"""Words that have been kept long enough: what was said in chats and what we wrote there. That it was said stays.

Answers stand in the timeline, with the duty they belong to; nothing here touches it, nor files, nor what is on its way.
"""

from collections.abc import Sequence
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import ColumnElement, String, Table, cast, select, update

from storage.append_only import ERASED
from storage.engine import Tx
from storage.tables import delivery, inbox

LISTS = ("list", "ledger", "record")
"""What lies in the inbox and is no talk: lists and ledgers that were handed in."""
FORGOTTEN = MappingProxyType({"text": ERASED, "unreadable": True})


def heard_before(tx: Tx, day: datetime, most: int) -> list[int]:
    """What people said before that moment, was handled, and still has its words: ids, oldest first."""
    whole = cast(inbox.c.payload, String).not_like(f"%{_mark()}%")
    return _ids(tx, inbox, most, inbox.c.handled_at < day, inbox.c.channel.not_in(LISTS), whole)


def told_before(tx: Tx, day: datetime, most: int) -> list[int]:
    """What we wrote before that moment and still has its words: ids, oldest first."""
    over = delivery.c.state.not_in(("due", "sending"))
    return _ids(tx, delivery, most, delivery.c.created_at < day, over, delivery.c.text.not_in(("", ERASED)))


def forget_heard(tx: Tx, ids: Sequence[int]) -> None:
    tx.execute(update(inbox).where(inbox.c.id.in_(ids)).values(payload=dict(FORGOTTEN), reply=None))


def forget_told(tx: Tx, ids: Sequence[int]) -> None:
    tx.execute(update(delivery).where(delivery.c.id.in_(ids)).values(text=ERASED))


def _ids(tx: Tx, table: Table, most: int, *where: ColumnElement[bool]) -> list[int]:
    return list(tx.execute(select(table.c.id).where(*where).order_by(table.c.id).limit(most)).scalars())


def _mark() -> str:
    """The mark as JSON stands in a column of either database."""
    return '"unreadable": true'
