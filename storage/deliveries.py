"""Deliveries: the rows that follow one message each to its end. A claim is one conditional UPDATE and has a lease."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Executable, Integer, String, bindparam, case, func, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from storage.at_once import among, change_each
from storage.engine import Tx
from storage.rows import Claim, DeliveryRow, many, one
from storage.tables import DUE, SENDING, delivery, delivery_item
from storage.types import Instant
from storage.upsert import insert_absent, insert_row, insert_rows

Item = tuple[int, int | None]
"""(part id, reminder id or None): one line of a message."""
NOBODYS: Mapping[str, Any] = {"owner": "", "lease_until": None, "begun": True}
"""A row that nobody holds. `begun` is false only under a claim, so that whoever knows no better assumes the worse."""
_CLAIM = (delivery.c.id, delivery.c.attempt)
CARDS = ("digest", "notice")
"""Messages that are written anew when their parts change."""


def add(tx: Tx, items: Sequence[Item] = (), **values: Any) -> int:
    """Put a message on its way; needs officer_id, channel, address, kind, body, at, created_at."""
    delivery_id = insert_row(tx, delivery, {"next_try_at": values["at"], **values})
    _add_items(tx, delivery_id, items)
    return delivery_id


def add_once(tx: Tx, items: Sequence[Item] = (), **values: Any) -> bool:
    """Put a message with a `key` on its way unless one with that key is there already."""
    if not insert_absent(tx, delivery, {"next_try_at": values["at"], **values}):
        return False
    delivery_id = tx.execute(select(delivery.c.id).where(delivery.c.key == values["key"])).scalar_one()
    _add_items(tx, delivery_id, items)
    return True


def _add_items(tx: Tx, delivery_id: int, items: Sequence[Item], *, first: int = 0) -> None:
    rows = [
        {"delivery_id": delivery_id, "position": n, "part_id": p, "reminder_id": r}
        for n, (p, r) in enumerate(items, first)
    ]
    insert_rows(tx, delivery_item, rows)


def items(tx: Tx, delivery_id: int) -> list[Item]:
    query = select(delivery_item.c.part_id, delivery_item.c.reminder_id).where(
        delivery_item.c.delivery_id == delivery_id
    )
    return [(p, r) for p, r in tx.execute(query.order_by(delivery_item.c.position)).all()]


def claim(  # noqa: PLR0913 who takes, what, when, for how long
    tx: Tx, *, owner: str, now: datetime, lease: timedelta, limit: int, channels: Collection[str]
) -> list[DeliveryRow]:
    """Take due deliveries: answers before digests, oldest first. SKIP LOCKED on PostgreSQL; SQLite has one writer.

    The choice is a CTE of its own: PostgreSQL runs a locking subquery once for each row it joins, past the limit. What
    is chosen is locked and due, and asked no more: else PostgreSQL, where it takes the due rows for few, joins all of
    them with each chosen one.
    """
    given = {"_owner": owner, "_now": now, "_until": now + lease, "_limit": limit, "_channels": list(channels)}
    rows = many(DeliveryRow, tx.execute(_taking(), given))
    return sorted(rows, key=lambda d: (d.kind == "digest", d.next_try_at, d.id))


@cache
def _taking() -> ReturningUpdate[Any]:
    now, until = bindparam("_now", type_=Instant), bindparam("_until", type_=Instant)
    channels: BindParameter[Any] = bindparam("_channels", expanding=True)
    due = select(delivery.c.id).where(DUE, delivery.c.next_try_at <= now, delivery.c.channel.in_(channels))
    urgent_first = (delivery.c.kind == "digest", delivery.c.next_try_at, delivery.c.id)
    limit = bindparam("_limit", type_=Integer)
    chosen = due.order_by(*urgent_first).limit(limit).with_for_update(skip_locked=True).cte("chosen")
    taken = {"state": "sending", "attempt": delivery.c.attempt + 1, "owner": bindparam("_owner"), "lease_until": until}
    query = update(delivery).where(delivery.c.id.in_(select(chosen.c.id))).values(**taken, begun=False)
    return query.returning(*delivery.c)


def expire_leases(tx: Tx, now: datetime) -> int:
    """Claims whose lease ran out go back. Where sending had begun the next copy says that it may be a repeat.

    A row whose outcome is being written at this moment is left alone: a node that sleeps there would hold everybody up.
    """
    over = select(delivery.c.id).where(SENDING, delivery.c.lease_until <= now)
    query = update(delivery).where(delivery.c.id.in_(over.with_for_update(skip_locked=True)), SENDING)
    doubt = delivery.c.ambiguous + case((delivery.c.begun, 1), else_=0)
    back = {"state": "due", "next_try_at": now, "ambiguous": doubt, **NOBODYS}
    return tx.execute(query.values(**back)).rowcount


def renew(tx: Tx, owner: str, ids: Collection[int], until: datetime) -> set[int]:
    """Make the leases of these last until then; gives those that are still the owner's, and whose row nobody writes."""
    mine = select(delivery.c.id).where(among(tx.dialect.name, delivery.c.id), SENDING, delivery.c.owner == owner)
    query = update(delivery).where(delivery.c.id.in_(mine.with_for_update(skip_locked=True)), SENDING)
    query = query.values(lease_until=until).returning(delivery.c.id)
    return set(tx.execute(query, {"_ids": sorted(ids)}).scalars())


