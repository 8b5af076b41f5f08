"""The ledger's questions, answered by the database: thousands of parts are summed up there, and only a page is read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Join, Subquery, and_, case, func, or_, select, true

from storage.engine import Tx
from storage.tables import ASKED, duty, extension, occurrence, part, plan, unit

OWED = ("open", "received")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """Which parts are looked at. Empty fields let everything through; `first` and `last` are due dates, included."""

    today: date
    since: date
    plan: str = ""
    state: str = ""
    """A stored state, or overdue, returned, owed (not reported), waiting (for the bureau)."""
    unit_id: int | None = None
    within: frozenset[int] | None = None
    """Only these units, whatever else is asked; None for every unit."""
    first: date | None = None
    last: date | None = None
    words: str = ""
    occurrence_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One occurrence, and how many of the parts that were looked at are late."""

    occurrence_id: int
    item: str
    title: str
    stage: str
    plan: str
    plan_key: str
    due: date
    parts: int
    late: int


@dataclass(frozen=True, slots=True)
class LateUnit:
    unit: str
    parts: int
    oldest: date


@dataclass(frozen=True, slots=True)
class Cell:
    """A part as far as its shape needs it."""

    uid: str
    code: int
    unit_id: int
    occurrence_id: int
    state: str
    due: date
    reason: str
    verification: str
    settled_at: datetime | None


def still_owed() -> ColumnElement[bool]:
    return and_(part.c.state.in_(OWED), part.c.settled_at.is_(None))


def late(today: date) -> ColumnElement[bool]:
    return and_(still_owed(), part.c.due < today)


def returned() -> ColumnElement[bool]:
    return and_(part.c.state == "received", part.c.reason != "")


def count(tx: Tx, sieve: Sieve) -> tuple[int, int]:
    """How many occurrences and parts pass."""
    query = select(func.count(func.distinct(part.c.occurrence_id)), func.count()).select_from(joined())
    found = tx.execute(query.where(*_conditions(sieve))).one()
    return int(found[0]), int(found[1])


def lines(tx: Tx, sieve: Sieve, *, offset: int = 0, limit: int = 20) -> list[Line]:
    """Occurrences: the late ones first, then what is still to do by due date, then what is done, the newest first."""
    summed = _summed(sieve)
    need = case((summed.c.late > 0, 0), (summed.c.owed > 0, 1), else_=2)
    back = case((need == 2, summed.c.due), else_=None)  # noqa: PLR2004 the third of the groups above
    query = (
        select(
            summed.c.occurrence_id,
            duty.c.item,
            duty.c.title,
            occurrence.c.stage,
            func.coalesce(func.nullif(plan.c.short, ""), plan.c.title).label("plan"),
            plan.c.key.label("plan_key"),
            summed.c.due,
            summed.c.parts,
            summed.c.late,
        )
        .join(occurrence, occurrence.c.id == summed.c.occurrence_id)
        .join(duty, duty.c.id == occurrence.c.duty_id)
        .join(plan, plan.c.id == duty.c.plan_id)
        .order_by(need, back.desc(), summed.c.due, duty.c.position, summed.c.occurrence_id)
    )
    return [Line(**row) for row in tx.execute(query.offset(offset).limit(limit)).mappings()]


def tallies(tx: Tx, occurrence_ids: Collection[int], sieve: Sieve) -> dict[int, dict[str, int]]:
    """Every part of these occurrences by the shape that stands for it, whatever was looked for within the remit."""
    today = sieve.today
    kind = case(
        (late(today), "overdue"),
        (returned(), "returned"),
        (and_(part.c.state == "reported", part.c.settled_at.is_not(None)), "verified"),
        else_=part.c.state,
    ).label("kind")
    query = select(part.c.occurrence_id, kind, func.count().label("parts"))
    query = query.where(part.c.occurrence_id.in_(list(occurrence_ids)), _reached(sieve))
    query = query.group_by(part.c.occurrence_id, kind)
    found: dict[int, dict[str, int]] = {}
    for row in tx.execute(query):
        found.setdefault(row.occurrence_id, {})[row.kind] = row.parts
    return found


def part_ids(tx: Tx, sieve: Sieve, *, offset: int = 0, limit: int = 100) -> list[int]:
    """The parts themselves, late ones first, then by due date and unit."""
    query = select(part.c.id).select_from(joined()).where(*_conditions(sieve))
    order = (case((late(sieve.today), 0), else_=1), part.c.due, duty.c.position, part.c.unit_id, part.c.id)
    return list(tx.execute(query.order_by(*order).offset(offset).limit(limit)).scalars())


def of_occurrences(tx: Tx, sieve: Sieve, occurrence_ids: Collection[int]) -> list[int]:
    """The parts of these occurrences that pass."""
    query = select(part.c.id).select_from(joined()).where(part.c.occurrence_id.in_(list(occurrence_ids)))
    order = (case((late(sieve.today), 0), else_=1), part.c.unit_id, part.c.id)
    return list(tx.execute(query.where(*_conditions(sieve)).order_by(*order)).scalars())


