"""Lists of liaison officers as offices make them, built by code."""

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook

Row = tuple[str, ...]
HEADINGS: Row = ("序号", "单位", "类别", "联络员", "职务", "手机", "备注")


def xlsx(rows: Iterable[Row], headings: Row = HEADINGS, title: str = "行政执法工作联络员名单") -> bytes:
    """With a title above the headings, so that the first row of people is the third of the sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "联络员"
    sheet.append([title])
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
