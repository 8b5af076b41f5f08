"""Which nodes of the outline are duties: those with fields of their own, those beside them, and what names a time.

Where no item states who or when in a field, the numbered items of the commonest leaf style are the duties.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plans.reading.labels import mentions, words
from plans.reading.nodes import LOOSE, Node
from plans.reading.values import Said

_SMALL = 8
_SHARE_TIMED = 0.2
_SHORT_TITLE = 40
_HEADING_MOST = 14
_CHAPTER = 2
_ITEM = 5


@dataclass(frozen=True, slots=True)
class Chosen:
    """A node that is a duty; `numbered` is false for one that is there only because it names a time."""

    node: Node
    numbered: bool


def choose(nodes: list[Node], said: dict[int, list[Said]], *, tables: bool, title: str) -> list[Chosen]:
    """The duties among the nodes, in order. `said` holds each node's timed clauses by its place in `nodes`."""
    _lift(nodes)
    kept = [node for node in nodes if not _inside(node)]
    fielded = {id(node) for node in kept if node.fields}
    stated = tables or any(id(node) in fielded and node.rank < LOOSE for node in kept)
    parents = {id(up) for node in kept if id(node) in fielded for up in node.ancestors()}
    timed = {id(node): bool(said[index]) for index, node in enumerate(nodes)}
    for node in kept:
        _inherit(node)
        if not timed[id(node)] and node.number and not _numbered_children(node):
            _take_passed(node)
    listed = _beside(kept, fielded) if stated else _leaves(kept, timed, title)
    chosen: list[Chosen] = []
    for node in kept:
        if id(node) in fielded and id(node) not in parents:
            chosen.append(Chosen(node, bool(node.number)))
        elif id(node) in listed and id(node) not in parents:
            chosen.append(Chosen(node, numbered=True))
        elif timed[id(node)] and not _is_past(node) and not _only_heads(node):
            chosen.append(Chosen(node, numbered=False))
    return chosen


def _lift(nodes: Iterable[Node]) -> None:
    """Fields that stand once after several small points belong to the item that holds the points."""
    groups = [node for node in nodes if len(node.children) > 1 and not node.fields]
    alike = [node for node in groups if _only_last(node)]
    leaves = {node.style for node in nodes if node.fields and not node.children}
    for node in alike:
        small = all(child.rank >= _SMALL for child in node.children)
        common = _most(node, alike, groups) and len(alike) > 1
        if small or common or node.style in leaves - {child.style for child in node.children}:
            last = node.children[-1].fields
            node.fields.join(last)
            last.roles, last.timed, last.due = {}, False, []


def _most(node: Node, alike: list[Node], groups: list[Node]) -> bool:
    """Whether most groups of the node's rank are like it."""
    same = [one for one in alike if one.rank == node.rank]
    return len(same) * 2 > len([one for one in groups if one.rank == node.rank])


def _only_last(node: Node) -> bool:
    *first, last = node.children
    return bool(last.fields) and last.closed and not any(child.fields for child in first) and not last.children


def _inside(node: Node) -> bool:
    """Whether a node is only part of the text of one above it that has the fields."""
    whole = (up.fields and not any(_has_fields(child) for child in up.children) for up in node.ancestors())
    return node.rank < LOOSE and any(whole)


def _has_fields(node: Node) -> bool:
    return bool(node.fields) or any(_has_fields(child) for child in node.children)


def _inherit(node: Node) -> None:
    """What the item above states for all of its points fills what a point leaves open."""
    if not node.fields:
        return
    for up in node.ancestors():
        if up.fields:
            node.fields.roles = {**up.fields.roles, **node.fields.roles}
            if not node.fields.timed and up.fields.timed:
                node.fields.due, node.fields.ongoing, node.fields.timed = list(up.fields.due), up.fields.ongoing, True


def _take_passed(node: Node) -> None:
    """An item that says no time of its own has that of the heading it stands below."""
    passed = next((up.passes for up in node.ancestors() if up.passes.due), None)
    if passed is not None and not node.fields.timed:
        node.fields.due, node.fields.timed = list(passed.due), True


def _beside(nodes: list[Node], fielded: set[int]) -> set[int]:
    """Leaves without fields that stand in a row with items that have some."""
    homes = {(id(node.parent), node.style) for node in nodes if id(node) in fielded and node.rank < LOOSE}
    return {
        id(node) for node in nodes if node.rank < LOOSE and not node.children and (id(node.parent), node.style) in homes
    }


def _leaves(nodes: list[Node], timed: dict[int, bool], title: str) -> set[int]:
    """The numbered leaves of the commonest style, outside the chapters that set no tasks."""
    leaves = [n for n in nodes if n.rank < LOOSE and not _numbered_children(n) and n.number and not _sets_no_task(n)]
    if not leaves:
        return set()
    ranks = Counter(node.rank for node in leaves)
    rank = max(ranks, key=lambda one: (ranks[one], one))
    listed = [node for node in leaves if node.rank == rank]
    share = sum(timed[id(node)] for node in listed) / len(listed)
    if mentions(title, "others") or not (mentions(title, "plans") or share >= _SHARE_TIMED):
        return set()
    return {id(node) for node in listed if node.rank > _CHAPTER and not _is_past(node)}


def _is_past(node: Node) -> bool:
    """Whether the node stands in a chapter about what has been done."""
    return any(mentions(up.text[:_SHORT_TITLE].split("。")[0], "done") for up in node.ancestors())


def _only_heads(node: Node) -> bool:
    """Whether the node is a short heading over numbered items: 一、汛前准备 is no duty before the flood."""
    short = len(node.text) < _HEADING_MOST and not node.more
    return short and bool(_numbered_children(node)) and not any(sign in node.text for sign in "，。；：")


def _numbered_children(node: Node) -> list[Node]:
    return [child for child in node.children if child.rank < LOOSE]


def _sets_no_task(node: Node) -> bool:
    for up in (node, *node.ancestors()):
        heading = up.text[:_SHORT_TITLE].split("。")[0]
        if len(heading) < _HEADING_MOST and any(word in heading for word in words()["overall"]):
            return True
        if up is not node and len(heading) < _HEADING_MOST and any(word in heading for word in words()["soft"]):
            return up.rank <= _CHAPTER and node.rank != _ITEM
    return False


def inner(node: Node) -> Iterator[Node]:
    """The nodes below one, in order."""
    for child in node.children:
        yield child
        yield from inner(child)
