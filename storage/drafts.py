"""Drafts: plans that were read and are being looked through, before anything is switched on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from storage.engine import Tx
from storage.rows import many, one
from storage.tables import draft
from storage.upsert import insert_row


@dataclass(frozen=True, slots=True)
class DraftRow:
    """`plan` is the plan as data, `left_out` the places of duties that stay outside; `report` once it is taken in."""

    id: int
    name: str
    file: str
    plan: dict[str, Any]
    doubts: list[dict[str, Any]]
    left_out: list[int]
    state: str
    report: dict[str, Any] | None
    created_by: int | None
    created_at: datetime
    changed_at: datetime


def all_open(tx: Tx) -> list[DraftRow]:
    """The ones not taken in yet, the latest touched first."""
    query = select(draft).where(draft.c.state == "open").order_by(draft.c.changed_at.desc(), draft.c.id.desc())
    return many(DraftRow, tx.execute(query))


def by_id(tx: Tx, draft_id: int) -> DraftRow | None:
    return one(DraftRow, tx.execute(select(draft).where(draft.c.id == draft_id)).mappings().first())


def add(tx: Tx, **values: Any) -> int:
    return insert_row(tx, draft, values)


def change(tx: Tx, draft_id: int, **values: Any) -> None:
    tx.execute(update(draft).where(draft.c.id == draft_id).values(**values))


def remove(tx: Tx, draft_id: int) -> None:
    tx.execute(delete(draft).where(draft.c.id == draft_id))


def hold(tx: Tx, draft_id: int) -> None:
    """Keep other writers away from a draft until this transaction ends; SQLite keeps them away from everything."""
    tx.execute(select(draft.c.id).where(draft.c.id == draft_id).with_for_update())
