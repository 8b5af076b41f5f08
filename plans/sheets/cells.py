"""Cells of a workbook that hold text whatever it begins with: a title like =1+1 stays a title."""

import unicodedata

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from plans.rosters.cells import FORMULA_LEADS

FONT = "微软雅黑"
A4 = 9
"""The workbook format's number of that paper; without it an office gets American letter paper."""
LINE_HEIGHT, MOST_LINES = 14, 12
"""Points; a longer text is cut on paper and whole in the cell."""
INK, HEAD, PALE, LINE = "1F2937", "1F4E79", "F3F6FA", "C9D3DF"


def text_cell(sheet: Worksheet, row: int, column: int, value: str, font: Font) -> Cell | MergedCell:
    """Write text, never a formula; signs that a workbook cannot hold are left out."""
    cell = sheet.cell(row, column)
    shown = "".join(sign for sign in value if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})
    if shown:
        cell.value = shown
        cell.data_type = "s"
    cell.number_format, cell.quotePrefix, cell.font = "@", shown.startswith(tuple(FORMULA_LEADS)), font
    return cell


def lines_of(value: str, width: int) -> int:
    """How many lines a text takes in a column: a Chinese sign is as wide as two letters."""
    units = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in value)
    return min(MOST_LINES, max(1, -(-units // (width - 1))))
