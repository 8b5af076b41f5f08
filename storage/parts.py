"""Occurrences and parts. A part is read with all that is needed to speak of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_, update

from storage.engine import Tx
from storage.ledger import late
from storage.rows import OccurrenceRow, PartRow, Sibling, many, one
from storage.tables import ASKED, duty, extension, occurrence, officer, part, plan, unit
from storage.upsert import insert_row, insert_rows

_receiver = officer.alias("receiver")
_reporter = officer.alias("reporter")
_delegate = officer.alias("delegate")
_origin = part.alias("origin")
_origin_unit = unit.alias("origin_unit")
_next_unit = unit.alias("next_unit")


def _select() -> Select[Any]:
    return (
        select(
            *part.c,
            occurrence.c.due.label("occurrence_due"),
            occurrence.c.rule_day,
            occurrence.c.stage,
            occurrence.c.event_key,
            occurrence.c.period_start,
            occurrence.c.period_end,
            occurrence.c.target,
            occurrence.c.unit_of_measure,
            occurrence.c.provisional,
            occurrence.c.duty_id,
            duty.c.item,
            duty.c.section,
            duty.c.title,
            duty.c.text,
            duty.c.kind,
            duty.c.measure,
            duty.c.any_one,
            duty.c.plan_id,
            plan.c.key.label("plan_key"),
            plan.c.title.label("plan_title"),
            func.coalesce(func.nullif(plan.c.short, ""), plan.c.title).label("plan_heading"),
            plan.c.state.label("plan_state"),
            plan.c.verification,
            plan.c.confidential,
            unit.c.name.label("unit_name"),
            _receiver.c.name.label("received_name"),
            _reporter.c.name.label("reported_name"),
            _delegate.c.name.label("delegate_name"),
            _origin_unit.c.name.label("came_from_unit"),
            _next_unit.c.name.label("rerouted_unit"),
        )
        .join(occurrence, part.c.occurrence_id == occurrence.c.id)
        .join(duty, occurrence.c.duty_id == duty.c.id)
        .join(plan, duty.c.plan_id == plan.c.id)
        .join(unit, part.c.unit_id == unit.c.id)
        .outerjoin(_receiver, part.c.received_by == _receiver.c.id)
        .outerjoin(_reporter, part.c.reported_by == _reporter.c.id)
        .outerjoin(_delegate, part.c.delegate_id == _delegate.c.id)
        .outerjoin(_origin, part.c.came_from == _origin.c.id)
        .outerjoin(_origin_unit, _origin.c.unit_id == _origin_unit.c.id)
        .outerjoin(_next_unit, part.c.rerouted_to == _next_unit.c.id)
        .order_by(part.c.due, duty.c.position, part.c.id)
    )


_SELECT = _select()


def _where(tx: Tx, *conditions: ColumnElement[bool]) -> list[PartRow]:
    return many(PartRow, tx.execute(_SELECT.where(*conditions)))


def by_id(tx: Tx, part_id: int) -> PartRow | None:
    return one(PartRow, tx.execute(_SELECT.where(part.c.id == part_id)).mappings().first())


def hold(tx: Tx, part_id: int) -> None:
    """Keep other writers away from a part until this transaction ends; SQLite keeps them away from everything.

    The occurrence first: what one unit does may end or open the others' parts, and two of them must not meet halfway.
    """
    theirs = select(part.c.occurrence_id).where(part.c.id == part_id).scalar_subquery()
    tx.execute(select(occurrence.c.id).where(occurrence.c.id == theirs).with_for_update(key_share=True))
    tx.execute(select(part.c.id).where(part.c.id == part_id).with_for_update(key_share=True))


def hold_later(tx: Tx, duty_id: int, occurrence_id: int) -> None:
    """Keep other writers away from what came after an occurrence of a duty, always in the same order."""
    later = select(occurrence.c.id).where(occurrence.c.duty_id == duty_id, occurrence.c.id > occurrence_id)
    tx.execute(later.order_by(occurrence.c.id).with_for_update(key_share=True))


def by_ids(tx: Tx, part_ids: Collection[int]) -> dict[int, PartRow]:
    found: dict[int, PartRow] = {}
    ids = sorted(set(part_ids))
    for start in range(0, len(ids), 500):
        found |= {p.id: p for p in _where(tx, part.c.id.in_(ids[start : start + 500]))}
    return found


def by_code(tx: Tx, unit_id: int, code: int) -> PartRow | None:
    return next(iter(_where(tx, part.c.unit_id == unit_id, part.c.code == code)), None)


def with_code(tx: Tx, code: int) -> list[PartRow]:
    """The parts of every unit that have this short code."""
    return _where(tx, part.c.code == code)


def by_uid(tx: Tx, uid: str) -> PartRow | None:
    return next(iter(_where(tx, part.c.uid == uid)), None)


def of_unit(tx: Tx, unit_id: int) -> list[PartRow]:
    return _where(tx, part.c.unit_id == unit_id)


def of_plan(tx: Tx, plan_id: int, duty_ids: Collection[int] | None = None) -> list[PartRow]:
    """The parts of a plan, or of these duties of it."""
    asked = () if duty_ids is None else (duty.c.id.in_(list(duty_ids)),)
    return many(PartRow, tx.execute(_SELECT.where(duty.c.plan_id == plan_id, *asked)), share=True)


def of_occurrence(tx: Tx, occurrence_id: int) -> list[PartRow]:
    return _where(tx, part.c.occurrence_id == occurrence_id)


def asked_for(tx: Tx, unit_id: int | None = None) -> list[PartRow]:
    """Everything that some unit, or that one, still owes."""
    theirs = () if unit_id is None else (part.c.unit_id == unit_id,)
    return _where(tx, part.c.settled_at.is_(None), plan.c.state == "on", *theirs)


def to_verify(tx: Tx) -> list[PartRow]:
    """Reported parts that wait for the bureau."""
    return _where(tx, part.c.state == "reported", part.c.settled_at.is_(None))


def to_decide(tx: Tx, today: date) -> list[PartRow]:
    """What somebody of the bureau has to look at: reported, said to be another's, more time asked for, or late."""
    more_time = part.c.id.in_(select(extension.c.part_id).where(ASKED))
    waits = or_(part.c.state.in_(("reported", "refused")), more_time, late(today))
    return _where(tx, part.c.settled_at.is_(None), plan.c.state == "on", waits)


