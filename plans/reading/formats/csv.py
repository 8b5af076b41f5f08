"""Comma, semicolon or tab separated text into one table."""

import csv
from collections.abc import Iterator

from plans.reading import limits
from plans.reading.errors import TooLarge
from plans.reading.formats.txt import grid
from plans.reading.values import Block

_SIGNS = ",\t;|，"
_SAMPLE = 40


def read_csv(text: str) -> Iterator[Block]:
    """The table of a separated text."""
    csv.field_size_limit(limits.MOST_CELL_TEXT * 10)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    sample = lines.split("\n")[:_SAMPLE]
    sign = max(_SIGNS, key=lambda one: (sum(one in line for line in sample), sum(line.count(one) for line in sample)))
    rows: list[list[str]] = []
    cells = 0
    for row in csv.reader(lines.split("\n") if '"' not in lines else lines.splitlines(keepends=True), delimiter=sign):
        cells += len(row)
        if len(rows) > limits.MOST_ROWS or cells > limits.MOST_CELLS:
            raise TooLarge
        rows.append([cell.lstrip("\t") for cell in row[: limits.MOST_COLUMNS]])
    yield grid(rows)
