"""The delivery log: every message with what came of it, newest first, page by page from the last id that was shown.

What a message said is not read here, nor where it went: an address may be a robot's key.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from storage.engine import Tx
from storage.tables import delivery, delivery_item, duty, group_chat, occurrence, officer, part, reminder, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSieve:
    """Which messages are looked at. Empty fields let everything through; `since` is included, `until` is not.

    `unconfirmed`: the channels whose service never says that a message arrived. `number` is a part's short code.
    """

    unconfirmed: Collection[str] = ()
    units: Collection[int] | None = None
    who: str = ""
    outcome: str = ""
    channel: str = ""
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class LogRow:
    """One message. `who` is empty for a unit's group and for a program, `unit` for who belongs to none.

    `outcome`: due, again (after a failure), sending, unknown (an attempt whose end nobody knows; it goes again and is
    marked), sent, repeat (sent and so marked), unconfirmed (handed to a service that confirms nothing), dead,
    superseded (no longer needed).
    """

    id: int
    at: datetime
    created_at: datetime
    sent_at: datetime | None
    next_try_at: datetime
    who: str
    unit: str
    channel: str
    kind: str
    outcome: str
    attempts: int
    reason: str
    message_ref: str


@dataclass(frozen=True, slots=True)
class LogItem:
    """A part that a message is about."""

    delivery_id: int
    uid: str
    unit_id: int
    code: int
    title: str
    stage: str
    rung: str


OUTCOMES = ("sent", "unconfirmed", "repeat", "due", "again", "sending", "unknown", "dead", "superseded")


def rows(tx: Tx, sieve: LogSieve, *, before: int | None, limit: int) -> list[LogRow]:
    """The newest first; with `before`, only those whose id is smaller."""
    group = and_(
        delivery.c.officer_id.is_(None),
        group_chat.c.channel == delivery.c.channel,
        group_chat.c.address == delivery.c.address,
    )
    query = (
        select(
            *(delivery.c[name] for name in ("id", "at", "created_at", "sent_at", "next_try_at")),
            func.coalesce(officer.c.name, "").label("who"),
            func.coalesce(unit.c.name, "").label("unit"),
            *(delivery.c[name] for name in ("channel", "kind", "reason", "message_ref")),
            _outcome(sieve.unconfirmed).label("outcome"),
            delivery.c.attempt.label("attempts"),
        )
        .outerjoin(officer, officer.c.id == delivery.c.officer_id)
        .outerjoin(group_chat, group)
        .outerjoin(unit, unit.c.id == func.coalesce(officer.c.unit_id, group_chat.c.unit_id))
        .where(*_conditions(sieve))
    )
    if before is not None:
        query = query.where(delivery.c.id < before)
    return [LogRow(**row) for row in tx.execute(query.order_by(delivery.c.id.desc()).limit(limit)).mappings()]


def items(tx: Tx, delivery_ids: Sequence[int]) -> list[LogItem]:
    """What these messages are about, in the order in which they say it."""
    query = (
        select(
            delivery_item.c.delivery_id,
            part.c.uid,
            part.c.unit_id,
            part.c.code,
            duty.c.title,
            occurrence.c.stage,
            func.coalesce(reminder.c.rung, "").label("rung"),
        )
        .join(part, part.c.id == delivery_item.c.part_id)
        .join(occurrence, occurrence.c.id == part.c.occurrence_id)
        .join(duty, duty.c.id == occurrence.c.duty_id)
        .outerjoin(reminder, reminder.c.id == delivery_item.c.reminder_id)
        .where(delivery_item.c.delivery_id.in_(list(delivery_ids)))
        .order_by(delivery_item.c.delivery_id, delivery_item.c.position)
    )
    return [LogItem(**row) for row in tx.execute(query).mappings()]


def _outcome(unconfirmed: Collection[str]) -> ColumnElement[str]:
    sent = delivery.c.state == "sent"
    return case(
        (delivery.c.state.in_(("dead", "superseded")), delivery.c.state),
        (and_(sent, delivery.c.ambiguous > 0), "repeat"),
        (and_(sent, delivery.c.channel.in_(list(unconfirmed))), "unconfirmed"),
        (sent, "sent"),
        (delivery.c.ambiguous > 0, "unknown"),
        (delivery.c.state == "sending", "sending"),
        (delivery.c.attempt > 0, "again"),
        else_="due",
    )


def _conditions(sieve: LogSieve) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if sieve.units is not None:
        found.append(_of_units(sieve.units))
    if sieve.who:
        named = select(officer.c.id).where(officer.c.name.contains(sieve.who, autoescape=True))
        found.append(delivery.c.officer_id.in_(named.correlate(None)))
    if sieve.outcome:
        found.append(_outcome(sieve.unconfirmed) == sieve.outcome)
    if sieve.channel:
        found.append(delivery.c.channel == sieve.channel)
    if sieve.since is not None:
        found.append(delivery.c.at >= sieve.since)
    if sieve.until is not None:
        found.append(delivery.c.at < sieve.until)
    if sieve.words:
        found.append(delivery.c.id.in_(_about(sieve)))
    return found


def _of_units(units: Collection[int]) -> ColumnElement[bool]:
    people = select(officer.c.id).where(officer.c.unit_id.in_(list(units))).correlate(None)
    here = (group_chat.c.channel == delivery.c.channel, group_chat.c.address == delivery.c.address)
    group = exists().where(*here, group_chat.c.unit_id.in_(list(units))).correlate(delivery)
    return or_(delivery.c.officer_id.in_(people), and_(delivery.c.officer_id.is_(None), group))


def _about(sieve: LogSieve) -> ColumnElement[int]:
    """The messages about a part with this short code, or a duty with this number or these words."""
    said = [duty.c.item == sieve.words, duty.c.title.contains(sieve.words, autoescape=True)]
    if sieve.number is not None:
        said.append(part.c.code == sieve.number)
    told = (
        select(delivery_item.c.delivery_id)
        .join(part, part.c.id == delivery_item.c.part_id)
        .join(occurrence, occurrence.c.id == part.c.occurrence_id)
        .join(duty, duty.c.id == occurrence.c.duty_id)
        .where(or_(*said))
    )
    if sieve.units is not None:
        told = told.where(part.c.unit_id.in_(list(sieve.units)))
    return told.scalar_subquery()
