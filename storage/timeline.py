"""The timeline: who did what, when, through which door, in which words. Rows are added, never changed or removed."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, or_, select

from storage.engine import Tx
from storage.rows import TimelineRow, many, one
from storage.tables import timeline
from storage.upsert import insert_row


def add(tx: Tx, **values: Any) -> int:
    return insert_row(tx, timeline, {"detail": {}, **values})


def of_part(tx: Tx, part_id: int) -> list[TimelineRow]:
    query = select(timeline).where(timeline.c.part_id == part_id).order_by(timeline.c.id)
    return many(TimelineRow, tx.execute(query))


def of_parts(tx: Tx, part_ids: Collection[int]) -> list[TimelineRow]:
    """Everything done to these parts, oldest first."""
    ids, rows = sorted(set(part_ids)), []
    for start in range(0, len(ids), 500):
        query = select(timeline).where(timeline.c.part_id.in_(ids[start : start + 500]))
        rows += many(TimelineRow, tx.execute(query.order_by(timeline.c.id)))
    return rows


def last_by(tx: Tx, officer_id: int, since: datetime, *, of_plans: bool = False) -> list[TimelineRow]:
    """What one person did to parts lately, newest first; with `of_plans`, to plans too."""
    about = or_(timeline.c.part_id.is_not(None), and_(literal(of_plans), timeline.c.plan_id.is_not(None)))
    query = select(timeline).where(timeline.c.officer_id == officer_id, timeline.c.at >= since, about)
    return many(TimelineRow, tx.execute(query.order_by(timeline.c.id.desc())))


def of_plan(tx: Tx, plan_id: int, after: int) -> list[TimelineRow]:
    """What was done to the plan itself since that row, oldest first."""
    here = (timeline.c.plan_id == plan_id, timeline.c.part_id.is_(None), timeline.c.id > after)
    return many(TimelineRow, tx.execute(select(timeline).where(*here).order_by(timeline.c.id)))


def last_of(tx: Tx, part_id: int, verb: str) -> TimelineRow | None:
    query = (
        select(timeline).where(timeline.c.part_id == part_id, timeline.c.verb == verb).order_by(timeline.c.id.desc())
    )
    return one(TimelineRow, tx.execute(query).mappings().first())


def of_verb(tx: Tx, verb: str) -> list[TimelineRow]:
    """Every row of a verb that is rare, oldest first."""
    query = select(timeline).where(timeline.c.verb == verb).order_by(timeline.c.id)
    return many(TimelineRow, tx.execute(query))


def returns(tx: Tx) -> dict[int, int]:
    """How often each part was sent back, by part id; what was undone is not counted."""
    rows = tx.execute(
        select(timeline.c.id, timeline.c.part_id, timeline.c.verb, timeline.c.detail).where(
            timeline.c.verb.in_(("return", "undo")), timeline.c.part_id.is_not(None)
        )
    ).all()
    undone = {row.detail.get("undoes") for row in rows if row.verb == "undo"}
    return Counter(row.part_id for row in rows if row.verb == "return" and row.id not in undone)


def last_each(tx: Tx, part_ids: Collection[int], verb: str) -> dict[int, TimelineRow]:
    """The last row of that verb, by part."""
    found: dict[int, TimelineRow] = {}
    ids = sorted(set(part_ids))
    for start in range(0, len(ids), 500):
        query = select(timeline).where(timeline.c.part_id.in_(ids[start : start + 500]), timeline.c.verb == verb)
        rows = many(TimelineRow, tx.execute(query.order_by(timeline.c.id)))
        found |= {row.part_id: row for row in rows if row.part_id is not None}
    return found


def count(tx: Tx, verb: str) -> int:
    return int(tx.execute(select(func.count()).select_from(timeline).where(timeline.c.verb == verb)).scalar_one())
