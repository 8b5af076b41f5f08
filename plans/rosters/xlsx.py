"""Spreadsheets as grids. Runs in the reading process only: see `child`."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plans.rosters.grid import MOST_COLUMNS, MOST_GRIDS, MOST_ROWS, Book, Grid, Span, make_grid
from plans.rosters.refusals import NotRead


def read_xlsx(path: Path, *, formulas: bool) -> Book:
    """Every visible sheet. `formulas`: there are some, so look for those whose result the file does not hold."""
    book = _open(path, values=True)
    written = _open(path, values=False) if formulas else None
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    hidden = tuple(sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible")
    margins = tuple(line for sheet in shown for line in _page_margins(sheet))
    return Book(tuple(_grid(sheet, written) for sheet in shown[:MOST_GRIDS]), hidden, margins=margins)


def _open(path: Path, *, values: bool) -> Workbook:
    # Not the read-only mode: that one does not know merged cells. Size and memory are bounded before and around this.
    # Given as bytes, since by its name the library refuses a workbook that is called .csv.
    try:
        return load_workbook(io.BytesIO(path.read_bytes()), data_only=values, keep_links=False, keep_vba=False)
    except Exception as error:
        # the library lets through whatever its parsers raise
        raise NotRead("list_damaged") from error


def _page_margins(sheet: Worksheet) -> Iterator[str]:
    for edge in (sheet.oddHeader, sheet.oddFooter, sheet.firstHeader):
        for part in (edge.left, edge.center, edge.right) if edge else ():
            yield from (part.text or "").splitlines() if part else ()


def _grid(sheet: Worksheet, written: Workbook | None) -> Grid:
    filled = [place for place, cell in _cells(sheet) if cell.value is not None]
    last = max((row for row, _ in filled), default=0)
    if last > MOST_ROWS:
        raise NotRead("list_rows", most=MOST_ROWS)
    width = min(max((column for _, column in filled), default=0), MOST_COLUMNS)
    return make_grid(
        sheet.title,
        [[_value(sheet, row, column) for column in range(1, width + 1)] for row in range(1, last + 1)],
        _spans(sheet),
        hidden=tuple(row - 1 for row, way in sheet.row_dimensions.items() if way.hidden and row <= last),
        unread=tuple(_unread(sheet, written)),
    )


def _cells(sheet: Worksheet) -> Iterable[tuple[tuple[int, int], Any]]:
    """The cells that the file has: a format in the last row of all makes `max_row` a million."""
    return sheet._cells.items()  # noqa: SLF001 walking rows by number would make a million cells


def _value(sheet: Worksheet, row: int, column: int) -> object:
    value = sheet.cell(row, column).value
    return value.date() if isinstance(value, datetime) else value


def _spans(sheet: Worksheet) -> list[Span]:
    ranges = sheet.merged_cells.ranges
    return [(span.min_row - 1, span.min_col - 1, span.max_row - 1, span.max_col - 1) for span in ranges]


def _unread(sheet: Worksheet, written: Workbook | None) -> Iterator[tuple[int, int]]:
    if written is None:
        return
    for (row, column), cell in _cells(written[sheet.title]):
        if cell.data_type == "f" and sheet.cell(row, column).value is None:
            yield row - 1, column - 1
