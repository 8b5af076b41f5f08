"""Messages that wait although their moment has come, while their person has another way to be reached."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, or_, select, update

from storage.engine import Tx
from storage.rows import DeliveryRow, many
from storage.tables import DUE, TRIED, contact, delivery

KEY = "fall:"


def key(delivery_id: int) -> str:
    """The key of the copy that a delivery's next way gets: there is at most one."""
    return f"{KEY}{delivery_id}"


def is_passed_on(tx: Tx, delivery_id: int) -> bool:
    return tx.execute(select(delivery.c.id).where(delivery.c.key == key(delivery_id))).first() is not None


def moments(tx: Tx, running: Collection[str] | None) -> list[datetime]:
    """When messages that wait were to leave, each moment once; `running`: the channels that run here, if known."""
    found: set[datetime] = set()
    for stuck in _stuck(tx, running):
        found.update(tx.execute(select(delivery.c.at).where(stuck, *_UNHEARD).distinct()).scalars())
    return sorted(found)


def rows(tx: Tx, at: Collection[datetime], running: Collection[str] | None) -> list[DeliveryRow]:
    """Those that were to leave at one of these moments."""
    found: list[DeliveryRow] = []
    for stuck in _stuck(tx, running) if at else ():
        for moment in at:
            query = select(delivery).where(stuck, *_UNHEARD, delivery.c.at == moment)
            found += many(DeliveryRow, tx.execute(query))
    return sorted(found, key=lambda row: (row.at, row.id))


def mark_repeats(tx: Tx, ids: Collection[int]) -> None:
    """From now on these say that they may be a repeat."""
    for delivery_id in ids:
        query = update(delivery).where(delivery.c.id == delivery_id)
        tx.execute(query.values(ambiguous=delivery.c.ambiguous + 1))


def _stuck(tx: Tx, running: Collection[str] | None) -> Iterator[ColumnElement[bool]]:
    """Each message once: what was tried in vain, and what waits on a channel that does not run here.

    What waits untried on a channel that runs may be a million rows, and none of them is read.
    """
    yield TRIED
    if running is not None and (off := set(tx.execute(_CHANNELS).scalars()) - set(running)):
        yield and_(DUE, delivery.c.channel.in_(sorted(off)), delivery.c.attempt == 0)


def _channels() -> Select[tuple[str]]:
    """Those for which something waits: from one to the next through the index, whatever lies between."""
    first = select(func.min(delivery.c.channel).label("name")).where(DUE).cte("found", recursive=True)
    after = select(func.min(delivery.c.channel)).where(DUE, delivery.c.channel > first.c.name).scalar_subquery()
    every = first.union_all(select(after).where(first.c.name.is_not(None)))
    return select(every.c.name).where(every.c.name.is_not(None))


def _unheard() -> tuple[ColumnElement[bool], ...]:
    """Not passed on, of a person with another way."""
    other, passed = contact.alias("other"), delivery.alias("passed")
    another = exists().where(
        other.c.officer_id == delivery.c.officer_id,
        other.c.state == "live",
        or_(other.c.channel != delivery.c.channel, other.c.address != delivery.c.address),
    )
    taken = exists().where(passed.c.key == KEY + cast(delivery.c.id, String))
    return (delivery.c.kind.in_(("digest", "notice", "say")), another, ~taken)


_UNHEARD = _unheard()
_CHANNELS = _channels()
