"""YAML text → tree, with every problem told by its line.

Only the part of YAML that a table of names and values needs: aliases, tags, several documents and deep nesting are
problems, so nothing can unfold into more than was written.
"""

import re
from bisect import bisect_right
from itertools import islice
from typing import Protocol

import yaml

from plans.loader import LOADER
from plans.problems import MOST, WHOLE_FILE, Finds, Position
from plans.tree import Listing, Node, Scalar, Table

DEEPEST = 12
MOST_NODES = 200_000
MOST_INSIDE = 5_000
"""Names in one table and items in one list, the list of duties or units itself apart: a plan has a handful."""
_TOP = 2

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]")
_BREAK = re.compile("\r\n|\r|\n")

# What libyaml says, the problem it is for a person, and whether the place that helps is where the construct began.
_COMPLAINTS = (
    ("tab character", "yaml_tab", False),
    ("mapping values are not allowed", "yaml_colon", False),
    ("could not find expected ':'", "yaml_no_colon", True),
    ("expected ',' or", "yaml_bracket", True),
    ("did not find expected node content", "yaml_bracket", True),
    ("unexpected end of stream", "yaml_quote", True),
    ("did not find expected key", "yaml_indent", False),
    ("did not find expected '-' indicator", "yaml_indent", False),
    ("cannot start any token", "yaml_token", False),
)


class _TooMuch(Exception):
    """The rest of the text is not read; the problem is told."""


class _Mark(Protocol):
    line: int
    column: int


def parse(text: str, finds: Finds) -> Node | None:
    """The tree of one YAML document; None when there is none or it breaks off. Every problem found goes to `finds`."""
    builder = _Builder(finds)
    text = _printable(text.removeprefix("\ufeff"), finds)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
    except _TooMuch:
        return None if builder.broken else builder.root
    except yaml.YAMLError as error:
        _complain(error, text, finds)
        return None
    return builder.root


class _Builder:
    """Puts the events of a YAML parser together; a stack instead of recursion, so that depth costs nothing."""

    def __init__(self, finds: Finds) -> None:
        self.finds = finds
        self.root: Node | None = None
        self.broken = False
        self._open: list[tuple[Listing | Table, list[Scalar | None]]] = []
        self._count = 0

    def take(self, event: yaml.Event) -> None:
        at = _at(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_tag(event.tag, at)
            bare = bool(event.implicit[0])
            self._place(Scalar(_visible(event.value, at, self.finds), bare, at))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_tag(event.tag, at)
            self._begin(Table(at) if isinstance(event, yaml.MappingStartEvent) else Listing(at))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self.finds.add("yaml_alias", at)
            self._place(Scalar("", bare=True, at=at))
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self.finds.add("yaml_documents", at)
            raise _TooMuch

    def _refuse_tag(self, tag: str | None, at: Position) -> None:
        if tag not in {None, "!"}:
            self.finds.add("yaml_tag", at, tag=tag)

    def _begin(self, node: Listing | Table) -> None:
        self._place(node)
        self._open.append((node, []))
        if len(self._open) > DEEPEST:
            self._stop("yaml_depth", node.at)

    def _place(self, node: Node) -> None:
        self._count += 1
        if self._count > MOST_NODES:
            self._stop("yaml_count", node.at, most=MOST_NODES)
        if not self._open:
            self.root = node
            return
        parent, waiting = self._open[-1]
        if isinstance(parent, Listing):
            parent.items.append(node)
            if len(parent.items) > MOST_INSIDE and len(self._open) > _TOP:
                self._stop("yaml_count", node.at, most=MOST_INSIDE)
        elif not waiting:
            waiting.append(self._name(node))
        else:
            self._enter(parent, waiting.pop(), node)

    def _name(self, node: Node) -> Scalar | None:
        if not isinstance(node, Scalar):
            self.finds.add("yaml_key", node.at)
            return None
        if node.bare and node.text == "<<":
            self.finds.add("yaml_alias", node.at)
            return None
        return node

    def _enter(self, table: Table, name: Scalar | None, value: Node) -> None:
        if name is None:
            return
        if name.text in table.entries:
            self.finds.add("yaml_repeated", name.at, name=name.text, line=table.entries[name.text][0][0])
        elif len(table.entries) == MOST_INSIDE:
            self._stop("yaml_count", name.at, most=MOST_INSIDE)
        else:
            table.entries[name.text] = (name.at, value)

    def _stop(self, key: str, at: Position, **values: object) -> None:
        self.finds.add(key, at, **values)
        self.broken = True
        raise _TooMuch


def _at(mark: _Mark | None) -> Position:
    return (mark.line + 1, mark.column + 1) if mark else WHOLE_FILE


def _printable(text: str, finds: Finds) -> str:
    """The text with a space for every character that no YAML may hold, each told with its place."""
    starts: list[int] | None = None
    for found in islice(_CONTROL.finditer(text), MOST):
        starts = [0, *(line.end() for line in _BREAK.finditer(text))] if starts is None else starts
        line = bisect_right(starts, found.start())
        finds.add("control", (line, found.start() - starts[line - 1] + 1), code=f"U+{ord(found[0]):04X}")
    return _CONTROL.sub(" ", text)


def _visible(text: str, at: Position, finds: Finds) -> str:
    """The value without characters that hide or turn others around; an escape may have brought them in."""
    for key, pattern in (("control", _CONTROL), ("invisible", _INVISIBLE)):
        for found in dict.fromkeys(pattern.findall(text)):
            finds.add(key, at, code=f"U+{ord(found):04X}")
        text = pattern.sub("", text)
    return text


def _complain(error: yaml.YAMLError, text: str, finds: Finds) -> None:
    """Tell why the text is not YAML, in the words of somebody who has to put it right."""
    reason = str(getattr(error, "problem", None) or getattr(error, "reason", None) or type(error).__name__)
    here, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    key, from_start = next(((key, start) for words, key, start in _COMPLAINTS if words in reason), ("yaml", False))
    if here is not None and text[here.index : here.index + 1] == "\t":
        key = "yaml_tab"
    mark = (began if from_start else None) or here
    finds.add(key, _at(mark), **({"reason": reason} if key == "yaml" else {}))
