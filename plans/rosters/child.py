"""Reading an office file in a process of its own, bounded in memory and time: a hostile file ends that process only.

`read_office` is the parent's side; ``python -m plans.rosters.child FILE`` the other. The door of the document reader is
this one's door too: what a file is, how large it may be, and what must not be in it.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from plans.reading import limits
from plans.reading.archive import inspect
from plans.reading.child import restrain
from plans.reading.errors import CannotRead
from plans.reading.sniff import kind_of_file
from plans.rosters.grid import MOST_ROWS, Book, from_data, to_data
from plans.rosters.refusals import NotRead, refusal_of

MOST_TEXT = 4_000_000
"""Characters in all cells together; a province's list has a tenth of it."""

_ROOT = Path(__file__).resolve().parents[2]


def read_office(path: Path) -> Book:
    """The grids of an xlsx or docx file, read by a child. Raises NotRead, also when the child had to be ended."""
    command = [sys.executable, "-m", "plans.rosters.child", str(path.resolve())]
    try:
        done = subprocess.run(  # noqa: S603 our own module; the path is an argument, no shell reads it
            command, capture_output=True, timeout=limits.CHILD_WALL_SECONDS, check=False, cwd=_ROOT, env={}
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
    restrain()
    try:
        answer = to_data(_weighed(_read(Path(sys.argv[1]))))
    except NotRead as refusal:
        answer = {"refused": refusal.kind, "values": refusal.values}
    except CannotRead as refusal:
        named = refusal_of(refusal)
        answer = {"refused": named.kind, "values": named.values}
    except (MemoryError, RecursionError):
        answer = {"refused": "list_too_long", "values": {}}
    sys.stdout.write(json.dumps(answer))


def _read(path: Path) -> Book:
    formulas = inspect(path)
    if kind_of_file(path) == "docx":
        from plans.rosters.docx import read_docx  # noqa: PLC0415 only the library that the file needs

        return read_docx(path)
    from plans.rosters.xlsx import read_xlsx  # noqa: PLC0415 as above

    return read_xlsx(path, formulas=formulas)


def _weighed(book: Book) -> Book:
    if sum(len(cell) for grid in book.grids for row in grid.rows for cell in row) > MOST_TEXT:
        raise NotRead("list_rows", most=MOST_ROWS)
    return book


if __name__ == "__main__":
    main()
