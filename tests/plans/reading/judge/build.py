"""Offices' documents written anew from `documents/*.yaml`; a cell `<` is joined to its left, `^` to the one above."""

from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table
from docx.text.paragraph import Paragraph
from openpyxl.worksheet.worksheet import Worksheet

JOINED = ("<", "^")
SIGNS = {"一、": "chineseCountingThousand", "（一）": "chineseCountingThousand"}


def build(told: dict[str, Any], folder: Path) -> Path:
    """Write the document as the file it was."""
    path = folder / f"document.{told['kind']}"
    match told["kind"]:
        case "docx":
            _word(told, path)
        case "xlsx":
            _excel(told["sheets"], path)
        case _:
            path.write_bytes(told["text"].replace("<TAB>", "\t").encode(told["encoding"]))
    return path


def _word(told: dict[str, Any], path: Path) -> None:
    document = docx.Document()
    number = _numbering(document, told.get("numbering", ["%1"]))
    for block in told["blocks"]:
        match block:
            case str():
                document.add_paragraph(block)
            case [level, text]:
                _numbered(document.add_paragraph(text), number, level)
            case {"table": rows}:
                _table(document.add_table(rows=len(rows), cols=max(map(len, rows))), rows, number)
    document.save(str(path))


def _table(table: Table, rows: list[list[str]], number: int) -> None:
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text == "#":
                _numbered(table.cell(row, column).paragraphs[0], number, 0)
            elif text not in JOINED:
                down, right = _reach(rows, row, column)
                table.cell(row, column).merge(table.cell(down, right)).text = text


def _reach(rows: list[list[Any]], row: int, column: int) -> tuple[int, int]:
    """The last row and column a cell is joined with."""
    down, right = row, column
    while right + 1 < len(rows[row]) and rows[row][right + 1] == "<":
        right += 1
    while down + 1 < len(rows) and column < len(rows[down + 1]) and rows[down + 1][column] == "^":
        down += 1
    return down, right


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _numbering(document: Document, texts: list[str]) -> int:
    """A numbered list of the document's own, level by level; its id."""
    root = document.part.numbering_part.element
    abstract = _element("w:abstractNum", abstractNumId="90")
    for level, text in enumerate(texts):
        sort = SIGNS.get(text, "decimal")
        shown = text.replace("一", f"%{level + 1}")
        parts = (_element("w:start", val="1"), _element("w:numFmt", val=sort), _element("w:lvlText", val=shown))
        abstract.append(_with(_element("w:lvl", ilvl=str(level)), *parts))
    root.insert(0, abstract)
    root.append(_with(_element("w:num", numId="500"), _element("w:abstractNumId", val="90")))
    return 500


def _numbered(paragraph: Paragraph, number: int, level: int) -> None:
    marks = (_element("w:ilvl", val=str(level)), _element("w:numId", val=str(number)))
    paragraph._p.get_or_add_pPr().append(_with(_element("w:numPr"), *marks))  # noqa: SLF001 - python-docx has no public numbering


def _with(element: BaseOxmlElement, *children: BaseOxmlElement) -> BaseOxmlElement:
    for child in children:
        element.append(child)
    return element


def _excel(sheets: list[dict[str, Any]], path: Path) -> None:
    book = openpyxl.Workbook()
    for told in sheets:
        sheet = book.create_sheet(told["name"])
        _rows(sheet, told["rows"])
        for column in told.get("hidden", []):
            sheet.column_dimensions[column].hidden = True
    del book["Sheet"]
    book.save(path)


def _rows(sheet: Worksheet, rows: list[list[Any]]) -> None:
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value in JOINED:
                continue
            sheet.cell(row + 1, column + 1, value)
            down, right = _reach(rows, row, column)
            if (down, right) != (row, column):
                sheet.merge_cells(start_row=row + 1, start_column=column + 1, end_row=down + 1, end_column=right + 1)
