"""The statistics page: how units keep their dates over some months, by unit and by month."""

from dataclasses import dataclass
from datetime import date, timedelta

from storage import plans
from storage.rows import Officer, PlanRow
from usecases.office import Desk
from usecases.remit import remit
from usecases.statistics import Tally, statistics, together

SPAN = 366
"""Days shown at most; a longer question is shortened at its beginning."""


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """`units` worst first; `months` in order, each over all the units shown."""

    first: date
    last: date
    plan_key: str
    plans: tuple[PlanRow, ...]
    units: tuple[tuple[str, Tally], ...]
    months: tuple[tuple[date, Tally], ...]
    total: Tally


def reports_page(desk: Desk, officer: Officer, first: date, last: date, plan_key: str = "") -> ReportsPage:
    """The units that the person's role reaches. Raises nothing: an unknown plan counts as every plan."""
    every = plans.all_plans(desk.tx)
    plan = next((row for row in every if row.key == plan_key), None)
    first = max(first, last - timedelta(days=SPAN))
    found = statistics(desk, first, last, plan_id=plan.id if plan else None, within=remit(desk, officer))
    units = [(found.names[key], held) for key, held in found.units.items()]
    months: dict[date, list[Tally]] = {}
    for held in found.months:
        months.setdefault(held.month, []).append(held.tally)
    return ReportsPage(
        first,
        last,
        plan.key if plan else "",
        tuple(every),
        tuple(sorted(units, key=_worst_first)),
        tuple((month, together(tallies)) for month, tallies in sorted(months.items())),
        found.total,
    )


def this_year(today: date) -> tuple[date, date]:
    """From the first of January to today."""
    return today.replace(month=1, day=1), today


def _worst_first(unit: tuple[str, Tally]) -> tuple[bool, float, int, str]:
    name, held = unit
    rate = held.on_time_rate
    return rate is None, rate or 0.0, -held.due, name
