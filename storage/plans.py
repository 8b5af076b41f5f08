"""Plans, their duties, and the registered events that start event-relative duties."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from storage.engine import Tx
from storage.rows import DutyRow, EventRow, PlanRow, many, one
from storage.tables import duty, event, plan
from storage.upsert import insert_row


def all_plans(tx: Tx) -> list[PlanRow]:
    return many(PlanRow, tx.execute(select(plan).order_by(plan.c.id)))


def by_key(tx: Tx, key: str) -> PlanRow | None:
    return one(PlanRow, tx.execute(select(plan).where(plan.c.key == key)).mappings().first())


def by_id(tx: Tx, plan_id: int) -> PlanRow | None:
    return one(PlanRow, tx.execute(select(plan).where(plan.c.id == plan_id)).mappings().first())


def add(tx: Tx, **values: Any) -> int:
    return insert_row(tx, plan, values)


def change(tx: Tx, plan_id: int, **values: Any) -> None:
    tx.execute(update(plan).where(plan.c.id == plan_id).values(**values))


def duties(tx: Tx, plan_id: int, *, live_only: bool = True) -> list[DutyRow]:
    query = select(duty).where(duty.c.plan_id == plan_id).order_by(duty.c.position)
    return many(DutyRow, tx.execute(query.where(duty.c.state == "live") if live_only else query))


def timings(tx: Tx, duty_ids: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """The rules that give these duties their dates, by duty id."""
    rows = tx.execute(select(duty.c.id, duty.c.timings).where(duty.c.id.in_(list(duty_ids))))
    return {row.id: row.timings for row in rows}


def add_duty(tx: Tx, **values: Any) -> int:
    return insert_row(tx, duty, values)


def change_duty(tx: Tx, duty_id: int, **values: Any) -> None:
    tx.execute(update(duty).where(duty.c.id == duty_id).values(**values))


def free_keys(tx: Tx, duty_ids: Sequence[int]) -> None:
    """Set the keys of these duties aside, so that a revision may give them to each other."""
    for duty_id in duty_ids:
        change_duty(tx, duty_id, key=f"~{duty_id}")


def events(tx: Tx, plan_id: int | None = None, *, live_only: bool = True) -> list[EventRow]:
    query = select(event).order_by(event.c.day, event.c.id)
    query = query if plan_id is None else query.where(event.c.plan_id == plan_id)
    return many(EventRow, tx.execute(query.where(event.c.cancelled_at.is_(None)) if live_only else query))


def event_by_id(tx: Tx, event_id: int) -> EventRow | None:
    return one(EventRow, tx.execute(select(event).where(event.c.id == event_id)).mappings().first())


def add_event(tx: Tx, **values: Any) -> int:
    return insert_row(tx, event, values)


def move_event(tx: Tx, event_id: int, day: date) -> None:
    tx.execute(update(event).where(event.c.id == event_id).values(day=day))


def restore_event(tx: Tx, event_id: int) -> None:
    tx.execute(update(event).where(event.c.id == event_id).values(cancelled_at=None))


def cancel_event(tx: Tx, event_id: int, now: datetime) -> None:
    tx.execute(update(event).where(event.c.id == event_id).values(cancelled_at=now))