def missing(tx: Tx, sieve: Sieve, occurrence_ids: Collection[int]) -> dict[int, list[tuple[str, bool]]]:
    """By occurrence, the units that pass and have not reported, in the order of the roster; true: it was sent back."""
    query = select(part.c.occurrence_id, unit.c.name, returned().label("returned")).select_from(joined())
    here = (part.c.occurrence_id.in_(list(occurrence_ids)), part.c.state.in_((*OWED, "refused")))
    found: dict[int, list[tuple[str, bool]]] = {}
    for row in tx.execute(query.where(*here, *_conditions(sieve)).order_by(part.c.unit_id)):
        found.setdefault(row.occurrence_id, []).append((row.name, bool(row.returned)))
    return found


def late_units(tx: Tx, sieve: Sieve) -> list[LateUnit]:
    """The longest overdue first."""
    oldest = func.min(part.c.due).label("oldest")
    query = (
        select(unit.c.name.label("unit"), func.count().label("parts"), oldest)
        .select_from(joined())
        .where(late(sieve.today), plan.c.state == "on", _reached(sieve))
        .group_by(unit.c.id, unit.c.name)
        .order_by(oldest, func.count().desc(), unit.c.name)
    )
    return [LateUnit(**row) for row in tx.execute(query).mappings()]


def units_of(tx: Tx, occurrence_ids: Sequence[int], sieve: Sieve) -> list[tuple[int, str]]:
    """The units that have one of these, in the order of the roster."""
    query = select(unit.c.id, unit.c.name).distinct().select_from(joined())
    query = query.where(part.c.occurrence_id.in_(occurrence_ids), *_conditions(sieve)).order_by(unit.c.id)
    return [(row.id, row.name) for row in tx.execute(query)]


def cells(tx: Tx, occurrence_ids: Collection[int], unit_ids: Collection[int]) -> list[Cell]:
    query = (
        select(
            part.c.uid,
            part.c.code,
            part.c.unit_id,
            part.c.occurrence_id,
            part.c.state,
            part.c.due,
            part.c.reason,
            plan.c.verification,
            part.c.settled_at,
        )
        .select_from(joined())
        .where(part.c.occurrence_id.in_(list(occurrence_ids)), part.c.unit_id.in_(list(unit_ids)))
    )
    return [Cell(**row) for row in tx.execute(query).mappings()]


def _summed(sieve: Sieve) -> Subquery:
    owed = case((still_owed(), 1), else_=0)
    query = select(
        part.c.occurrence_id,
        func.count().label("parts"),
        func.sum(case((late(sieve.today), 1), else_=0)).label("late"),
        func.sum(owed).label("owed"),
        func.min(part.c.due).label("due"),
    )
    return query.select_from(joined()).where(*_conditions(sieve)).group_by(part.c.occurrence_id).subquery()


def joined() -> Join:
    return (
        part.join(occurrence, part.c.occurrence_id == occurrence.c.id)
        .join(duty, occurrence.c.duty_id == duty.c.id)
        .join(plan, duty.c.plan_id == plan.c.id)
        .join(unit, part.c.unit_id == unit.c.id)
    )


def _reached(sieve: Sieve) -> ColumnElement[bool]:
    return true() if sieve.within is None else part.c.unit_id.in_(sorted(sieve.within))


def _conditions(sieve: Sieve) -> list[ColumnElement[bool]]:
    found = [plan.c.state == "on", part.c.due >= sieve.since, _reached(sieve)]
    if sieve.plan:
        found.append(plan.c.key == sieve.plan)
    if sieve.state:
        found.append(_state(sieve))
    if sieve.unit_id is not None:
        found.append(part.c.unit_id == sieve.unit_id)
    if sieve.first is not None:
        found.append(part.c.due >= sieve.first)
    if sieve.last is not None:
        found.append(part.c.due <= sieve.last)
    if sieve.occurrence_id is not None:
        found.append(part.c.occurrence_id == sieve.occurrence_id)
    if sieve.words:
        found.append(_says(sieve.words))
    return found


def _state(sieve: Sieve) -> ColumnElement[bool]:
    match sieve.state:
        case "overdue":
            return late(sieve.today)
        case "returned":
            return returned()
        case "owed":
            return still_owed()
        case "waiting":
            return and_(part.c.state == "reported", part.c.settled_at.is_(None))
        case "extension":
            return part.c.id.in_(select(extension.c.part_id).where(ASKED))
        case _:
            return part.c.state == sieve.state


def _says(words: str) -> ColumnElement[bool]:
    """What was typed stands in the duty, the unit's name or the note; % and _ are ordinary signs."""
    fields = (duty.c.title, duty.c.text, unit.c.name, unit.c.short, part.c.note)
    return or_(duty.c.item == words, *(field.contains(words, autoescape=True) for field in fields))
