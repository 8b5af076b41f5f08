"""What the auditor asks the rows: set-based, one slice of ids at a time, so that a million rows cost a pass nothing.

Each check is one statement, hence one view of the data: on PostgreSQL two statements may see two moments.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, String, Table, and_, case, cast, exists, func, or_, select

from storage.engine import Tx
from storage.tables import DUE, SENDING, delivery, delivery_item, inbox, part, reminder, timeline
from storage.waiting import KEY

MOST = 20
"""How many rows of one check are named; who has more than these reads them from the database."""

RAISED = ("unreachable", "way_lost")
"""The timeline's verbs by which a message that came to a bad end was raised to people."""
_MOVED = ("received", "reported", "verified", "refused")
_ENDED = ("verified", "waived", "lapsed")


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows of a table by their ids, the last one not included."""

    first: int
    end: int


Check: TypeAlias = ColumnElement[bool]
"""True of a row that should not be."""

_item = delivery_item.alias("item")
_other_item = delivery_item.alias("other_item")
_other = delivery.alias("other")
_copy = delivery.alias("copy")

_carried = exists().where(_item.c.reminder_id == reminder.c.id)
_settled = exists().where(part.c.id == reminder.c.part_id, part.c.settled_at.is_not(None))
_twice = exists().where(
    _item.c.delivery_id == delivery.c.id,
    _other_item.c.reminder_id == _item.c.reminder_id,
    _other_item.c.delivery_id < delivery.c.id,
    _other.c.id == _other_item.c.delivery_id,
    _other.c.channel == delivery.c.channel,
    _other.c.address == delivery.c.address,
    _other.c.kind == "digest",
)
_passed_on = exists().where(_copy.c.key == KEY + cast(delivery.c.id, String))
_noted = exists().where(timeline.c.officer_id == delivery.c.officer_id, timeline.c.verb.in_(RAISED))
_told_of = exists().where(_item.c.delivery_id == delivery.c.id)
_has_history = exists().where(timeline.c.part_id == part.c.id)

CHECKS: Mapping[str, tuple[Table, Check]] = MappingProxyType(
    {
        "lost": (reminder, and_(reminder.c.state == "handed", reminder.c.reason != "inbox", ~_carried)),
        "stateless": (reminder, reminder.c.state.not_in(("planned", "handed", "superseded", "cancelled"))),
        "no_reason": (reminder, and_(reminder.c.state.in_(("superseded", "cancelled")), reminder.c.reason == "")),
        "carried": (reminder, and_(reminder.c.state != "handed", _carried)),
        "over": (reminder, and_(reminder.c.state == "planned", _settled)),
        "empty": (delivery, and_(delivery.c.kind == "digest", ~_told_of)),
        "twice": (delivery, and_(delivery.c.kind == "digest", _twice)),
        "unclaimed": (
            delivery,
            or_(
                and_(SENDING, or_(delivery.c.owner == "", delivery.c.lease_until.is_(None))),
                and_(~SENDING, or_(delivery.c.owner != "", delivery.c.lease_until.is_not(None), ~delivery.c.begun)),
            ),
        ),
        "unproved": (
            delivery,
            and_(delivery.c.state == "sent", or_(delivery.c.sent_at.is_(None), delivery.c.attempt < 1)),
        ),
        "unraised": (
            delivery,
            and_(
                delivery.c.state == "dead",
                or_(
                    delivery.c.reason == "",
                    and_(delivery.c.kind == "digest", delivery.c.officer_id.is_not(None), ~_passed_on, ~_noted),
                ),
            ),
        ),
        "no_history": (part, and_(part.c.state.in_(_MOVED), ~_has_history)),
        "half_ended": (
            part,
            or_(
                and_(part.c.state.in_(_ENDED), part.c.settled_at.is_(None)),
                and_(part.c.state.in_(("open", "received", "refused")), part.c.settled_at.is_not(None)),
                and_(part.c.state.in_(("reported", "verified")), part.c.reported_at.is_(None)),
            ),
        ),
    }
)
"""By name: the table, and what is true of a row that breaks a promise. What each means stands in the catalogue."""

TABLES: tuple[str, ...] = ("reminder", "delivery", "part")


def newest(tx: Tx, table: str) -> int:
    """The highest id of a table; 0 where it is empty."""
    found: int | None = tx.execute(select(func.max(_table(table).c.id))).scalar()
    return found or 0


def broken(tx: Tx, table: str, within: Slice) -> dict[str, list[int]]:
    """The rows of this slice that break a promise, by the name of the check."""
    asked = {name: check for name, (of, check) in CHECKS.items() if of.name == table}
    found = {name: _ids(tx, select(_table(table).c.id).where(check), within) for name, check in asked.items()}
    return {name: ids for name, ids in found.items() if ids}


def standing(tx: Tx, within: Slice, now: datetime) -> dict[str, int]:
    """How many reminders of this slice are in each place; together they are all there are.

    future · due · in_flight · delivered · inbox (for who has no chat) · dead · let_go (settled meanwhile, or its chat
    is gone) · superseded · cancelled · nowhere.
    """
    best = case({"sent": 4, "sending": 3, "due": 3, "dead": 2}, value=delivery.c.state, else_=1)
    ways: Any = (
        select(reminder.c.id, reminder.c.state, reminder.c.push_at, reminder.c.reason, func.max(best).label("best"))
        .outerjoin(_item, _item.c.reminder_id == reminder.c.id)
        .outerjoin(delivery, delivery.c.id == _item.c.delivery_id)
        .where(reminder.c.id >= within.first, reminder.c.id < within.end)
        .group_by(reminder.c.id, reminder.c.state, reminder.c.push_at, reminder.c.reason)
        .subquery()
    )
    handed = {4: "delivered", 3: "in_flight", 2: "dead", 1: "let_go"}
    place = case(
        (ways.c.state.in_(("superseded", "cancelled")), ways.c.state),
        (and_(ways.c.state == "planned", ways.c.push_at > now), "future"),
        (ways.c.state == "planned", "due"),
        (and_(ways.c.state == "handed", ways.c.reason == "inbox", ways.c.best.is_(None)), "inbox"),
        *((and_(ways.c.state == "handed", ways.c.best == rank), name) for rank, name in handed.items()),
        else_="nowhere",
    )
    rows = tx.execute(select(place.label("place"), func.count().label("n")).group_by(place))
    return {row.place: row.n for row in rows}


def overdue(tx: Tx, before: datetime, channels: Collection[str] | None) -> dict[str, list[int]]:
    """What should have moved on before that moment and did not: a claim, a message, an update that came in.

    `channels`: those that run here, if known; a message for another one waits for its own reasons.
    """
    here = () if channels is None else (delivery.c.channel.in_(list(channels)),)
    heard = () if channels is None else (inbox.c.channel.in_(list(channels)),)
    asked: dict[str, Select[Any]] = {
        "held": select(delivery.c.id).where(SENDING, delivery.c.lease_until <= before),
        "waiting": select(delivery.c.id).where(DUE, delivery.c.next_try_at <= before, *here),
        "unheard": select(inbox.c.id).where(inbox.c.handled_at.is_(None), inbox.c.received_at <= before, *heard),
    }
    found = {name: [row.id for row in tx.execute(query.limit(MOST))] for name, query in asked.items()}
    return {name: ids for name, ids in found.items() if ids}


def _ids(tx: Tx, query: Select[Any], within: Slice) -> list[int]:
    (key,) = query.selected_columns
    here = query.where(key >= within.first, key < within.end).order_by(key).limit(MOST)
    return [row.id for row in tx.execute(here)]


def _table(name: str) -> Table:
    return {"reminder": reminder, "delivery": delivery, "part": part}[name]