def held(tx: Tx, claimed: Collection[DeliveryRow]) -> set[Claim]:
    """Which claims are still ours: a process that slept may wake after its lease."""
    return _claims(tx, _looking(tx.dialect.name), claimed)


def begin(tx: Tx, claimed: Collection[DeliveryRow], until: datetime) -> set[Claim]:
    """Note that sending begins, with a fresh lease, of the claims that are ours, and give these.

    From now on they may have left.
    """
    return _claims(tx, _beginning(tx.dialect.name), claimed, _until=until)


def record(tx: Tx, claimed: DeliveryRow, **values: Any) -> bool:
    """Write an outcome, only while the claim is still ours (owner and attempt number); says whether it was."""
    query = update(delivery).where(*_mine(tx.dialect.name)).values(**NOBODYS, **values)
    (fence,) = _fences([claimed])
    return bool(tx.execute(query, fence).rowcount)


def record_all(tx: Tx, outcomes: Collection[tuple[DeliveryRow, Mapping[str, Any]]]) -> set[Claim]:
    """Write these outcomes, each only while its claim is still ours, and give those that were.

    Ours are locked first: nobody can take one over between the look and the writing.
    """
    ours = _claims(tx, _locking(tx.dialect.name), [row for row, _ in outcomes])
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row, values in outcomes:
        if row.claim in ours:
            alike.setdefault(tuple(values), []).append({"id": row.id, **NOBODYS, **values})
    for rows in alike.values():
        change_each(tx, delivery, rows)
    return ours


def _claims(tx: Tx, query: Executable, claimed: Collection[DeliveryRow], **values: Any) -> set[Claim]:
    return {(row.id, row.attempt) for fence in _fences(claimed) for row in tx.execute(query, fence | values).all()}


def _fences(claimed: Collection[DeliveryRow]) -> Iterator[dict[str, Any]]:
    """What `_mine` asks for: for each owner and attempt number, in order of ids."""
    alike: dict[tuple[str, int], list[int]] = {}
    for row in sorted(claimed, key=lambda row: row.id):
        alike.setdefault((row.owner, row.attempt), []).append(row.id)
    for (owner, attempt), ids in alike.items():
        yield {"_ids": ids, "_owner": owner, "_attempt": attempt}


def _mine(dialect: str) -> tuple[ColumnElement[bool], ...]:
    """True of the rows whose claims are still these."""
    owner, attempt = bindparam("_owner", type_=String), bindparam("_attempt", type_=Integer)
    mine = (delivery.c.owner == owner, delivery.c.attempt == attempt)
    return (among(dialect, delivery.c.id), SENDING, *mine)


@cache
def _looking(dialect: str) -> Executable:
    return select(*_CLAIM).where(*_mine(dialect))


@cache
def _locking(dialect: str) -> Executable:
    """In order of ids: who locks in one order waits in none."""
    return select(*_CLAIM).where(*_mine(dialect)).order_by(delivery.c.id).with_for_update()


@cache
def _beginning(dialect: str) -> Executable:
    query = update(delivery).where(*_mine(dialect)).values(begun=True, lease_until=bindparam("_until"))
    return query.returning(*_CLAIM)


def next_at(tx: Tx, channels: Collection[str]) -> datetime | None:
    """The earliest moment at which a delivery of these channels may be tried or a lease runs out."""
    moments = [
        tx.execute(select(func.min(delivery.c.next_try_at)).where(DUE, delivery.c.channel == c)).scalar()
        for c in channels
    ]
    leases = tx.execute(select(func.min(delivery.c.lease_until)).where(SENDING)).scalar()
    return min((t for t in (*moments, leases) if t is not None), default=None)


def by_id(tx: Tx, delivery_id: int) -> DeliveryRow | None:
    return one(DeliveryRow, tx.execute(select(delivery).where(delivery.c.id == delivery_id)).mappings().first())


def by_message(tx: Tx, channel: str, address: str, message_ref: str) -> DeliveryRow | None:
    """The delivery behind a message somebody replied to or pressed a button of."""
    here = (delivery.c.channel == channel, delivery.c.address == address, delivery.c.message_ref == message_ref)
    query = select(delivery).where(*here, delivery.c.kind != "edit").order_by(delivery.c.id.desc())
    return one(DeliveryRow, tx.execute(query).mappings().first())


def by_key(tx: Tx, key: str) -> DeliveryRow | None:
    return one(DeliveryRow, tx.execute(select(delivery).where(delivery.c.key == key)).mappings().first())


def extend(tx: Tx, delivery_id: int, body: Mapping[str, Any], more: Sequence[Item]) -> None:
    """Let a message that is still to leave say more."""
    tx.execute(update(delivery).where(delivery.c.id == delivery_id, DUE).values(body=dict(body)))
    held = items(tx, delivery_id)
    _add_items(tx, delivery_id, more, first=len(held))


