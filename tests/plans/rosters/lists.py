"""Builders: real office files made of rows, with merged ranges, hidden rows and several sheets."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from docx import Document
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plans.rosterfile import RosterReading
from plans.rosters.read import read_list_file
from schedules.roster import RosterOfficer

Rows = Sequence[Sequence[object]]
People = dict[str, list[tuple[str, str, str]]]
"""By unit: (name, role, position)."""


def xlsx(
    path: Path, *sheets: tuple[str, Rows, Iterable[str]], after: Callable[[Worksheet], None] | None = None
) -> Path:
    """Sheets as (name, rows, merged ranges); `after` may change the first one before it is saved."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows, merged in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for span in merged:
            sheet.merge_cells(span)
    if after:
        after(book.worksheets[0])
    book.save(path)
    return path


def one_sheet(path: Path, rows: Rows, *merged: str) -> RosterReading:
    return read_list_file(xlsx(path / "r.xlsx", ("名册", rows, merged)))


def docx(path: Path, rows: Rows, *, title: str = "", merged: Iterable[tuple[int, int, int, int]] = ()) -> Path:
    """A document with one table; merged ranges as first row and column, last row and column, from 0."""
    document = Document()
    document.add_paragraph(title)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = str(text)
    for top, left, bottom, right in merged:
        table.cell(top, left).merge(table.cell(bottom, right))
    document.save(str(path))
    return path


def csv_bytes(rows: Rows, encoding: str, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def people(reading: RosterReading) -> People:
    assert reading.roster is not None, [str(problem) for problem in reading.problems]
    return {unit.name: [told(officer) for officer in unit.officers] for unit in reading.roster.units}


def told(officer: RosterOfficer) -> tuple[str, str, str]:
    return officer.name, officer.role, officer.position


def categories(reading: RosterReading) -> dict[str, tuple[str, ...]]:
    assert reading.roster is not None
    return {unit.name: unit.categories for unit in reading.roster.units}


def keys(reading: RosterReading) -> list[str]:
    return [problem.key for problem in reading.problems]