def untouched_before(tx: Tx, day: date) -> list[PartRow]:
    """Parts of recurring duties that fell due before `day` and that nobody acted on."""
    return _where(tx, part.c.state == "open", part.c.due < day, occurrence.c.period_end.is_not(None))


def newest_due(tx: Tx, duty_ids: Collection[int], *, before: date) -> dict[tuple[int, int], date]:
    """The latest recurring due date before `before`, by (duty id, unit id)."""
    query = (
        select(occurrence.c.duty_id, part.c.unit_id, func.max(part.c.due).label("due"))
        .join(occurrence, part.c.occurrence_id == occurrence.c.id)
        .where(occurrence.c.duty_id.in_(list(duty_ids)), part.c.due < before, occurrence.c.period_end.is_not(None))
        .group_by(occurrence.c.duty_id, part.c.unit_id)
    )
    return {(row.duty_id, row.unit_id): row.due for row in tx.execute(query)}


def all_parts(tx: Tx) -> list[PartRow]:
    return _where(tx)


def due_within(tx: Tx, first: date, last: date, plan_key: str = "") -> list[PartRow]:
    """The parts of plans that are followed, or of that one, due from `first` to `last`, both included."""
    asked = (plan.c.key == plan_key,) if plan_key else ()
    return _where(tx, plan.c.state == "on", part.c.due >= first, part.c.due <= last, *asked)


