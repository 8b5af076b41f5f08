"""Reading an office file in a process of its own, bounded in memory and time: a hostile file ends that process only.

The file comes in on standard input and leaves as JSON on standard output, so the child needs no name, no folder and no
network. `read_office` is the parent's side; ``python -m plans.rosters.child`` the other.
"""

import json
import re
import resource
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from plans.rosters.archive import open_archive
from plans.rosters.grid import MOST_ROWS, Book, from_data, to_data
from plans.rosters.refusals import NotRead

WALL_SECONDS = 10
CPU_SECONDS = 5
MEMORY = 768 * 1024 * 1024
MOST_TEXT = 4_000_000
"""Characters in all cells together; a province's list has a tenth of it."""

MOST_CELLS = 150_000
"""Of all sheets together; fifteen columns in each row that is read. More would take the library too long."""

_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_ROOT = Path(__file__).parents[2]


def read_office(data: bytes) -> Book:
    """The grids of an xlsx or docx file, read by a child. Raises NotRead, also when the child had to be ended."""
    command = [sys.executable, "-m", "plans.rosters.child"]
    try:
        done = subprocess.run(  # noqa: S603 our own module, by our own interpreter
            command,
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            cwd=_ROOT,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise NotRead("list_too_long") from error
    if done.returncode != 0:
        raise NotRead("list_no_reader" if b"ModuleNotFoundError" in done.stderr else "list_too_long")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise NotRead(answer["refused"], **answer["values"])
    return from_data(answer)


def main() -> None:
    """The child's side: bound itself before the first byte is looked at."""
    _bound()
    try:
        answer = to_data(_weighed(_read(sys.stdin.buffer.read())))
    except NotRead as refusal:
        answer = {"refused": refusal.kind, "values": refusal.values}
    except (MemoryError, RecursionError):
        answer = {"refused": "list_too_long", "values": {}}
    sys.stdout.write(json.dumps(answer))


def _bound() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _read(data: bytes) -> Book:
    archive = open_archive(data)
    names = set(archive.namelist())
    if "word/document.xml" in names:
        from plans.rosters.docx import read_docx  # noqa: PLC0415 only the library that the file needs

        return read_docx(data)
    if "xl/workbook.xml" in names:
        from plans.rosters.xlsx import read_xlsx  # noqa: PLC0415 as above

        return read_xlsx(data, formulas=_look_over(archive, names))
    raise NotRead("list_unknown")


def _look_over(archive: ZipFile, names: Collection[str]) -> bool:
    """Count the cells of all sheets before a library makes an object of each; says whether any holds a formula."""
    cells, formulas = 0, False
    for name in names:
        if name.startswith("xl/worksheets/"):
            sheet = archive.read(name)
            cells += sum(1 for _ in _CELL.finditer(sheet))
            formulas = formulas or _FORMULA.search(sheet) is not None
    if cells > MOST_CELLS:
        raise NotRead("list_rows", most=MOST_ROWS)
    return formulas


def _weighed(book: Book) -> Book:
    if sum(len(cell) for grid in book.grids for row in grid.rows for cell in row) > MOST_TEXT:
        raise NotRead("list_rows", most=MOST_ROWS)
    return book


if __name__ == "__main__":
    main()
