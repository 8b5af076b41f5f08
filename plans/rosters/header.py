"""Finding the heading of a list: a row, or two rows under each other, whose cells name columns in any order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from plans.rosters.cells import keyed, squeezed, words

NOT_KEPT = ("phone", "note")
_ONLY_ONCE = ("unit", "short", "category", "parent", "role")


@dataclass(frozen=True, slots=True)
class Named:
    """A column of names: `role` is what its heading says of these people, empty where it says nothing."""

    column: int
    role: str = ""
    position: int | None = None
    """The column of their positions."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what. `single` are unit, short, category, parent, role; `unknown` are headings by column."""

    single: Mapping[str, int]
    people: tuple[Named, ...]
    not_kept: Mapping[int, str]
    unknown: Mapping[int, str]
    known: int
    height: int = 1

    def text(self, row: Sequence[str], kind: str) -> str:
        column = self.single.get(kind)
        return "" if column is None else row[column]


def heading_at(rows: Sequence[Sequence[str]], number: int) -> Columns | None:
    """The columns, when a heading begins in this row; two rows where the second divides the first."""
    if not any(keyed(cell) in _table() for cell in rows[number]):
        return None
    alone = _columns([_kind(cell) for cell in rows[number]], rows[number], height=1)
    under = rows[number + 1] if number + 1 < len(rows) else ()
    both = _stacked(rows[number], under) if _goes_on(rows[number], under) else None
    return both or alone


Kind = tuple[str, str]
"""What a heading stands for, and for a column of names the role."""


def _goes_on(top: Sequence[str], under: Sequence[str]) -> bool:
    """Whether the second row only divides the first: each cell of it is a heading or repeats what stands above it."""
    pairs = list(zip(top, under, strict=False))
    news = [low for high, low in pairs if low.strip() and low != high]
    return bool(news) and all(keyed(low) in _table() for low in news)


def _stacked(top: Sequence[str], under: Sequence[str]) -> Columns | None:
    kinds, labels = [], []
    for high, low in zip(top, under, strict=True):
        above, below = _kind(high), _kind(low)
        divided = bool(low.strip()) and low != high
        kind = below if divided else above
        if divided and above and below and above[0] == "people" and below[0] in {"people", "position"}:
            kind = (below[0], below[1] or above[1])
        kinds.append(kind)
        labels.append(low if divided else high)
    return _columns(kinds, labels, height=2)


def _columns(kinds: Sequence[Kind | None], labels: Sequence[str], *, height: int) -> Columns | None:
    single = {kind: found[0] for kind in _ONLY_ONCE if (found := _best_first(kind, kinds, labels))}
    spare = {column for column, kind in enumerate(kinds) if kind is None or kind[0] in _ONLY_ONCE} - {*single.values()}
    unknown = {column: squeezed(labels[column]) for column in sorted(spare) if labels[column].strip()}
    people = _people(kinds)
    known = len(single) + len(people) + sum(kind is not None and kind[0] in {"position", *NOT_KEPT} for kind in kinds)
    if "unit" not in single or known < 2 or len(unknown) > 2 * known:  # noqa: PLR2004 the unit and one more
        return None
    not_kept = {n: squeezed(labels[n]) for n, kind in enumerate(kinds) if kind and kind[0] in NOT_KEPT}
    return Columns(MappingProxyType(single), people, not_kept, unknown, known, height)


def _best_first(kind: str, kinds: Sequence[Kind | None], labels: Sequence[str]) -> list[int]:
    """The columns of a kind; where 单位 and 部门 stand side by side, the word that comes first in the table is it."""
    ranks = [keyed(word) for word in words()["columns"][kind]]
    columns = [column for column, found in enumerate(kinds) if found and found[0] == kind]
    return sorted(columns, key=lambda column: ranks.index(keyed(labels[column])))


def _people(kinds: Sequence[Kind | None]) -> tuple[Named, ...]:
    """The columns of names, each with the column of positions that stands after it, or else the only one there is."""
    names = [(n, kind[1]) for n, kind in enumerate(kinds) if kind and kind[0] == "people"]
    positions = [n for n, kind in enumerate(kinds) if kind and kind[0] == "position"]
    if len(names) == 1:
        return (Named(*names[0], position=positions[0] if positions else None),)
    found = []
    for index, (column, role) in enumerate(names):
        end = names[index + 1][0] if index + 1 < len(names) else len(kinds)
        found.append(Named(column, role, next((n for n in positions if column < n < end), None)))
    return tuple(found)


def _kind(text: str) -> Kind | None:
    return _table().get(keyed(text))


@cache
def _table() -> Mapping[str, Kind]:
    columns = {keyed(word): (kind, "") for kind, forms in words()["columns"].items() for word in forms}
    people = {
        keyed(word): ("people", "" if role == "any" else role)
        for role, forms in words()["people"].items()
        for word in forms
    }
    return MappingProxyType(columns | people)
