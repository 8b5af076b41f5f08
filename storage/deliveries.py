"""Deliveries: the rows that follow one message each to its end. Who takes one there: `claims`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from storage.engine import Tx
from storage.rows import DeliveryRow, many, one
from storage.tables import DUE, delivery, delivery_item
from storage.upsert import insert_absent, insert_row, insert_rows

Item = tuple[int, int | None]
"""(part id, reminder id or None): one line of a message."""
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
