"""A YAML text as a small tree that knows the line and column of everything in it.

What a word means (8, true, 2024-02-29) is settled here by `plain`, not by YAML 1.1, for which 010 is eight and 1:20
is eighty: a word in quotes is text, a bare one may be a number, true, false or nothing, and a date stays text.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from plans.problems import Position

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False, "True": True, "False": False}


@dataclass(slots=True)
class Scalar:
    """A single value as written; `bare` when it stood without quotes."""

    text: str
    bare: bool
    at: Position


@dataclass(slots=True)
class Listing:
    at: Position
    items: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """Names and values, in order; every name remembers its own place."""

    at: Position
    entries: dict[str, tuple[Position, "Node"]] = field(default_factory=dict)


Node: TypeAlias = Scalar | Listing | Table
Path: TypeAlias = tuple[str | int, ...]


def plain(node: Node) -> object:
    """The tree as plain data. A name without a value counts as left out."""
    if isinstance(node, Listing):
        return tuple(plain(item) for item in node.items)
    if isinstance(node, Table):
        return names_and_values(node)
    return _value(node)


def names_and_values(table: Table) -> dict[str, object]:
    """A table as plain data."""
    return {name: plain(value) for name, (_, value) in table.entries.items() if not is_null(value)}


def position(root: Node, path: Path) -> Position:
    """Where the entry at `path` stands, or what of it exists: a value's own place, a collection's name."""
    node, at = root, root.at
    for part in path:
        if isinstance(node, Table) and part in node.entries:
            name_at, node = node.entries[str(part)]
            at = node.at if isinstance(node, Scalar) and not is_null(node) else name_at
        elif isinstance(node, Listing) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
            at = node.at
        else:
            break
    return at


def name_position(root: Node, path: Path) -> Position:
    """Where the name of the entry at `path` stands."""
    table = at_path(root, path[:-1])
    if isinstance(table, Table) and path[-1] in table.entries:
        return table.entries[str(path[-1])][0]
    return position(root, path)


def at_path(root: Node, path: Path) -> Node | None:
    """The node at `path`, None when it does not exist."""
    node: Node | None = root
    for part in path:
        if isinstance(node, Table):
            node = node.entries[str(part)][1] if part in node.entries else None
        elif isinstance(node, Listing) and isinstance(part, int):
            node = node.items[part] if part < len(node.items) else None
        else:
            return None
    return node


def written(path: Path) -> str:
    """A path as people write it: ``duties[3].due[0].date``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def is_null(node: Node) -> bool:
    """Whether nothing was written, or the word for nothing."""
    return isinstance(node, Scalar) and node.bare and node.text in _WORDS and _WORDS[node.text] is None


def _value(scalar: Scalar) -> object:
    if not scalar.bare:
        return scalar.text
    if scalar.text in _WORDS:
        return _WORDS[scalar.text]
    if _WHOLE.fullmatch(scalar.text):
        return int(scalar.text)
    return Decimal(scalar.text) if _DECIMAL.fullmatch(scalar.text) else scalar.text
