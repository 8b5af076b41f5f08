"""From all sheets to one roster: people under their units, doubts with sheet and row, nothing dropped unsaid."""

from collections.abc import Iterable

from plans.problems import WHOLE_FILE, Finds
from plans.reading.secrecy import is_marked
from plans.rosters.cells import begins
from plans.rosters.draft import Listing
from plans.rosters.grid import Book, Grid
from plans.rosters.reader import Reader
from plans.rosters.refusals import NotRead
from plans.rosters.rows import first_heading


def gather(book: Book, file: str, whole: Finds) -> Listing:
    """The listing of all sheets. Raises NotRead when there is no list, or a mark of secrecy stands in it."""
    if is_marked((), (*book.margins, *(line for grid in book.grids for line in _lines(grid)))):
        raise NotRead("list_secret")
    listing = Listing(file, finds=[whole])
    starts = [(grid, first_heading(grid)) for grid in book.grids]
    if all(start is None for _, start in starts):
        raise NotRead("list_no_heading")
    for name in book.hidden:
        whole.add("list_hidden_sheet", WHOLE_FILE, name=name)
    if book.tracked:
        whole.add("list_tracked", WHOLE_FILE)
    for grid, start in starts:
        if start is not None:
            Reader(listing, grid, start).read()
        elif grid.rows and not begins(grid.name, "guides"):
            whole.add("list_no_list_here", WHOLE_FILE, name=grid.name)
    _parents(listing)
    return listing


def _lines(grid: Grid) -> Iterable[str]:
    for row in grid.rows:
        for cell in row:
            yield from cell.splitlines()


def _parents(listing: Listing) -> None:
    """A unit above itself is told and left without one. Whether a parent exists is known where the roster is held."""
    above = {unit.name: unit.parent for unit in listing.units.values()}
    for unit in listing.units.values():
        if unit.parent and leads_back(unit.name, above):
            finds = next(finds for finds in listing.finds if finds.file == unit.parent_place[0])
            finds.add("list_parent_loop", (unit.parent_place[1], 1), name=unit.name)
            unit.parent = above[unit.name] = ""


def leads_back(name: str, above: dict[str, str]) -> bool:
    """Whether going up from a unit leads to itself."""
    seen: set[str] = set()
    at = above.get(name, "")
    while at and at != name and at not in seen:
        seen.add(at)
        at = above.get(at, "")
    return at == name
