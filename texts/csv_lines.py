"""Lines of a CSV file as office programs take them: Chinese is read as Chinese, and a cell is text, never a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from texts.unseen import without_unseen

MARK = "\ufeff"
"""Before the first line: without it office programs take UTF-8 for something else."""
FORMULA_LEADS = tuple("=+-@\t\r＝＋－＠")
"""A cell that begins so would be computed; an apostrophe before it prevents that."""


def csv_lines(rows: Iterable[Sequence[object]], *, first: bool = False) -> bytes:
    """The rows, every cell quoted; `first` where a file begins."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([_guarded(str(cell)) for cell in row] for row in rows)
    return ((MARK if first else "") + out.getvalue()).encode()


def _guarded(cell: str) -> str:
    shown = without_unseen(cell)
    return f"'{shown}" if shown.startswith(FORMULA_LEADS) else shown
