"""Counting over whole plans in the database: how much there is, how much is still owed, how much of that is late."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from storage.engine import Tx
from storage.tables import duty, occurrence, part

OWED = ("open", "received")


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """`items` are numbered items of the document; duties in the body of one share its number."""

    items: int = 0
    duties: int = 0
    owed: int = 0
    overdue: int = 0
    answered: int = 0


def plan_counts(tx: Tx, today: date) -> dict[int, PlanCounts]:
    """By plan id, for every plan that has a duty."""
    live = (
        select(duty.c.plan_id, func.count(func.distinct(duty.c.item)).label("items"), func.count().label("duties"))
        .where(duty.c.state == "live")
        .group_by(duty.c.plan_id)
    )
    owed = part.c.settled_at.is_(None) & part.c.state.in_(OWED)
    held = (
        select(
            duty.c.plan_id,
            func.sum(case((owed, 1), else_=0)).label("owed"),
            func.sum(case((owed & (part.c.due < today), 1), else_=0)).label("overdue"),
            func.sum(case((part.c.state.in_(("received", "reported", "verified")), 1), else_=0)).label("answered"),
        )
        .join(occurrence, part.c.occurrence_id == occurrence.c.id)
        .join(duty, occurrence.c.duty_id == duty.c.id)
        .group_by(duty.c.plan_id)
    )
    parts = {row.plan_id: row for row in tx.execute(held)}
    found: dict[int, PlanCounts] = {}
    for row in tx.execute(live):
        of = parts.get(row.plan_id)
        owing = (int(of.owed), int(of.overdue), int(of.answered)) if of else ()
        found[row.plan_id] = PlanCounts(row.items, row.duties, *owing)
    return found
