"""The inbox: every incoming thing as it came, stored before it is confirmed, and handled once."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, cast, func, select, update

from storage.engine import Tx
from storage.rows import InboxRow, many, one
from storage.tables import inbox
from storage.upsert import insert_absent


def take_in(  # noqa: PLR0913 a source has a name of three parts
    tx: Tx, *, channel: str, account: str, source_id: str, payload: dict[str, Any], now: datetime
) -> bool:
    """Store one incoming thing unless it is there already; says whether it is new."""
    row = {"channel": channel, "account": account, "source_id": source_id, "payload": payload, "received_at": now}
    return insert_absent(tx, inbox, row)


def last_source(tx: Tx, channel: str, account: str) -> int | None:
    """The highest numeric source id stored (Telegram's update_id), from which polling goes on after a restart."""
    query = select(func.max(cast(inbox.c.source_id, BigInteger))).where(
        inbox.c.channel == channel, inbox.c.account == account
    )
    found: int | None = tx.execute(query).scalar()
    return found


def waiting(tx: Tx, channel: str | None = None, limit: int = 100) -> list[InboxRow]:
    """Not handled yet, in the order of arrival."""
    query = select(inbox).where(inbox.c.handled_at.is_(None))
    query = query if channel is None else query.where(inbox.c.channel == channel)
    return many(InboxRow, tx.execute(query.order_by(inbox.c.id).limit(limit)))


def by_id(tx: Tx, inbox_id: int) -> InboxRow | None:
    return one(InboxRow, tx.execute(select(inbox).where(inbox.c.id == inbox_id).with_for_update()).mappings().first())


def take(tx: Tx, inbox_id: int) -> InboxRow | None:
    """The row, for whoever asks first: None while another node is at it, which may be asleep and is not waited for."""
    query = select(inbox).where(inbox.c.id == inbox_id).with_for_update(skip_locked=True)
    return one(InboxRow, tx.execute(query).mappings().first())


def by_source(tx: Tx, channel: str, account: str, source_id: str) -> InboxRow | None:
    here = (inbox.c.channel == channel, inbox.c.account == account, inbox.c.source_id == source_id)
    return one(InboxRow, tx.execute(select(inbox).where(*here)).mappings().first())


def around(tx: Tx, row: InboxRow, reach: int) -> list[InboxRow]:
    """The rows of the same channel and account that were stored shortly before and after this one, and itself."""
    here = (inbox.c.channel == row.channel, inbox.c.account == row.account)
    near = inbox.c.id.between(row.id - reach, row.id + reach)
    return many(InboxRow, tx.execute(select(inbox).where(*here, near).order_by(inbox.c.id)))


def change(tx: Tx, inbox_id: int, **values: Any) -> None:
    tx.execute(update(inbox).where(inbox.c.id == inbox_id).values(**values))


def talk_of(tx: Tx, channel: str, account: str, limit: int = 20) -> list[InboxRow]:
    """The latest things one person said in one channel, oldest first."""
    query = select(inbox).where(inbox.c.channel == channel, inbox.c.account == account).order_by(inbox.c.id.desc())
    return many(InboxRow, tx.execute(query.limit(limit)))[::-1]


def poison(tx: Tx) -> list[InboxRow]:
    """Set aside after failing again and again; the rest went on without it."""
    query = select(inbox).where(inbox.c.error != "", inbox.c.handled_at.is_not(None)).order_by(inbox.c.id)
    return many(InboxRow, tx.execute(query))
