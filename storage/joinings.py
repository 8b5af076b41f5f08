"""Requests to join: at most one that waits for each chat; decided ones stay."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from storage.engine import Tx
from storage.rows import Joining, many, one
from storage.tables import JOINS, joining
from storage.upsert import insert_absent


def add(tx: Tx, **values: Any) -> Joining | None:
    """Write a request down; None where one of this chat waits already."""
    place = {"channel": values["channel"], "address": values["address"]}
    if waiting_at(tx, **place) or not insert_absent(
        tx, joining, {"state": "asked", "reason": "", "note": "", **values}
    ):
        return None
    return waiting_at(tx, **place)


def waiting_at(tx: Tx, channel: str, address: str) -> Joining | None:
    here = (joining.c.channel == channel, joining.c.address == address, JOINS)
    return one(Joining, tx.execute(select(joining).where(*here)).mappings().first())


def waiting(tx: Tx) -> list[Joining]:
    """Those that wait for a decision, the oldest first."""
    return many(Joining, tx.execute(select(joining).where(JOINS).order_by(joining.c.id)))


def by_id(tx: Tx, number: int) -> Joining | None:
    return one(Joining, tx.execute(select(joining).where(joining.c.id == number)).mappings().first())


def of_officer(tx: Tx, officer_id: int, channel: str) -> Joining | None:
    """The request by which this person joined last from there."""
    became = (joining.c.officer_id == officer_id, joining.c.channel == channel, joining.c.state == "approved")
    return one(Joining, tx.execute(select(joining).where(*became).order_by(joining.c.id.desc())).mappings().first())


def count_since(tx: Tx, channel: str, address: str, since: datetime) -> int:
    """How often this chat has asked lately, whatever came of it."""
    here = (joining.c.channel == channel, joining.c.address == address, joining.c.asked_at >= since)
    return int(tx.execute(select(func.count()).select_from(joining).where(*here)).scalar_one())


def decide(tx: Tx, number: int, **values: Any) -> bool:
    """Decide one that waits; whether it did."""
    done = tx.execute(update(joining).where(joining.c.id == number, JOINS).values(**values))
    return done.rowcount == 1