def cards_of(tx: Tx, part_id: int, since: datetime) -> list[DeliveryRow]:
    """Sent digests and notices that show this part and can be edited."""
    query = (
        select(delivery)
        .join(delivery_item, delivery_item.c.delivery_id == delivery.c.id)
        .where(delivery_item.c.part_id == part_id, delivery.c.state == "sent", delivery.c.sent_at >= since)
        .where(delivery.c.kind.in_(CARDS), delivery.c.message_ref != "")
    )
    return many(DeliveryRow, tx.execute(query.order_by(delivery.c.id)))


def notices(tx: Tx, part_id: int) -> list[DeliveryRow]:
    """What the bureau was, or is to be, told of this part."""
    query = select(delivery).join(delivery_item, delivery_item.c.delivery_id == delivery.c.id)
    query = query.where(delivery_item.c.part_id == part_id, delivery.c.kind == "notice")
    return many(DeliveryRow, tx.execute(query.order_by(delivery.c.id)))


def last_edit(tx: Tx, card: DeliveryRow) -> DeliveryRow | None:
    """What a card was changed into last."""
    here = (delivery.c.channel == card.channel, delivery.c.address == card.address)
    edit = (delivery.c.message_ref == card.message_ref, delivery.c.kind == "edit", delivery.c.state == "sent")
    query = select(delivery).where(*here, *edit).order_by(delivery.c.id.desc()).limit(1)
    return one(DeliveryRow, tx.execute(query).mappings().first())


def pending_edits(tx: Tx, addresses: Collection[str]) -> list[DeliveryRow]:
    query = select(delivery).where(delivery.c.kind == "edit", DUE, delivery.c.address.in_(list(addresses)))
    return many(DeliveryRow, tx.execute(query))


def standing(tx: Tx, channel: str, since: datetime) -> list[DeliveryRow]:
    """Sent digests of a channel, with their buttons still on a screen, the oldest first."""
    here = (delivery.c.channel == channel, delivery.c.kind == "digest", delivery.c.state == "sent")
    query = select(delivery).where(*here, delivery.c.message_ref != "", delivery.c.sent_at >= since)
    return many(DeliveryRow, tx.execute(query.order_by(delivery.c.id)))


def due_under(tx: Tx, beginning: str) -> list[DeliveryRow]:
    """Messages that wait, by the beginning of their key."""
    query = select(delivery).where(DUE, delivery.c.key.startswith(beginning, autoescape=True))
    return many(DeliveryRow, tx.execute(query.order_by(delivery.c.id)))


def change(tx: Tx, delivery_id: int, **values: Any) -> None:
    tx.execute(update(delivery).where(delivery.c.id == delivery_id).values(**values))


def to_officer(tx: Tx, officer_id: int, limit: int = 50) -> list[DeliveryRow]:
    query = select(delivery).where(delivery.c.officer_id == officer_id).order_by(delivery.c.id.desc()).limit(limit)
    return many(DeliveryRow, tx.execute(query))


def dead(tx: Tx) -> list[DeliveryRow]:
    return many(DeliveryRow, tx.execute(select(delivery).where(delivery.c.state == "dead").order_by(delivery.c.id)))


def counts(tx: Tx) -> dict[str, int]:
    rows = tx.execute(select(delivery.c.state, func.count().label("n")).group_by(delivery.c.state))
    return {row.state: row.n for row in rows}


def with_reminders(tx: Tx) -> dict[int, int]:
    """How many reminders each sent message carries."""
    query = select(delivery_item.c.delivery_id, func.count().label("n"))
    sent = query.join(delivery, delivery_item.c.delivery_id == delivery.c.id).where(delivery.c.state == "sent")
    told = sent.where(delivery_item.c.reminder_id.is_not(None)).group_by(delivery_item.c.delivery_id)
    return {row.delivery_id: row.n for row in tx.execute(told)}


def of_reminders(tx: Tx, reminder_ids: Collection[int]) -> list[tuple[int, DeliveryRow]]:
    """(reminder id, delivery) for the timeline of a part: who was told when, through what."""
    query = (
        select(delivery_item.c.reminder_id.label("_r"), *delivery.c)
        .join(delivery, delivery_item.c.delivery_id == delivery.c.id)
        .where(delivery_item.c.reminder_id.in_(list(reminder_ids)))
    )
    rows = tx.execute(query.order_by(delivery.c.id)).mappings()
    return [(row["_r"], DeliveryRow(**{k: v for k, v in row.items() if k != "_r"})) for row in rows]


def move(tx: Tx, channel: str, old: str, new: str) -> None:
    """A chat has a new address: what waits for it goes there, also the message that met the old one and comes back.

    Messages sent before are out of reach from then on.
    """
    here = (delivery.c.channel == channel, delivery.c.address == old)
    on_its_way = delivery.c.state.in_(("due", "sending"))
    tx.execute(update(delivery).where(*here, ~on_its_way).values(message_ref=""))
    tx.execute(update(delivery).where(*here, on_its_way).values(address=new))
