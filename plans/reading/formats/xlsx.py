"""Workbooks into one table a sheet: merged cells written out, dates as shown, hidden sheets told and left out."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from plans.reading import limits
from plans.reading.errors import Damaged
from plans.reading.values import Block, Cell, Table


def read_xlsx(path: Path, *, formulas: bool) -> tuple[list[Block], list[str]]:
    """The tables of a workbook, and notes about what was hidden or has no value."""
    import openpyxl  # noqa: PLC0415 - only for workbooks

    try:
        book = openpyxl.load_workbook(path, data_only=True, keep_links=False)
        raw = openpyxl.load_workbook(path, keep_links=False) if formulas else None
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError):
        raise Damaged from None
    blocks: list[Block] = []
    notes: list[str] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            notes.append(f"工作表“{sheet.title}”是隐藏的，没有读取。")
            continue
        hidden = sum(bool(dimension.hidden) for dimension in sheet.row_dimensions.values())
        if hidden:
            notes.append(f"工作表“{sheet.title}”有 {hidden} 个隐藏行，已一并读取，请核对。")
        rows = tuple(_rows(sheet))
        missing = _without_value(raw[sheet.title], rows) if raw is not None else []
        notes.extend(f"工作表“{sheet.title}”单元格 {one} 是公式，没有保存的数值，请填成数值。" for one in missing[:10])
        name = "" if re.fullmatch(r"(?i)sheet\s*\d*|工作表\s*\d*", sheet.title) else sheet.title
        if any(cell.text for row in rows for cell in row):
            blocks.append(Table(rows, name))
    return blocks, notes


def _rows(sheet: Any) -> Iterator[tuple[Cell, ...]]:  # noqa: ANN401 - openpyxl's sheets have no common type
    width = min(sheet.max_column, limits.MOST_COLUMNS)
    height = min(sheet.max_row, limits.MOST_ROWS)
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    for merged in sheet.merged_cells.ranges:
        for r in range(merged.min_row, min(merged.max_row, height) + 1):
            for c in range(merged.min_col, min(merged.max_col, width) + 1):
                origin[r, c] = (merged.min_row, merged.min_col)
    for r, row in enumerate(sheet.iter_rows(max_row=height, max_col=width), 1):
        cells = []
        for c, cell in enumerate(row, 1):
            top, left = origin.get((r, c), (r, c))
            shown = _shown(cell if (top, left) == (r, c) else sheet.cell(top, left))
            cells.append(Cell(shown, top - 1, left - 1))
        yield tuple(cells)


def _shown(cell: Any) -> str:  # noqa: ANN401 - cells and merged cells have no common type
    """The value as the sheet shows it; a date shown as a month stays a month."""
    value = cell.value
    if isinstance(value, datetime | date):
        said = str(cell.number_format)
        shows_day = "d" in re.sub(r'"[^"]*"|\[[^\]]*\]', "", said.lower()) or "日" in said
        return f"{value.year}年{value.month}月{value.day}日" if shows_day else f"{value.year}年{value.month}月"
    if isinstance(value, float):
        return f"{value:g}" if value != int(value) else str(int(value))
    return "" if value is None else str(value)[: limits.MOST_CELL_TEXT]


def _without_value(raw: Any, rows: tuple[tuple[Cell, ...], ...]) -> list[str]:  # noqa: ANN401 - as above
    return [
        f"{cell.column_letter}{cell.row}"
        for r, row in enumerate(raw.iter_rows(max_row=len(rows), max_col=len(rows[0]) if rows else 1))
        for c, cell in enumerate(row)
        if isinstance(cell.value, str) and cell.value.startswith("=") and not rows[r][c].text
    ]
