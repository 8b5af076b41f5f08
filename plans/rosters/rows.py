"""The rows of a list, one after the other: which hold people, which a section, a note or nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans.rosters.cells import begins, is_as_above, is_blank, squeezed
from plans.rosters.grid import Grid
from plans.rosters.header import Columns, heading_at

_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+[类组])\s*"
)
_LONG = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One row that says something. `number` counts from 0.

    `unit` may stand in the row above, when nothing stands between: people are listed under it. Empty: there is none.
    """

    number: int
    cells: Sequence[str]
    columns: Columns
    unit: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """One row that is no data: a `section` heading, or a `remark`."""

    number: int
    kind: str
    text: str


def first_heading(grid: Grid) -> int | None:
    """The row in which the list's heading begins; None when there is no list in the grid."""
    return next((n for n in range(len(grid.rows)) if heading_at(grid.rows, n)), None)


def walk(grid: Grid, start: int) -> Iterator[Line | Aside]:
    """Everything from the heading on; a heading that comes again, for the next page or the next list, counts anew."""
    columns: Columns | None = None
    unit, section, number = "", "", start
    while number < len(grid.rows):
        row, at = grid.rows[number], number
        found = heading_at(grid.rows, number)
        number += found.height if found else 1
        if found:
            columns, unit = found, ""
            continue
        if columns is None or not any(cell.strip() for cell in row):
            unit = ""
            continue
        aside = _aside(grid, at, columns)
        if aside:
            section, unit = (aside.text if aside.kind == "section" else section), ""
            yield aside
            continue
        if not _says_something(row, columns):
            continue
        own = columns.text(row, "unit")
        if own.strip() and not is_as_above(own):
            unit = "" if is_blank(own) else squeezed(own)
        yield Line(at, row, columns, unit, section)


def _says_something(row: Sequence[str], columns: Columns) -> bool:
    """A row that holds a number only, ready to be filled in, does not."""
    of_use = {*columns.single.values(), *columns.not_kept, *columns.unknown}
    of_use |= {column for named in columns.people for column in (named.column, named.position) if column is not None}
    return any(not is_blank(row[column]) for column in of_use)


def _aside(grid: Grid, number: int, columns: Columns) -> Aside | None:
    """A row of one text, merged across or outside the columns of units and names, is a section or a remark."""
    row = grid.rows[number]
    filled = [n for n, cell in enumerate(row) if cell.strip() and not cell.strip().isdigit()]
    if not filled:
        return None
    first = squeezed(row[filled[0]])
    if begins(first, "remarks") and not _has_people(row, columns):
        return Aside(number, "remark", first)
    if len({row[n] for n in filled}) > 1:
        return None
    elsewhere = filled[0] != columns.single["unit"] and filled[0] not in {named.column for named in columns.people}
    apart = len(filled) > 1 or elsewhere
    if apart and len(first) > _LONG:
        return Aside(number, "remark", first)
    return Aside(number, "section", _NUMBERED.sub("", first)) if apart or _NUMBERED.match(first) else None


def _has_people(row: Sequence[str], columns: Columns) -> bool:
    unit = columns.text(row, "unit")
    return any(row[named.column].strip() and row[named.column] != unit for named in columns.people)
