"""How parts stand, summed up by the database: an office of thousands of units is never read whole to count it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select

from storage.engine import Tx
from storage.ledger import joined, late, still_owed
from storage.rows import many
from storage.tables import occurrence, part, plan, unit

FOLLOWED = plan.c.state == "on"


@dataclass(frozen=True, slots=True)
class Kept:
    """A part as far as it matters whether its date was kept."""

    id: int
    unit_id: int
    unit: str
    due: date
    occurrence_due: date
    state: str
    created_at: datetime
    received_at: datetime | None
    reported_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stand:
    """So many parts of a unit are in this state; `settled`: closed, `late`: their due date is over."""

    unit_id: int
    unit: str
    state: str
    settled: bool
    late: bool
    parts: int


def owed(tx: Tx) -> Counter[int]:
    """How many parts each unit still has to do, by unit id; units that owe nothing are left out."""
    query = select(part.c.unit_id, func.count()).select_from(joined())
    query = query.where(FOLLOWED, still_owed()).group_by(part.c.unit_id)
    return Counter({row[0]: row[1] for row in tx.execute(query)})


def late_units(tx: Tx, today: date) -> list[int]:
    """The ids of units that owe something overdue, in the order of the roster."""
    query = select(part.c.unit_id).distinct().select_from(joined()).where(FOLLOWED, late(today))
    return list(tx.execute(query.order_by(part.c.unit_id)).scalars())


def kept(tx: Tx, first: date, last: date, *, without: str, plan_id: int | None = None) -> list[Kept]:
    """Parts due from `first` to `last`, both included, but for those let off for the reason `without`."""
    here = [part.c.due >= first, part.c.due <= last, part.c.reason != without]
    if plan_id is not None:
        here.append(plan.c.id == plan_id)
    query = select(
        part.c.id,
        part.c.unit_id,
        unit.c.name.label("unit"),
        part.c.due,
        occurrence.c.due.label("occurrence_due"),
        part.c.state,
        part.c.created_at,
        part.c.received_at,
        part.c.reported_at,
    )
    return many(Kept, tx.execute(query.select_from(joined()).where(*here).order_by(part.c.id)))


def stands(tx: Tx, *, since: date, until: date, today: date) -> Sequence[Stand]:
    """Units in the order of the roster: what fell due `since` then or is not settled yet, and is due by `until`."""
    settled, over = part.c.settled_at.is_not(None), part.c.due < today
    asked = or_(part.c.due >= since, part.c.settled_at.is_(None))
    query = (
        select(
            part.c.unit_id,
            unit.c.name.label("unit"),
            part.c.state,
            settled.label("settled"),
            over.label("late"),
            func.count().label("parts"),
        )
        .select_from(joined())
        .where(FOLLOWED, asked, part.c.due <= until)
        .group_by(part.c.unit_id, unit.c.name, part.c.state, settled, over)
        .order_by(part.c.unit_id)
    )
    return many(Stand, tx.execute(query))
