"""Which column of a table says what, found from its header: one row or two, below title rows, in many wordings."""

import re
from dataclasses import dataclass

from plans.reading.grammar import scan
from plans.reading.labels import kind_of
from plans.reading.tidy import half, plain
from plans.reading.values import Cell

Row = tuple[Cell, ...]

_SEARCHED = 20
_NAME_MOST = 30
_DATE_MOST = 12
_SURE = 3
_FEWEST = 2
_FIELDS = frozenset({"lead", "responsible", "support", "time", "both", "person", "progress"})
_WHAT = frozenset({"title", "measure", "goal"})
_DATES = frozenset({"dates"})


@dataclass(frozen=True, slots=True)
class Columns:
    """The kind and the name of each column; `first` is the row after the header, `top` the header's own."""

    kinds: tuple[str, ...]
    names: tuple[str, ...]
    top: int
    first: int

    def of(self, *kinds: str) -> list[int]:
        return [index for index, kind in enumerate(self.kinds) if kind in kinds]


def find_columns(rows: tuple[Row, ...]) -> Columns | None:
    """The header among the first rows, or None when the table has none that names a duty and who or when."""
    best: tuple[int, int] | None = None
    for index, row in enumerate(rows[:_SEARCHED]):
        score = _score(row)
        if score and (best is None or score > best[0]):
            best = (score, index)
        elif best is not None and score == 0 and index > best[1] + 1:
            break
    return None if best is None else _columns(rows, best[1])


def is_agenda(columns: Columns) -> bool:
    """Whether the rows say what happens when and where, as at a meeting, and nobody is to act."""
    roles = {"lead", "responsible", "support", "both", "person"} & set(columns.kinds)
    return not roles and any("地点" in name or "会场" in name for name in columns.names)


def is_header(row: Row, columns: Columns) -> bool:
    """Whether a row is the header printed again, as at the top of a page."""
    return [_flat(cell.text) for cell in row] == list(columns.names) or (_score(row) >= _SURE and _short(row))


def _score(row: Row) -> int:
    """How many different things the cells of a row name; none when they are no names."""
    kinds = {kind_of(cell.text) for cell in row if cell.text.strip()} - {""}
    origins = {(cell.row, cell.column) for cell in row if cell.text.strip()}
    if len(origins) < _FEWEST or not kinds & _FIELDS or not _short(row):
        return 0
    return len(kinds) if kinds & (_WHAT | {"number", "section"}) or len(kinds) > 1 else 0


def _short(row: Row) -> bool:
    texts = [plain(cell.text) for cell in row if cell.text.strip()]
    return all(len(text) < _NAME_MOST for text in texts) and not any(re.search(r"[。；;]", text) for text in texts)


def _columns(rows: tuple[Row, ...], top: int) -> Columns:
    upper = rows[top]
    lower = rows[top + 1] if top + 1 < len(rows) else ()
    two = bool(lower) and _is_second(upper, lower)
    first = top + 2 if two else top + 1
    names, kinds = [], []
    for index, cell in enumerate(upper):
        below = lower[index] if two else cell
        apart = two and (below.row, below.column) != (cell.row, cell.column)
        name = cell.text + below.text if apart and below.text.strip() else cell.text
        kind = (kind_of(below.text) or kind_of(name)) if apart else kind_of(cell.text)
        names.append(_flat(name))
        kinds.append(kind or _dated(below.text))
    return Columns(tuple(_chosen(kinds)), tuple(names), top, first)


def _dated(name: str) -> str:
    """一季度 or 6月底 as the name of a column is a time itself."""
    said = half(plain(name))
    phrases = list(scan(said, _DATES, field=True))
    return "stage" if phrases and phrases[0].start == 0 and len(said) < _DATE_MOST else ""


def _is_second(upper: Row, lower: Row) -> bool:
    """A second header row refines what is merged above it; every other cell is merged down from the first."""
    if len(lower) != len(upper):
        return False
    own = [(up, low) for up, low in zip(upper, lower, strict=True) if (up.row, up.column) != (low.row, low.column)]
    split = {(up.row, up.column) for up, _ in own}
    wide = any([(c.row, c.column) for c in upper].count(origin) > 1 for origin in split)
    named = [low for _, low in own if low.text.strip()]
    return bool(named) and wide and all(kind_of(low.text) or _dated(low.text) for low in named)


def _chosen(kinds: list[str]) -> list[str]:
    """The kinds with what only one column can be: a goal counts as the title where there is no other."""
    if not {"title", "measure"} & set(kinds):
        kinds = ["title" if kind == "goal" else kind for kind in kinds]
    if "time" not in kinds and "both" not in kinds:
        kinds = ["time" if kind == "progress" else kind for kind in kinds]
    if not {"lead", "responsible", "support", "both"} & set(kinds):
        kinds = ["responsible" if kind == "person" else kind for kind in kinds]
    return ["" if kind in {"goal", "progress", "start", "other"} else kind for kind in kinds]


def _flat(text: str) -> str:
    return plain(text).replace("\n", "")
