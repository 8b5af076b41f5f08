"""What a node is called: its number, its title, the section it stands in."""

import re

from plans.reading.nodes import LOOSE, Node
from plans.reading.tidy import plain

_TITLE_MOST = 40
_POINT = 8
_ITEM = 4
_TRIM = " 　。，,；;：:、\n"


def heading_of(node: Node | None) -> str:
    while node is not None and (node.rank >= LOOSE or len(plain(node.text)) > _TITLE_MOST):
        node = node.parent
    return title_of(node.text) if node else ""


def section_of(node: Node) -> str:
    for up in node.ancestors():
        if up.rank < LOOSE:
            return title_of(up.text)
    return ""


def title_of(text: str) -> str:
    first = re.split(r"[。\n；]", plain(text).strip(_TRIM))[0]
    if len(first) > _TITLE_MOST:
        first = re.split(r"[，,：:]", first)[0]
    return first[:_TITLE_MOST].strip(_TRIM)


def number_of(node: Node) -> str:
    """The item's number; a small point carries that of the item it stands in: 3(2)."""
    up = node.parent
    if up is not None and up.number and _POINT <= node.rank < LOOSE and up.rank >= _ITEM:
        return f"{up.number}({node.number})"
    return node.number


def shown_of(node: Node) -> str:
    return f"（{node.number}）" if node.number else ""
