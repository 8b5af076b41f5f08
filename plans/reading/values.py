"""What a document is made of once its format is forgotten, and what reading it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from schedules.timing import Timing

Source: TypeAlias = Mapping[str, int | str]
"""Where something stands: `line` in a text, `paragraph` in a document, `sheet` and `row` in a table."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `number` is what Word numbers by itself; `heading` is 1 and more for a heading."""

    text: str
    source: Source = field(default_factory=dict)
    number: str = ""
    heading: int = 0
    wrapped: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, with the row and column where it begins; a merged cell stands in every place that it covers."""

    text: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, merged ones written out. `name` is the sheet's; `source` that of the first row."""

    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""
    source: Source = field(default_factory=dict)


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Pages:
    """A document's blocks in order, what it was, and what a person should know about how it was read."""

    blocks: tuple[Block, ...]
    format: str
    encoding: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A duty with a time in the body of a text: the words, who is named, the timing."""

    quote: str
    actor: str
    timing: Timing


@dataclass(frozen=True, slots=True)
class Found:
    """One duty found. `roles` maps lead, support and responsible to names as printed."""

    item: str
    section: str
    title: str
    text: str
    roles: Mapping[str, tuple[str, ...]]
    due: tuple[Timing, ...]
    ongoing: bool
    body: tuple[Said, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something that was not understood: where it stands, and a sentence about it."""

    place: str
    says: str
    source: Source = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Head:
    """What a document says about itself, as far as it says so."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    issued: date | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document gave: its duties, what was not understood, and how it was read."""

    head: Head
    duties: tuple[Found, ...]
    unclear: tuple[Unclear, ...]
    notes: tuple[str, ...]
    format: str
    encoding: str = ""
