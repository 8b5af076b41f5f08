"""The ledger 工作台账 as a workbook an office can file: title, period, headings on every page, a line for each part."""

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from plans.sheets.cells import A4, FONT, HEAD, INK, LINE, LINE_HEIGHT, PALE, lines_of, text_cell
from texts.catalogue import say
from usecases.ledger_sheet import LedgerSheet, SheetRow

WIDTHS = (6, 38, 18, 7, 12, 12, 10, 34, 12, 12, 10, 8, 22, 14)
CENTRED = frozenset({1, 4, 5, 6, 7, 9, 10, 11, 12})
STATE, NOTE, UID = 7, 8, 14
TO_FILL = ("open", "received", "reported", "verified")
LATE_FILL, LATE_INK = "FDECEA", "B42318"
HEADINGS = 4
"""The row of the headings; above it stand the title, the plans and the period."""
_EDGE = Side(style="thin", color=LINE)
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_INK = Font(name=FONT, size=10, color=INK)


def ledger_book(ledger: LedgerSheet, language: str = "zh") -> bytes:
    """The workbook's bytes; `plans.sheets.ledger_back.read_ledger` reads them back."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = say(language, "sheet.name")
    _head(sheet, ledger, language)
    for number, row in enumerate(ledger.rows, start=HEADINGS + 1):
        _line(sheet, number, _cells(row, number - HEADINGS, language), late=row.days_over > 0)
    if not ledger.rows:
        text_cell(sheet, HEADINGS + 1, 1, say(language, "sheet.none"), _INK)
    _print(sheet, max(HEADINGS + 1, HEADINGS + len(ledger.rows)), language)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(sheet: Worksheet, ledger: LedgerSheet, language: str) -> None:
    key = "sheet.title" if ledger.office else "sheet.title_plain"
    period = say(language, "sheet.period", first=ledger.first.isoformat(), last=ledger.last.isoformat())
    made = say(language, "sheet.made", day=ledger.made_on.isoformat(), n=len(ledger.rows))
    lines = (
        (say(language, key, office=ledger.office), Font(name=FONT, size=18, bold=True, color=INK), "center", 36),
        (_plans(ledger, language), Font(name=FONT, size=11, color=INK), "center", 20),
        (f"{period} · {made}  {say(language, 'sheet.hint')}", Font(name=FONT, size=9, color="5B6675"), "left", 18),
    )
    for number, (words, font, across, height) in enumerate(lines, start=1):
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(WIDTHS) - 1)
        cell = text_cell(sheet, number, 1, words, font)
        cell.alignment = Alignment(horizontal=across, vertical="center", shrink_to_fit=number > 1)
        sheet.row_dimensions[number].height = height
    for column, width in enumerate(WIDTHS, start=1):
        cell = text_cell(
            sheet,
            HEADINGS,
            column,
            say(language, f"sheet.column.{column - 1}"),
            Font(name=FONT, size=10, bold=True, color="FFFFFF"),
        )
        cell.fill, cell.border = PatternFill("solid", start_color=HEAD), _BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[HEADINGS].height = 30


def _plans(ledger: LedgerSheet, language: str) -> str:
    shown = [
        say(language, "sheet.plan" if number else "sheet.plan_plain", heading=heading, number=number)
        for heading, number in ledger.plans
    ]
    return " · ".join(shown) or say(language, "sheet.all")


def _cells(row: SheetRow, number: int, language: str) -> Sequence[str]:
    return (
        str(number),
        f"{row.item} {row.title}".strip(),
        row.unit,
        say(language, f"sheet.role.{row.role}"),
        row.due.isoformat(),
        row.original_due.isoformat() if row.original_due != row.due else "",
        say(language, f"sheet.state.{row.state}"),
        row.note,
        _day(row.received_on),
        _day(row.reported_on),
        row.reported_by,
        str(row.days_over or ""),
        row.reason or (say(language, "sheet.extended") if row.original_due != row.due else ""),
        row.uid,
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _line(sheet: Worksheet, number: int, cells: Sequence[str], *, late: bool) -> None:
    for column, value in enumerate(cells, start=1):
        cell = text_cell(sheet, number, column, value, _INK)
        cell.border = _BORDER
        across = "center" if column in CENTRED else "left"
        cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=column != UID)
        if late and column == STATE:
            cell.fill, cell.font = (
                PatternFill("solid", start_color=LATE_FILL),
                Font(name=FONT, size=10, bold=True, color=LATE_INK),
            )
        elif number % 2:
            cell.fill = PatternFill("solid", start_color=PALE)
    sheet.row_dimensions[number].height = LINE_HEIGHT * max(map(lines_of, cells[:-1], WIDTHS)) + 4


def _print(sheet: Worksheet, last: int, language: str) -> None:
    """A4 across, as wide as the page, headings on each page; the system's number is kept but not shown."""
    letter = get_column_letter(len(WIDTHS) - 1)
    sheet.freeze_panes = f"C{HEADINGS + 1}"
    sheet.auto_filter.ref = f"A{HEADINGS}:{letter}{last}"
    sheet.print_area = f"A1:{letter}{last}"
    sheet.print_title_rows = f"{HEADINGS}:{HEADINGS}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    footer = sheet.oddFooter
    if footer is not None and footer.center is not None:
        footer.center.text = say(language, "sheet.page")
    sheet.column_dimensions[get_column_letter(UID)].hidden = True
    states = ",".join(say(language, f"sheet.state.{state}") for state in TO_FILL)
    choice = DataValidation(type="list", formula1=f'"{states}"', allow_blank=False, showErrorMessage=False)
    sheet.add_data_validation(choice)
    choice.add(f"{get_column_letter(STATE)}{HEADINGS + 1}:{get_column_letter(STATE)}{last}")
