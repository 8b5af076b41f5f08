"""A place in a document's tree: a numbered paragraph, a heading, or a paragraph of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from plans.reading.fields import Fields
from plans.reading.values import Source

LOOSE = 99
"""The rank of a paragraph outside the numbering."""


@dataclass(slots=True)
class Node:
    """A numbered paragraph, a heading, or a paragraph of its own (rank 99), with what belongs to it."""

    number: str
    style: str
    rank: int
    text: str
    source: Source
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    fields: Fields = field(default_factory=Fields)
    passes: Fields = field(default_factory=Fields)
    """The time that a heading states for all the items below it: 一、6月底前完成的事项."""
    closed: bool = False
    late: bool = False

    @property
    def whole(self) -> str:
        return "\n".join((self.text, *self.more))

    def ancestors(self) -> Iterator["Node"]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent
