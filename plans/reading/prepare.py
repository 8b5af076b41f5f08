"""Blocks made ready to be read: cleaned, in one script, without page numbers; and the lines a head is looked for in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from plans.reading.columns import find_columns
from plans.reading.tidy import clean, has_notes, plain, spaced, to_simplified
from plans.reading.values import Block, Cell, Paragraph, Table

_PIECE = 4000
_SAMPLE = 40_000
_LINE_MOST = 200
_PAGE_NUMBER = re.compile(r"^\s*(?:[-—–]+\s*\d{1,4}\s*[-—–]+|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)\s*$")
_PAGE_CLUTTER = re.compile(
    r"^\s*(?:上一[篇条]|下一[篇条])\s*[:：]|ICP备|网站标识码|版权所有|主办(?:单位)?[:：].{1,30}(?:地址|邮编|承办|网站)|Copyright",
    re.IGNORECASE,
)


def tidied(blocks: Sequence[Block]) -> tuple[list[Block], bool]:
    """The blocks cleaned and in Simplified characters, and whether they were in Traditional ones."""
    sample = "".join(_sample(blocks))
    turned = to_simplified(clean(sample))[1]
    noted = has_notes(sample)

    def tidy(text: str) -> str:
        text = "\n".join(line for part in clean(text, noted=noted).split("\n") if (line := spaced(part)))
        return to_simplified(text)[0] if turned else text

    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            text = (
                ""
                if _PAGE_NUMBER.match(block.text) or _PAGE_CLUTTER.search(block.text[:_LINE_MOST])
                else tidy(block.text)
            )
            made.extend(replace(block, text=text[at : at + _PIECE]) for at in range(0, len(text), _PIECE))
        else:
            rows = tuple(tuple(Cell(tidy(c.text), c.row, c.column) for c in row) for row in block.rows)
            made.append(replace(block, rows=rows, name=tidy(block.name)))
    return made, turned


def _sample(blocks: Sequence[Block]) -> Iterator[str]:
    """The first of the document's text, enough to tell its script."""
    size = 0
    for block in blocks:
        text = block.text if isinstance(block, Paragraph) else "".join(c.text for row in block.rows[:20] for c in row)
        yield text
        size += len(text)
        if size > _SAMPLE:
            return


def cells_of(blocks: Sequence[Block]) -> Iterator[str]:
    """The cells in which a year may stand."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row if "年" in cell.text)


def table_titles(blocks: Sequence[Block]) -> Iterator[str]:
    """What stands above the headers of tables, and the names of sheets."""
    for block in blocks:
        if isinstance(block, Table):
            columns = find_columns(block.rows)
            for row in block.rows[: columns.top if columns else 0]:
                texts = {(c.row, c.column): plain(c.text) for c in row if c.text.strip()}
                if len(texts) == 1:
                    yield next(iter(texts.values()))
            if block.name:
                yield block.name


def as_paragraphs(table: Table) -> Iterator[Paragraph]:
    """The cells of a table that is only layout, each once."""
    for index, row in enumerate(table.rows):
        for cell in dict.fromkeys(row):
            if cell.row in {index, row[0].row} and cell.text.strip():
                for line in cell.text.split("\n"):
                    yield Paragraph(line, table.source)
