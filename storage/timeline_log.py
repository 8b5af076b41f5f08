"""The timeline as an auditor reads it: every row with its names, oldest first, from the last id that was read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from storage.engine import Tx
from storage.tables import duty, occurrence, officer, part, plan, timeline, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ActSieve:
    """Which acts are looked at. Empty fields let everything through; `since` is included, `until` is not.

    An act is a unit's when its part is; one without a part, when who did it, or for whom, belongs to the unit.
    """

    since: datetime | None = None
    until: datetime | None = None
    plan: str = ""
    units: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act. Names are empty where there is none: Ruqi itself acts without a person, a sign-in without a part."""

    id: int
    at: datetime
    verb: str
    door: str
    words: str
    answered: str
    who: str
    on_behalf_of: str
    unit: str
    code: int | None
    item: str
    title: str
    stage: str
    plan: str


_behalf = officer.alias("behalf")


def acts(tx: Tx, sieve: ActSieve, *, after: int, limit: int) -> list[ActRow]:
    """The oldest first, only those whose id is greater than `after`."""
    names = {
        "who": officer.c.name,
        "on_behalf_of": _behalf.c.name,
        "unit": unit.c.name,
        "item": duty.c.item,
        "title": duty.c.title,
        "stage": occurrence.c.stage,
        "plan": plan.c.title,
    }
    query = (
        select(
            *(timeline.c[name] for name in ("id", "at", "verb", "door", "words", "answered")),
            part.c.code,
            *(func.coalesce(column, "").label(name) for name, column in names.items()),
        )
        .outerjoin(officer, officer.c.id == timeline.c.officer_id)
        .outerjoin(_behalf, _behalf.c.id == timeline.c.on_behalf_of)
        .outerjoin(part, part.c.id == timeline.c.part_id)
        .outerjoin(occurrence, occurrence.c.id == part.c.occurrence_id)
        .outerjoin(duty, duty.c.id == occurrence.c.duty_id)
        .outerjoin(plan, plan.c.id == func.coalesce(timeline.c.plan_id, duty.c.plan_id))
        .outerjoin(unit, unit.c.id == func.coalesce(part.c.unit_id, _behalf.c.unit_id, officer.c.unit_id))
        .where(timeline.c.id > after, *_conditions(sieve))
    )
    return [ActRow(**row) for row in tx.execute(query.order_by(timeline.c.id).limit(limit)).mappings()]


def _conditions(sieve: ActSieve) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if sieve.since is not None:
        found.append(timeline.c.at >= sieve.since)
    if sieve.until is not None:
        found.append(timeline.c.at < sieve.until)
    if sieve.plan:
        found.append(plan.c.key == sieve.plan)
    if sieve.units is not None:
        units = list(sieve.units)
        alone = or_(officer.c.unit_id.in_(units), _behalf.c.unit_id.in_(units))
        found.append(or_(part.c.unit_id.in_(units), part.c.id.is_(None) & alone))
    return found
