"""The monthly bulletin 通报 as facts: what fell due in a month, who was in time, who was not. Excuses stand apart."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from schedules.civil import civil_date
from storage import parts, plans
from storage.rows import Officer, PartRow
from texts import words
from usecases.errors import NotAllowed
from usecases.look import DONE, OWED, SEES_ALL
from usecases.office import Desk
from usecases.remit import covers, remit
from usecases.statistics import Tally, statistics

MOST_NAMED = 40
"""So many duties that were late are named in the text; the table counts them all."""


@dataclass(frozen=True, slots=True)
class Late:
    """A duty that was, or is, late by `days` working days. `how`: open, done (on `reported_on`) or lapsed."""

    unit: str
    title: str
    due: date
    how: str
    days: int
    reported_on: date | None


WHOLE = 200
"""Signs: a title stands whole in what is printed and signed."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """`units` are (name, counts), worst first; `on_time` the names of those with nothing late."""

    office: str
    first: date
    last: date
    made_on: date
    total: Tally
    units: tuple[tuple[str, Tally], ...]
    on_time: tuple[str, ...]
    late: tuple[Late, ...]


def bulletin(desk: Desk, by: Officer, month: date) -> Bulletin:
    """The bulletin on the month that `month` lies in, as things stand now; NotAllowed for those who do not oversee."""
    if by.role not in SEES_ALL:
        raise NotAllowed("The bulletin is the bureau's.", role=by.role)
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    within = remit(desk, by)
    found = statistics(desk, first, last, within=within)
    units = sorted(((found.names[key], held) for key, held in found.units.items() if held.due), key=_worst_first)
    return Bulletin(
        office=next((plan.issuer for plan in plans.all_plans(desk.tx) if plan.issuer), ""),
        first=first,
        last=last,
        made_on=desk.today,
        total=found.total,
        units=tuple(units),
        on_time=tuple(name for name, held in units if held.on_time == held.due),
        late=_late(desk, first, last, within),
    )


def _worst_first(unit: tuple[str, Tally]) -> tuple[float, int, str]:
    name, held = unit
    return held.on_time_rate or 0.0, -held.due, name


def _late(desk: Desk, first: date, last: date, within: Collection[int] | None) -> tuple[Late, ...]:
    rows = [row for row in parts.due_within(desk.tx, first, last) if covers(within, row)]
    found = [late for row in rows if (late := _lateness(desk, row))]
    return tuple(sorted(found, key=lambda late: (-late.days, late.unit, late.title)))


def _lateness(desk: Desk, row: PartRow) -> Late | None:
    """How late a part is; None for one in time, not due yet, or not asked for."""
    title = "" if row.confidential else words.clean(row.title, WHOLE)
    reported = civil_date(row.reported_at, desk.office.zone) if row.reported_at else None
    if row.state == "lapsed":
        return Late(row.unit_name, title, row.due, "lapsed", _over(desk, row.due, desk.today), None)
    if row.state in DONE and reported and reported > row.due:
        return Late(row.unit_name, title, row.due, "done", _over(desk, row.due, reported), reported)
    if row.state in OWED and row.due < desk.today:
        return Late(row.unit_name, title, row.due, "open", _over(desk, row.due, desk.today), None)
    return None


def _over(desk: Desk, due: date, day: date) -> int:
    return max(0, desk.calendar.workdays_between(due, day))
