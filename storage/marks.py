"""Marks: has anything changed for somebody since they last looked? Sums, instead of everybody's inbox read again."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from storage.engine import Tx
from storage.tables import evidence, part, plan, reminder


def of_units(tx: Tx, unit_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """How many parts each unit has and how often they were changed: every change of a part raises its sequence."""
    query = (
        select(part.c.unit_id, func.count().label("parts"), func.sum(part.c.sequence).label("changes"))
        .where(part.c.unit_id.in_(list(unit_ids)))
        .group_by(part.c.unit_id)
    )
    return {row.unit_id: (row.parts, row.changes) for row in tx.execute(query)}


def of_officers(tx: Tx, officer_ids: Collection[int], now: datetime) -> dict[int, int]:
    """How many reminders lie in each person's inbox."""
    query = (
        select(reminder.c.officer_id, func.count().label("lying"))
        .where(reminder.c.officer_id.in_(list(officer_ids)), reminder.c.lies_at <= now)
        .where(reminder.c.state.in_(("planned", "handed")))
        .group_by(reminder.c.officer_id)
    )
    return {row.officer_id: row.lying for row in tx.execute(query)}


def of_all(tx: Tx) -> tuple[int, int, int]:
    """What concerns everybody: plans switched on or revised, and files that arrived."""
    plans = select(func.count(), func.coalesce(func.sum(plan.c.revision), 0)).where(plan.c.state == "on")
    on, revisions = tx.execute(plans).one()
    files = tx.execute(select(func.count()).select_from(evidence).where(evidence.c.state == "stored")).scalar_one()
    return int(on), int(revisions), int(files)
