"""A grid 表格: one sheet or table as plain text, with its merged cells filled; what every file kind is turned into."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST_ROWS = 10_000
MOST_COLUMNS = 64
MOST_GRIDS = 32
LONGEST_CELL = 2_000

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged range, counted from 0."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells, all of one length, counted from 0; a person is told row and column counted from 1.

    `copies` are the cells (row, column) that a merged range filled; their text stands in another cell already.
    `hidden` are rows that the office program does not show; `unread` are cells whose formula has no stored value.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    copies: frozenset[tuple[int, int]] = frozenset()
    hidden: tuple[int, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    above: str = ""
    """What stands above a table of a text document."""


@dataclass(frozen=True, slots=True)
class Book:
    """The grids of a file, and what was left aside: `hidden` sheets by name, tracked changes.

    `margins` are the lines around the tables, where marks of secrecy stand: page headers and footers, short paragraphs.
    """

    grids: tuple[Grid, ...]
    hidden: tuple[str, ...] = ()
    tracked: bool = False
    margins: tuple[str, ...] = ()


def make_grid(name: str, rows: Iterable[Sequence[object]], spans: Iterable[Span] = (), **more: Any) -> Grid:  # noqa: ANN401 the other fields of a grid
    """A grid of clean width with merged ranges filled, and without the blank rows and columns after its end."""
    cells = [[_text(cell) for cell in row] for row in rows]
    while cells and not any(cells[-1]):
        cells.pop()
    width = max((n + 1 for row in cells for n, cell in enumerate(row) if cell), default=0)
    cells = [[*row[:width], *[""] * (width - len(row))] for row in cells]
    copies = {place for span in spans for place in _fill(cells, span, width)}
    return Grid(name, tuple(map(tuple, cells)), frozenset(copies), **more)


def _fill(cells: list[list[str]], span: Span, width: int) -> Iterable[tuple[int, int]]:
    top, left, bottom, right = span
    if top >= len(cells) or left >= width:
        return
    for row in range(top, min(bottom + 1, len(cells))):
        for column in range(left, min(right + 1, width)):
            if (row, column) != (top, left):
                cells[row][column] = cells[top][left]
                yield row, column


def _text(cell: object) -> str:
    """A number that is whole in truth is written whole: spreadsheets keep a row's number as 1.0 at times."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def to_data(book: Book) -> dict[str, Any]:
    """The book as plain data, to leave the process that read it."""
    return {
        "grids": [
            {
                "name": grid.name,
                "rows": grid.rows,
                "copies": sorted(grid.copies),
                "hidden": grid.hidden,
                "unread": grid.unread,
                "above": grid.above,
            }
            for grid in book.grids
        ],
        "hidden": book.hidden,
        "tracked": book.tracked,
        "margins": book.margins,
    }


def from_data(data: Mapping[str, Any]) -> Book:
    return Book(
        tuple(_grid(entry) for entry in data["grids"]),
        hidden=tuple(map(str, data["hidden"])),
        tracked=bool(data["tracked"]),
        margins=tuple(map(str, data["margins"])),
    )


def _grid(entry: Mapping[str, Any]) -> Grid:
    return Grid(
        name=str(entry["name"]),
        rows=tuple(tuple(map(str, row)) for row in entry["rows"]),
        copies=frozenset((int(row), int(column)) for row, column in entry["copies"]),
        hidden=tuple(map(int, entry["hidden"])),
        unread=tuple((int(row), int(column)) for row, column in entry["unread"]),
        above=str(entry["above"]),
    )
