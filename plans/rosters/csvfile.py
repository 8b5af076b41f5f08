"""A CSV list as a grid: any usual encoding, comma, semicolon or tab."""

import csv
import io

from plans.problems import WHOLE_FILE, Finds
from plans.rosters.grid import MOST_COLUMNS, MOST_ROWS, Book, make_grid
from plans.rosters.refusals import NotRead

_SEPARATORS = ",\t;，"
_MOST_LINES = 50


def read_csv(text: str, finds: Finds) -> Book:
    """One grid without a name. Raises NotRead for more rows than a list has."""
    rows: list[list[str]] = []
    source = text.replace("\0", "")
    if len(source) < len(text):
        finds.add("invisible", WHOLE_FILE, code="U+0000")
    lines = csv.reader(io.StringIO(source, newline=""), delimiter=_separator(source))
    try:
        for row in lines:
            if len(rows) >= MOST_ROWS:
                raise NotRead("list_rows", most=MOST_ROWS)
            rows.append(row[:MOST_COLUMNS])
    except csv.Error as error:
        raise NotRead("list_damaged") from error
    return Book((make_grid("", rows),))


def _separator(text: str) -> str:
    """The sign that stands most evenly in the first lines: a title line or a note has none."""
    lines = [line for line in text.splitlines()[:_MOST_LINES] if line.strip()]
    return max(_SEPARATORS, key=lambda sign: (sum(sign in line for line in lines), -_SEPARATORS.index(sign)))
