"""Text PDFs into blocks: tables by their lines, paragraphs re-joined, page numbers and running heads left out."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plans.reading import limits
from plans.reading.errors import CannotRead, Damaged, Encrypted, Scanned, TooLarge
from plans.reading.values import Block, Cell, Paragraph, Table

_PAGE_NUMBER = re.compile(r"^[-—–·\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/共]\s*(?:共)?\s*\d{1,4}\s*页?)?[-—–·\s]*$")
_FEW_CHARACTERS = 4
_REPEATED = 2
_SHARE = 0.6


def read_pdf(path: Path) -> list[Block]:
    """The blocks of a PDF that has text."""
    import pdfplumber  # noqa: PLC0415 - only for PDFs
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415 - as above

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(path) as document:
            pages = [list(_page(page, index)) for index, page in enumerate(_few(document.pages), 1)]
    except CannotRead:
        raise
    except Exception as error:  # noqa: BLE001 - broken PDFs end in errors of many kinds, all of them about the file
        locked = any(isinstance(one, PDFPasswordIncorrect) for one in (error, *error.args))
        raise (Encrypted if locked else Damaged) from None
    letters = sum(len(item["text"]) if isinstance(item, dict) else 9 for page in pages for item in page)
    if letters < _FEW_CHARACTERS * max(1, len(pages)):
        raise Scanned
    return list(_blocks(pages))


def _few(pages: list[Any]) -> list[Any]:
    if len(pages) > limits.MOST_PAGES:
        raise TooLarge
    return pages


def _page(page: Any, index: int) -> Iterator[dict[str, Any] | Table]:  # noqa: ANN401 - pdfplumber types its pages loosely
    """The lines and tables of a page, from top to bottom."""
    tables = [table for table in page.find_tables() if len(table.rows) > 0 and _columns(table) > 1]
    rest = page.filter(lambda thing: not any(_inside(thing, table.bbox) for table in tables)) if tables else page
    lines = rest.extract_text_lines(return_chars=False, strip=True)
    items: list[tuple[float, dict[str, Any] | Table]] = [
        *((line["top"], {"text": line["text"], "x0": line["x0"], "x1": line["x1"], "page": index}) for line in lines),
        *((table.bbox[1], _table(table, index)) for table in tables),
    ]
    yield from (item for _, item in sorted(items, key=lambda pair: pair[0]))


def _columns(table: Any) -> int:  # noqa: ANN401 - as above
    return max(len(row.cells) for row in table.rows)


def _inside(thing: Any, box: tuple[float, float, float, float]) -> bool:  # noqa: ANN401 - as above
    if thing.get("object_type") != "char":
        return False
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _table(table: Any, page: int) -> Table:  # noqa: ANN401 - as above
    """The grid; what has no cell of its own is covered by the one at its left, or else above."""
    texts = table.extract()
    rows: list[tuple[Cell, ...]] = []
    for r, row in enumerate(texts):
        cells: list[Cell] = []
        for c, text in enumerate(row):
            if text is not None:
                cells.append(Cell(text.replace("\n", ""), r, c))
            elif c and (r == 0 or texts[r - 1][c] is not None) and row[c - 1] is not None:
                cells.append(cells[c - 1])
            elif r:
                cells.append(rows[r - 1][c])
            else:
                cells.append(cells[c - 1] if c else Cell("", r, c))
        rows.append(tuple(cells))
    return Table(tuple(rows), "", {"page": page})


def _blocks(pages: list[list[dict[str, Any] | Table]]) -> Iterator[Block]:
    heads = _running(pages)
    left = min((i["x0"] for p in pages for i in p if isinstance(i, dict)), default=0.0)
    right = max((i["x1"] for p in pages for i in p if isinstance(i, dict)), default=0.0)
    full = False
    for page in pages:
        for item in page:
            if isinstance(item, Table):
                yield item
                full = False
                continue
            text = item["text"]
            if _PAGE_NUMBER.match(text) or re.sub(r"\d", "", text) in heads:
                continue
            size = (item["x1"] - item["x0"]) / max(1, len(text))
            yield Paragraph(text, {"page": item["page"]}, wrapped=full and item["x0"] < left + size)
            full = item["x1"] > right - 2.5 * size


def _running(pages: list[list[dict[str, Any] | Table]]) -> frozenset[str]:
    """Lines that come again at the edges of most pages."""
    edges = Counter(
        re.sub(r"\d", "", item["text"])
        for page in pages
        for item in {id(i): i for i in (*page[:2], *page[-2:]) if isinstance(i, dict)}.values()
    )
    return frozenset(text for text, count in edges.items() if count >= _REPEATED and count > _SHARE * len(pages))
