"""Reading a ledger workbook that comes back: which part each line is, what state and what words stand there now."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from plans.reading.errors import CannotRead
from plans.reading.sniff import kind_of_file
from plans.rosters.child import read_office
from plans.rosters.grid import Grid
from plans.rosters.refusals import NotRead, refusal_of
from plans.sheets.ledger import NOTE, STATE, UID
from texts.catalogue import LANGUAGES, say, sentences
from usecases.take_ledger import SheetLine


def read_ledger(path: Path) -> tuple[SheetLine, ...]:
    """The lines of the first table that has our columns. Raises NotRead; kind `no_columns` where none has them."""
    try:
        kind = kind_of_file(path)
    except CannotRead as refusal:
        raise refusal_of(refusal) from refusal
    if kind != "xlsx":
        raise NotRead("list_unknown")
    for grid in read_office(path).grids:
        columns = _columns(grid)
        if columns is not None:
            return tuple(_lines(grid, *columns))
    raise NotRead("no_columns")


def _columns(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The row of the headings, and where state, note and number stand, by any language's heading."""
    for number, row in enumerate(grid.rows):
        at = {
            name: row.index(heading)
            for name, place in (("state", STATE), ("note", NOTE), ("uid", UID))
            for heading in {say(language, f"sheet.column.{place - 1}") for language in LANGUAGES}
            if heading in row
        }
        if {"state", "uid"} <= at.keys():
            return number, at
    return None


def _lines(grid: Grid, headings: int, at: Mapping[str, int]) -> Iterator[SheetLine]:
    for number, row in enumerate(grid.rows[headings + 1 :], start=headings + 2):
        uid, words = row[at["uid"]].strip(), row[at["state"]].strip()
        if uid:
            note = row[at["note"]].strip() if "note" in at else ""
            yield SheetLine(number, uid, _states().get(words, ""), words, " ".join(note.split()))


@cache
def _states() -> Mapping[str, str]:
    """The stored state by its word in any language."""
    return {
        sentence: key.removeprefix("sheet.state.")
        for language in LANGUAGES
        for key, sentence in sentences(language).items()
        if key.startswith("sheet.state.")
    }