def page_of(  # noqa: PLR0913 one for each thing that can be asked for
    tx: Tx,
    *,
    unit_ids: Collection[int] | None,
    plan_key: str | None,
    state: str | None,
    due_from: date | None,
    due_to: date | None,
    after: tuple[date, int] | None,
    limit: int,
) -> list[PartRow]:
    """Parts of plans that are followed, by due date and id, from behind `after` on; None asks for nothing special."""
    asked: list[ColumnElement[bool]] = []
    if unit_ids is not None:
        asked.append(part.c.unit_id.in_(list(unit_ids)))
    if plan_key is not None:
        asked.append(plan.c.key == plan_key)
    if state is not None:
        asked.append(part.c.state == state)
    if due_from is not None:
        asked.append(part.c.due >= due_from)
    if due_to is not None:
        asked.append(part.c.due <= due_to)
    if after is not None:
        asked.append(tuple_(part.c.due, part.c.id) > tuple_(*after))
    query = _SELECT.where(plan.c.state == "on", *asked).order_by(None).order_by(part.c.due, part.c.id)
    return many(PartRow, tx.execute(query.limit(limit)))


def siblings(tx: Tx, occurrence_ids: Iterable[int]) -> list[Sibling]:
    """Every part of these occurrences, in short."""
    query = (
        select(
            part.c.id,
            part.c.occurrence_id,
            unit.c.name.label("unit"),
            part.c.role,
            part.c.state,
            part.c.reason,
            part.c.settled_at,
        )
        .join(unit, part.c.unit_id == unit.c.id)
        .where(part.c.occurrence_id.in_(list(occurrence_ids)))
        .order_by(part.c.id)
    )
    return many(Sibling, tx.execute(query))


def shares(tx: Tx, occurrence_ids: Collection[int], *, done: Collection[str]) -> dict[int, tuple[int, int]]:
    """(of how many units it is asked, how many of them are `done`, which are states) of each of these occurrences."""
    if not occurrence_ids:
        return {}
    is_done = func.sum(case((part.c.state.in_(sorted(done)), 1), else_=0))
    here = (part.c.occurrence_id.in_(sorted(occurrence_ids)), part.c.state != "waived")
    query = select(part.c.occurrence_id, func.count(), is_done).where(*here).group_by(part.c.occurrence_id)
    return {row[0]: (row[1], int(row[2])) for row in tx.execute(query)}


def occurrences(tx: Tx, plan_id: int) -> list[OccurrenceRow]:
    query = select(occurrence).join(duty, occurrence.c.duty_id == duty.c.id).where(duty.c.plan_id == plan_id)
    return many(OccurrenceRow, tx.execute(query.order_by(occurrence.c.rule_day, occurrence.c.id)))


def due_years(tx: Tx) -> set[int]:
    """The years in which something that is still owed falls due."""
    query = select(part.c.due).where(part.c.settled_at.is_(None)).distinct()
    return {day.year for day in tx.execute(query).scalars()}


def add_occurrence(tx: Tx, **values: Any) -> int:
    return insert_row(tx, occurrence, values)


def change_occurrence(tx: Tx, occurrence_id: int, *, only_in: str | None = None, **values: Any) -> None:
    """Change an occurrence; with `only_in`, only while in that state."""
    here = occurrence.c.id == occurrence_id
    condition = here if only_in is None else and_(here, occurrence.c.state == only_in)
    tx.execute(update(occurrence).where(condition).values(**values))


def add_parts(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    insert_rows(tx, part, rows)


def change_part(tx: Tx, part_id: int, *, only_in: str | None = None, **values: Any) -> bool:
    """Change a part and raise its sequence; with `only_in`, only while in that state. Says whether it was changed."""
    condition = part.c.id == part_id if only_in is None else and_(part.c.id == part_id, part.c.state == only_in)
    query = update(part).where(condition).values(sequence=part.c.sequence + 1, **values)
    return bool(tx.execute(query).rowcount)


def touch(tx: Tx, duty_ids: Collection[int], now: datetime) -> None:
    """What these duties say has changed: every part of theirs reads differently from now on."""
    theirs = select(occurrence.c.id).where(occurrence.c.duty_id.in_(list(duty_ids)))
    query = update(part).where(part.c.occurrence_id.in_(theirs))
    tx.execute(query.values(sequence=part.c.sequence + 1, changed_at=now))
