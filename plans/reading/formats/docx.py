"""Word documents into blocks, in order: paragraphs with the numbers that Word counts, and tables with merged cells.

Deleted text, fields' codes and comments are no text. Text boxes follow the paragraph that holds them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from plans.reading import limits
from plans.reading.errors import Damaged, TooLarge
from plans.reading.formats.spans import Spanned, expand
from plans.reading.formats.wordnumbers import Numbers
from plans.reading.formats.wordparts import open_parts
from plans.reading.values import Block, Paragraph, Table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(
    {
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}instrText",
        f"{_W}delText",
        f"{_W}rPr",
        f"{_W}pPr",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_SIGNS = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
_NOT_PLAIN = (_SKIPPED - {f"{_W}rPr", f"{_W}pPr"}) | {f"{_W}tabs", f"{_W}txbxContent"}
"""What a paragraph has to be walked through for, branch by branch; in all others each text and sign counts."""
_NAMES = ("t", "p", "pPr", "tcPr", "gridSpan", "vMerge", "val")
_T, _P, _PPR, _CELL, _SPAN, _MERGE, _VAL = (f"{_W}{name}" for name in _NAMES)
_LEAVES = frozenset({f"{_W}tblPr", f"{_W}tblGrid", f"{_W}trPr", f"{_W}p", f"{_W}tbl"})
_THROUGH = frozenset({f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}smartTag", f"{_W}customXml"})


def read_docx(path: Path) -> tuple[list[Block], list[str]]:
    """The blocks of a document, and the lines of its headers and footers, where marks of secrecy stand."""
    from lxml.etree import XMLSyntaxError  # noqa: PLC0415 - only for documents

    try:
        parts = open_parts(path)
        blocks = list(_blocks(parts.body, Numbers(parts.styles, parts.numbering)))
        margins = [_text(p)[0] for margin in parts.margins for p in margin.iter(f"{_W}p")]
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, XMLSyntaxError, OSError, BadZipFile) as error:
        if isinstance(error, TooLarge):
            raise
        raise Damaged from None
    return blocks, margins


def _blocks(root: Any, numbers: Numbers) -> Iterator[Block]:  # noqa: ANN401 - lxml's elements
    stack = list(reversed(root))
    count = 0
    while stack:
        element = stack.pop()
        if element.tag in _THROUGH:
            stack.extend(reversed(element))
        elif element.tag == f"{_W}p":
            count += 1
            yield from _paragraph(element, numbers, count)
        elif element.tag == f"{_W}tbl":
            yield Table(expand(list(_rows(element, numbers))), "", {"paragraph": count})


def _paragraph(element: Any, numbers: Numbers, count: int) -> Iterator[Block]:  # noqa: ANN401 - lxml's elements
    text, boxes = _text(element)
    number, heading = numbers.take(element) if text.strip() else ("", 0)
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if line.strip():
            yield Paragraph(line, {"paragraph": count}, number=number if index == 0 else "", heading=heading)
    for box in boxes:
        for inner in box.iter(f"{_W}p"):
            yield Paragraph(_text(inner)[0], {"paragraph": count})


def _text(element: Any) -> tuple[str, list[Any]]:  # noqa: ANN401 - lxml's elements
    """What a paragraph says, and the text boxes it holds."""
    said: list[str] = []
    for node in element.iterdescendants():
        tag = node.tag
        if tag == _T:
            said.append(node.text or "")
        elif tag in _SIGNS:
            said.append(_SIGNS[tag])
        elif tag in _NOT_PLAIN:
            return _walked(element)
    return "".join(said), []


def _walked(element: Any) -> tuple[str, list[Any]]:  # noqa: ANN401 - lxml's elements
    parts: list[str] = []
    boxes: list[Any] = []
    stack = list(reversed(element))
    while stack:
        node = stack.pop()
        if node.tag in _SKIPPED:
            continue
        if node.tag == f"{_W}txbxContent":
            boxes.append(node)
        elif node.tag == _T:
            parts.append(node.text or "")
        elif node.tag in _SIGNS:
            parts.append(_SIGNS[node.tag])
        else:
            stack.extend(reversed(node))
    return "".join(parts), boxes


def _rows(table: Any, numbers: Numbers) -> Iterator[list[Spanned]]:  # noqa: ANN401 - lxml's elements
    """The rows; a cell that goes on from above is counted into the one where it began."""
    grid = [[_cell(tc, numbers) for tc in _own(tr, f"{_W}tc")] for tr in _own(table, f"{_W}tr")]
    if sum(map(len, grid)) > limits.MOST_CELLS or len(grid) > limits.MOST_ROWS:
        raise TooLarge
    below: dict[int, int] = {}
    made: list[list[Spanned]] = []
    for row in reversed(grid):
        at, cells, down = 0, [], {}
        for text, width, goes_on in row:
            if goes_on:
                down[at] = below.get(at, 0) + 1
            else:
                cells.append(Spanned(text, 1 + below.get(at, 0), width))
            at += width
        below = down
        made.append(cells)
    yield from reversed(made)


def _own(element: Any, tag: str) -> Iterator[Any]:  # noqa: ANN401 - lxml's elements
    """The rows of a table or the cells of a row, within whatever wraps them, and not those of a table inside."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _LEAVES:
            yield from _own(child, tag)


def _cell(tc: Any, numbers: Numbers) -> tuple[str, int, bool]:  # noqa: ANN401 - lxml's elements
    width, goes_on = 1, False
    properties = next(tc.iterchildren(_CELL), None)  # find() of lxml is Python, and five times as slow
    if properties is not None:
        span, merge = (next(properties.iterchildren(tag), None) for tag in (_SPAN, _MERGE))
        width = min(max(int(span.get(_VAL, "1")), 1), limits.MOST_COLUMNS) if span is not None else 1
        goes_on = merge is not None and merge.get(_VAL, "continue") != "restart"
    lines = []
    for p in tc.iter(_P):
        text = _text(p)[0]
        number = numbers.take(p)[0] if next(p.iterchildren(_PPR), None) is not None else ""
        lines.append(number + text)
    return "\n".join(line for line in lines if line.strip())[: limits.MOST_CELL_TEXT], width, goes_on
