"""Tables of a text document as grids. Runs in the reading process only: see `child`.

Text that was deleted with changes tracked is not read; text that was added is, and the file is said to have both.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn

from plans.rosters.grid import MOST_COLUMNS, MOST_GRIDS, MOST_ROWS, Book, Grid, Span, make_grid
from plans.rosters.refusals import NotRead

_GONE = {qn("w:del"), qn("w:moveFrom")}
_NAMED = "表格 {}"
_TITLE = 300
_FIGURES = 5
_SHORT = 40


def read_docx(path: Path) -> Book:
    """Every table that stands in the text itself; a table within a cell is text of that cell."""
    try:
        document = Document(str(path))
        margins = list(_page_margins(document))
        body: Any = document.element.body
    except Exception as error:
        # the library lets through whatever its parsers raise
        raise NotRead("list_damaged") from error
    grids: list[Grid] = []
    above = ""
    for block in body:
        if block.tag == qn("w:tbl") and len(grids) < MOST_GRIDS:
            grids.append(_grid(_NAMED.format(len(grids) + 1), block, above))
            above = ""
        elif block.tag == qn("w:p"):
            said = _text(block)
            margins += said.splitlines()
            above = f"{above} {said}".strip()[-_TITLE:]
    tracked = any(next(body.iter(tag), None) is not None for tag in (*_GONE, qn("w:ins")))
    return Book(tuple(grids), tracked=tracked, margins=tuple(line for line in margins if 0 < len(line) <= _SHORT))


def _page_margins(document: DocumentObject) -> Iterator[str]:
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer):
            yield from (paragraph.text for paragraph in part.paragraphs)


def _grid(name: str, table: Any, above: str) -> Grid:  # noqa: ANN401 lxml has no types
    rows: list[list[str]] = []
    spans: list[Span] = []
    open_spans: dict[int, int] = {}
    for number, row in enumerate(table.iterchildren(qn("w:tr"))):
        if number >= MOST_ROWS:
            raise NotRead("list_rows", most=MOST_ROWS)
        cells: list[str] = [""] * _skipped(row)
        for cell in row.iter(qn("w:tc")):
            if _inner(cell, table):
                continue
            left, width = len(cells), _width(cell)
            going_on = _merge(cell) == "continue"
            cells += ["" if going_on else _text(cell), *[""] * (width - 1)]
            if going_on and left in open_spans:
                top, first, _, right = spans[open_spans[left]]
                spans[open_spans[left]] = (top, first, number, right)
                continue
            open_spans.pop(left, None)
            if width > 1 or _merge(cell) == "restart":
                open_spans[left] = len(spans)
                spans.append((number, left, number, left + width - 1))
        rows.append(cells[:MOST_COLUMNS])
    return make_grid(name, rows, spans, above=above)


def _inner(cell: Any, table: Any) -> bool:  # noqa: ANN401 lxml has no types
    return next(cell.iterancestors(qn("w:tbl"))) is not table


def _skipped(row: Any) -> int:  # noqa: ANN401 lxml has no types
    """Columns left out before the first cell."""
    return _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)


def _width(cell: Any) -> int:  # noqa: ANN401 lxml has no types
    return max(1, _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1))


def _number(found: Any, otherwise: int) -> int:  # noqa: ANN401 lxml has no types
    said = "" if found is None else found.get(qn("w:val"), "")
    return min(int(said), MOST_COLUMNS) if said.isascii() and said.isdigit() and len(said) <= _FIGURES else otherwise


def _merge(cell: Any) -> str:  # noqa: ANN401 lxml has no types
    """Whether the cell begins a vertical merge, goes on with one, or neither. The mark alone means going on."""
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return "" if found is None else found.get(qn("w:val"), "continue")


def _text(block: Any) -> str:  # noqa: ANN401 lxml has no types
    paragraphs = [block] if block.tag == qn("w:p") else block.iter(qn("w:p"))
    return "\n".join("".join(_runs(paragraph)) for paragraph in paragraphs).strip()


def _runs(paragraph: Any) -> Iterator[str]:  # noqa: ANN401 lxml has no types
    for piece in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        if not any(above.tag in _GONE for above in piece.iterancestors()):
            yield piece.text or "" if piece.tag == qn("w:t") else "\n"
