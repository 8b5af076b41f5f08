"""Word documents into blocks, in order: paragraphs with the numbers that Word counts, and tables with merged cells.

Deleted text, fields' codes and comments are no text. Text boxes follow the paragraph that holds them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plans.reading import limits
from plans.reading.errors import Damaged, TooLarge
from plans.reading.formats.spans import Spanned, expand
from plans.reading.formats.wordnumbers import Numbers
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
_THROUGH = frozenset({f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}smartTag", f"{_W}customXml"})


def read_docx(path: Path) -> tuple[list[Block], list[str]]:
    """The blocks of a document, and the lines of its headers and footers, where marks of secrecy stand."""
    import docx  # noqa: PLC0415 - only for documents
    from lxml.etree import XMLSyntaxError  # noqa: PLC0415 - as above

    try:
        document = docx.Document(str(path))
        numbers = Numbers(document)
        blocks = list(_blocks(document.element.body, numbers))
        margins = [
            p.text
            for s in document.sections
            for part in (s.header, s.first_page_header, s.footer)
            for p in part.paragraphs
        ]
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, XMLSyntaxError, OSError) as error:
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
    parts: list[str] = []
    boxes: list[Any] = []
    stack = list(reversed(element))
    while stack:
        node = stack.pop()
        if node.tag in _SKIPPED:
            continue
        if node.tag == f"{_W}txbxContent":
            boxes.append(node)
        elif node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in {f"{_W}tab", f"{_W}ptab"}:
            parts.append("\t")
        elif node.tag in {f"{_W}br", f"{_W}cr"}:
            parts.append("\n")
        else:
            stack.extend(reversed(node))
    return "".join(parts), boxes


def _rows(table: Any, numbers: Numbers) -> Iterator[list[Spanned]]:  # noqa: ANN401 - lxml's elements
    """The rows; a cell that goes on from above is counted into the one where it began."""
    own = [tr for tr in table.iter(f"{_W}tr") if next(tr.iterancestors(f"{_W}tbl")) is table]
    grid = [[_cell(tc, numbers) for tc in tr.iter(f"{_W}tc") if next(tc.iterancestors(f"{_W}tr")) is tr] for tr in own]
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


def _cell(tc: Any, numbers: Numbers) -> tuple[str, int, bool]:  # noqa: ANN401 - lxml's elements
    width, goes_on = 1, False
    properties = tc.find(f"{_W}tcPr")
    if properties is not None:
        span, merge = properties.find(f"{_W}gridSpan"), properties.find(f"{_W}vMerge")
        width = min(max(int(span.get(f"{_W}val", "1")), 1), limits.MOST_COLUMNS) if span is not None else 1
        goes_on = merge is not None and merge.get(f"{_W}val", "continue") != "restart"
    lines = []
    for p in tc.iter(f"{_W}p"):
        text = _text(p)[0]
        number = numbers.take(p)[0] if text.strip() or p.find(f"{_W}pPr") is not None else ""
        lines.append(number + text)
    return "\n".join(line for line in lines if line.strip())[: limits.MOST_CELL_TEXT], width, goes_on
