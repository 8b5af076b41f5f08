"""Merged cells written out: each place of the grid holds the cell that covers it."""

from dataclasses import dataclass

from plans.reading import limits
from plans.reading.errors import TooLarge
from plans.reading.values import Cell


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell that covers several rows and columns."""

    text: str
    rows: int = 1
    columns: int = 1


def expand(rows: list[list[Spanned]]) -> tuple[tuple[Cell, ...], ...]:
    """The full grid of rows whose cells may span."""
    places: dict[tuple[int, int], Cell] = {}
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while (r, c) in places:
                c += 1
            origin = Cell(cell.text, r, c)
            for down in range(min(cell.rows, len(rows) - r)):
                for right in range(min(cell.columns, limits.MOST_COLUMNS)):
                    places.setdefault((r + down, c + right), origin)
            if len(places) > limits.MOST_CELLS:
                raise TooLarge
            c += cell.columns
    width = max((c for _, c in places), default=-1) + 1
    return tuple(
        tuple(places.get((r, c), Cell("", r, c)) for c in range(min(width, limits.MOST_COLUMNS)))
        for r in range(len(rows))
    )
