"""Writing rosters for offices: the present one, or an empty workbook to fill in. A cell is text, never a formula."""

import csv
import io
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from plans.rosters.cells import FORMULA_LEADS, words
from plans.sheets.cells import A4, FONT, HEAD, INK, LINE, LINE_HEIGHT, PALE, lines_of, text_cell
from schedules.roster import OFFICER_ROLES, Roster, RosterOfficer, RosterUnit
from texts.catalogue import say

HEADINGS = ("单位", "简称", "类别", "上级单位", "姓名", "角色", "职务", "备注")
WIDTHS = (26, 14, 26, 18, 14, 12, 24, 22)
ROLE_COLUMN = 6
ROWS_TO_FILL = 200
GUIDE_LINES = 9
GUIDE_WIDTH = 96

_EDGE = Side(style="thin", color=LINE)
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_TOP = 2
"""The row of the headings; above it stands the title."""


def template(language: str = "zh") -> bytes:
    """An xlsx workbook to fill in: title, headings, an example row, and a sheet that explains the columns."""
    book = Workbook()
    sheet = _list_sheet(book, say(language, "roster.title"), say(language, "roster.sheet"))
    _row(sheet, _TOP + 1, [say(language, f"roster.example.{column}") for column in range(len(HEADINGS))], example=True)
    for number in range(_TOP + 2, _TOP + 2 + ROWS_TO_FILL):
        _row(sheet, number, [""] * len(HEADINGS))
    _finish(sheet, _TOP + 1 + ROWS_TO_FILL)
    _guide(book, language)
    return _saved(book)


def as_xlsx(roster: Roster, language: str = "zh") -> bytes:
    """The roster as a workbook that `read_list_file` takes back without a change."""
    book = Workbook()
    sheet = _list_sheet(book, roster.title or say(language, "roster.title"), say(language, "roster.sheet"))
    last = _TOP
    for last, row in enumerate(lines(roster), start=_TOP + 1):
        _row(sheet, last, row)
    _finish(sheet, last)
    return _saved(book)


def as_csv(roster: Roster) -> bytes:
    """The same as CSV in UTF-8 with its mark, so that office programs read the Chinese."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([_guarded(cell) for cell in row] for row in lines(roster))
    return out.getvalue().encode("utf-8-sig")


def lines(roster: Roster) -> Iterator[tuple[str, ...]]:
    """One line for each person; a unit without anybody has a line of its own. Every line names its unit."""
    for unit in roster.units:
        for person in unit.officers or (RosterOfficer("", ""),):
            yield _line(unit, person)


def _line(unit: RosterUnit, person: RosterOfficer) -> tuple[str, ...]:
    role = words()["roles"][person.role][0] if person.name else ""
    return unit.name, unit.short, "、".join(unit.categories), unit.parent, person.name, role, person.position, ""


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(tuple(FORMULA_LEADS)) else cell


def _list_sheet(book: Workbook, title: str, name: str) -> Worksheet:
    sheet = book.worksheets[0]
    sheet.title = name
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADINGS))
    text_cell(sheet, 1, 1, title, Font(name=FONT, size=16, bold=True, color=INK)).alignment = Alignment(
        horizontal="center", vertical="center"
    )
    sheet.row_dimensions[1].height = 34
    for column, heading in enumerate(HEADINGS, start=1):
        cell = text_cell(sheet, _TOP, column, heading, Font(name=FONT, size=11, bold=True, color="FFFFFF"))
        cell.fill, cell.border = PatternFill("solid", start_color=HEAD), _BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS[column - 1]
    sheet.row_dimensions[_TOP].height = 24
    return sheet


def _row(sheet: Worksheet, number: int, row: Sequence[str], *, example: bool = False) -> None:
    font = Font(name=FONT, size=11, italic=example, color="7F8FA3" if example else INK)
    for column, value in enumerate(row, start=1):
        cell = text_cell(sheet, number, column, value, font)
        cell.border = _BORDER
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        if number % 2:
            cell.fill = PatternFill("solid", start_color=PALE)
    sheet.row_dimensions[number].height = LINE_HEIGHT * max(map(lines_of, row, WIDTHS)) + 6


def _finish(sheet: Worksheet, last: int) -> None:
    """Headings that stay in sight and come again on each printed page, and the roles to choose from."""
    sheet.freeze_panes = f"A{_TOP + 1}"
    sheet.print_title_rows = f"{_TOP}:{_TOP}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", A4, 0
    sheet.print_options.horizontalCentered = True
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    roles = ",".join(words()["roles"][role][0] for role in OFFICER_ROLES)
    choice = DataValidation(type="list", formula1=f'"{roles}"', allow_blank=True, showErrorMessage=True)
    sheet.add_data_validation(choice)
    letter = get_column_letter(ROLE_COLUMN)
    choice.add(f"{letter}{_TOP + 1}:{letter}{max(last, _TOP + 1)}")


def _guide(book: Workbook, language: str) -> None:
    sheet = book.create_sheet(say(language, "roster.guide.sheet"))
    sheet.column_dimensions["A"].width = GUIDE_WIDTH
    for number in range(GUIDE_LINES):
        font = Font(name=FONT, size=11 if number else 14, bold=not number, color=INK)
        cell = text_cell(sheet, number + 1, 1, say(language, f"roster.guide.line.{number}"), font)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.row_dimensions[number + 1].height = 26


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
