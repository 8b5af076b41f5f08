"""The ledger as a grid, units down and duties across, and as a month of days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from storage import ledger as store
from storage.ledger import Cell, Line
from storage.rows import Officer
from usecases.office import Desk
from usecases.page_ledger import Asked, month_end, sieve

COLUMNS, ROWS = 12, 50
A_MONTH = 2000
"""Occurrences of a month at most."""


@dataclass(frozen=True, slots=True)
class Grid:
    """`cells` by (unit id, occurrence id): a unit without that duty has none."""

    columns: tuple[Line, ...]
    units: tuple[tuple[int, str], ...]
    cells: Mapping[tuple[int, int], Cell]
    found: tuple[int, int]
    """How many occurrences and units there are in all."""
    pages: int
    page: int


@dataclass(frozen=True, slots=True)
class Due:
    """An occurrence in the month, with how many of its parts are in."""

    line: Line
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    days: Mapping[date, tuple[Due, ...]]
    off: frozenset[date]
    """Days on which nobody works, make-up days apart."""


def grid(desk: Desk, officer: Officer, asked: Asked) -> Grid:
    """Columns are the first occurrences that were asked for, in the order of the ledger; units come in pages."""
    looked = sieve(desk, officer, asked)
    columns = store.lines(desk.tx, looked, limit=COLUMNS)
    ids = [line.occurrence_id for line in columns]
    units = store.units_of(desk.tx, ids, looked)
    pages = max(1, -(-len(units) // ROWS))
    page = min(max(1, asked.page), pages)
    here = units[(page - 1) * ROWS : page * ROWS]
    cells = store.cells(desk.tx, ids, [unit_id for unit_id, _ in here])
    return Grid(
        columns=tuple(columns),
        units=tuple(here),
        cells={(cell.unit_id, cell.occurrence_id): cell for cell in cells},
        found=(store.count(desk.tx, looked)[0], len(units)),
        pages=pages,
        page=page,
    )


def month(desk: Desk, officer: Officer, asked: Asked) -> Month:
    """What falls due on each day of the month; without one, of this month."""
    first = asked.month or desk.today.replace(day=1)
    looked = sieve(desk, officer, Asked(plan_key=asked.plan_key, state=asked.state, unit=asked.unit, month=first))
    lines = store.lines(desk.tx, looked, limit=A_MONTH)
    tallies = store.tallies(desk.tx, [line.occurrence_id for line in lines], looked)
    days: dict[date, list[Due]] = {}
    for line in lines:
        tally = tallies[line.occurrence_id]
        done = tally.get("reported", 0) + tally.get("verified", 0)
        days.setdefault(line.due, []).append(Due(line, done, sum(tally.values()) - tally.get("waived", 0)))
    whole = (first + timedelta(days=n) for n in range((month_end(first) - first).days + 1))
    off = frozenset(day for day in whole if not desk.calendar.is_workday(day))
    return Month(first, {day: tuple(held) for day, held in sorted(days.items())}, off)
