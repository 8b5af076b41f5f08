"""Messages that wait although their moment has come, while their person has another way to be reached."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, or_, select, update

from storage.engine import Tx
from storage.rows import DeliveryRow, many
from storage.tables import DUE, contact, delivery

KEY = "fall:"


def key(delivery_id: int) -> str:
    """The key of the copy that a delivery's next way gets: there is at most one."""
    return f"{KEY}{delivery_id}"


def is_passed_on(tx: Tx, delivery_id: int) -> bool:
    return tx.execute(select(delivery.c.id).where(delivery.c.key == key(delivery_id))).first() is not None


def moments(tx: Tx, running: Collection[str] | None) -> list[datetime]:
    """When messages that wait were to leave, each moment once; `running`: the channels that run here, if known."""
    query = select(delivery.c.at).where(_waiting(running)).distinct().order_by(delivery.c.at)
    return list(tx.execute(query).scalars())


def rows(tx: Tx, at: Collection[datetime], running: Collection[str] | None) -> list[DeliveryRow]:
    """Those that were to leave at one of these moments."""
    found: list[DeliveryRow] = []
    for moment in at:
        query = select(delivery).where(_waiting(running), delivery.c.at == moment).order_by(delivery.c.id)
        found += many(DeliveryRow, tx.execute(query))
    return found


def mark_repeats(tx: Tx, ids: Collection[int]) -> None:
    """From now on these say that they may be a repeat."""
    for delivery_id in ids:
        query = update(delivery).where(delivery.c.id == delivery_id)
        tx.execute(query.values(ambiguous=delivery.c.ambiguous + 1))


def _waiting(running: Collection[str] | None) -> ColumnElement[bool]:
    """Tried in vain, or on a channel that does not run here; not passed on; and there is another way."""
    tried: Any = delivery.c.attempt > 0
    other = contact.alias("other")
    passed = delivery.alias("passed")
    another = exists().where(
        other.c.officer_id == delivery.c.officer_id,
        other.c.state == "live",
        or_(other.c.channel != delivery.c.channel, other.c.address != delivery.c.address),
    )
    taken = exists().where(passed.c.key == KEY + cast(delivery.c.id, String))
    stuck = tried if running is None else or_(tried, delivery.c.channel.not_in(list(running)))
    return and_(DUE, delivery.c.kind.in_(("digest", "notice", "say")), stuck, another, ~taken)
