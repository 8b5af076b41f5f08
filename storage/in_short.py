"""Parts in short, as calendars need them: read by the thousand without their words, or summed up in a single row."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, select, true

from storage.engine import Tx
from storage.tables import duty, occurrence, part, plan, unit

Mark = tuple[Any, ...]
"""id, sequence, changed_at, due, state, uid, unit id; of the definitions plan id, digest, stage, target, measure."""


@dataclass(frozen=True, slots=True)
class Where:
    """Which parts: of a unit, of a plan, or of all; due within two days, both included."""

    since: date
    until: date
    unit_id: int | None = None
    within: frozenset[int] | None = None
    """Only these units; None for every unit."""
    plan_id: int | None = None
    nothing: bool = False


def marks(tx: Tx, where: Where) -> list[Mark]:
    """In the order of a list: by due date, then as the plan has them."""
    columns = (part.c.id, part.c.sequence, part.c.changed_at, part.c.due, part.c.state, part.c.uid, part.c.unit_id)
    said = (duty.c.plan_id, duty.c.digest, occurrence.c.stage, occurrence.c.target, occurrence.c.unit_of_measure)
    query = _within(select(*columns, *said), where).order_by(part.c.due, duty.c.position, part.c.id)
    return [tuple(row) for row in tx.execute(query)]


def stand(tx: Tx, where: Where) -> Mark:
    """How many, the sum of their revisions and the last change: it differs as soon as one of the parts does."""
    query = select(func.count(), func.sum(part.c.sequence), func.max(part.c.changed_at))
    if where.plan_id is None:
        row = tx.execute(query.select_from(part).where(_condition(where))).one()
    else:
        row = tx.execute(_within(query, where)).one()
    return tuple(row)


def plan_marks(tx: Tx) -> dict[int, Mark]:
    """What each plan adds to the words about its parts, by its id."""
    columns = (plan.c.id, plan.c.state, plan.c.title, plan.c.short, plan.c.verification, plan.c.confidential)
    return {row[0]: tuple(row) for row in tx.execute(select(*columns).order_by(plan.c.id))}


def unit_names(tx: Tx, unit_ids: Collection[int] | None = None) -> dict[int, str]:
    query = select(unit.c.id, unit.c.name).order_by(unit.c.id)
    if unit_ids is not None:
        query = query.where(unit.c.id.in_(list(unit_ids)))
    return {row[0]: row[1] for row in tx.execute(query)}


def _within(query: Any, where: Where) -> Any:
    joined = part.join(occurrence, part.c.occurrence_id == occurrence.c.id).join(
        duty, occurrence.c.duty_id == duty.c.id
    )
    return query.select_from(joined).where(_condition(where))


def _condition(where: Where) -> ColumnElement[bool]:
    inside = and_(part.c.due >= where.since, part.c.due <= where.until)
    unit_is = true() if where.unit_id is None else part.c.unit_id == where.unit_id
    reached = true() if where.within is None else part.c.unit_id.in_(sorted(where.within))
    plan_is = true() if where.plan_id is None else duty.c.plan_id == where.plan_id
    return false() if where.nothing else and_(inside, unit_is, reached, plan_is)
