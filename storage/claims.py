"""Claims: who takes a delivery to its end, under a lease. A claim is one conditional UPDATE.

Whatever is written of a claim is written only while it is still this one: owner and attempt number are its fence.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    Integer,
    Row,
    String,
    bindparam,
    case,
    func,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from storage.at_once import among, change_each
from storage.engine import Tx
from storage.rows import Claim, DeliveryRow, many
from storage.tables import DUE, SENDING, delivery
from storage.types import Instant

NOBODYS: Mapping[str, Any] = {"owner": "", "lease_until": None, "begun": True}
"""A row that nobody holds. `begun` is false only under a claim, so that whoever knows no better assumes the worse."""
_CLAIM = (delivery.c.id, delivery.c.attempt)


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


def held(tx: Tx, claimed: Collection[DeliveryRow]) -> dict[Claim, str]:
    """Which claims are still ours, and the address as it is now: while one waited here its chat may have moved.

    A process that slept may wake after its lease.
    """
    found = _rows(tx, _looking(tx.dialect.name), claimed)
    return {(row.id, row.attempt): row.address for row in found}


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
    return {(row.id, row.attempt) for row in _rows(tx, query, claimed, **values)}


def _rows(tx: Tx, query: Executable, claimed: Collection[DeliveryRow], **values: Any) -> Iterator[Row[Any]]:
    for fence in _fences(claimed):
        yield from tx.execute(query, fence | values).all()


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
    return select(*_CLAIM, delivery.c.address).where(*_mine(dialect))


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
