"""Web pages into blocks: headings, paragraphs, numbered lists, tables; navigation, scripts and forms are left out."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from plans.reading import limits
from plans.reading.errors import TooLarge
from plans.reading.formats.spans import Spanned, expand
from plans.reading.values import Block, Paragraph, Table

if TYPE_CHECKING:
    from bs4 import Tag

_DROP = (
    "script",
    "style",
    "noscript",
    "nav",
    "form",
    "button",
    "select",
    "iframe",
    "svg",
    "template",
    "head",
    "aside",
    "input",
)
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "li", "ul", "ol", "dl", "dt", "dd", "blockquote"}
    | {"pre", "tr", "td", "th", "center", "body", "figure", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_BREAKS = _BLOCKS | {"table", "br"}
_HEADING = re.compile(r"^h([1-6])$")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_SPAN_DIGITS = 6
_GB = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80"})


def charset(data: bytes) -> str:
    """The encoding that a page names for itself, or nothing."""
    match = _CHARSET.search(data[:4096])
    name = match[1].decode("ascii", "replace").lower() if match else ""
    return "gb18030" if name in _GB else name


def read_html(text: str) -> Iterator[Block]:
    """The blocks of a page."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - only for pages

    text = re.sub(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", "", text, flags=re.IGNORECASE | re.DOTALL)
    if text.count("<") > limits.MOST_CELLS:
        raise TooLarge
    soup = BeautifulSoup(text, "lxml")
    for tag in soup(_DROP):
        tag.decompose()
    yield from _walk(soup.body or soup)


def _walk(root: "Tag") -> Iterator[Block]:
    """The blocks below a tag, without recursion, so that no depth of nesting can break it."""
    from bs4.element import NavigableString, Tag  # noqa: PLC0415 - only for pages

    line, number, level = _Line(), "", 0
    stack: list[object] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, _End) or (isinstance(node, Tag) and node.name in _BREAKS):
            yield from line.taken(number, level)
            number, level = ("", 0) if line.gave else (number, level)
        if type(node) is NavigableString:
            line.parts.append(re.sub(r"\s+", " ", str(node)))
        if not isinstance(node, Tag):
            continue
        if node.name == "table" and node.find("table") is None:
            yield from _table(node)
            continue
        heading = _HEADING.match(node.name)
        level = int(heading[1]) if heading else level
        number = _ordered(node) or ("" if node.name in _BLOCKS else number)
        stack.extend([_End()] if node.name in _BLOCKS else [])
        stack.extend(reversed(list(node.children)))
    yield from line.taken(number, level)


class _Line:
    """The text since the last break."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.gave = False

    def taken(self, number: str, level: int) -> Iterator[Block]:
        text, self.parts = "".join(self.parts), []
        self.gave = bool(text.strip())
        if self.gave:
            yield Paragraph(text, {}, number=number, heading=level)


class _End:
    """The end of a block."""


def _ordered(node: "Tag") -> str:
    """The number that a browser shows before a list item."""
    if node.name != "li" or node.parent is None or node.parent.name != "ol":
        return ""
    first = str(node.parent.get("start") or "1")
    before = sum(1 for one in node.find_previous_siblings("li"))
    return f"{int(first) + before}." if first.isdigit() else ""


def _table(node: "Tag") -> Iterator[Block]:
    rows: list[list[Spanned]] = []
    if node.caption is not None:
        yield Paragraph(_text(node.caption))
    for tr in node.find_all("tr"):
        if tr.find_parent("table") is not node:
            continue
        cells = [td for td in tr.find_all(["td", "th"]) if td.find_parent("tr") is tr]
        rows.append([Spanned(_text(td), _span(td.get("rowspan")), _span(td.get("colspan"))) for td in cells])
    if sum(map(len, rows)) > limits.MOST_CELLS or len(rows) > limits.MOST_ROWS:
        raise TooLarge
    if rows and max(map(len, rows)) > 1:
        yield Table(expand(rows))
    else:
        for row in rows:
            for cell in row:
                yield from (Paragraph(line) for line in cell.text.split("\n") if line.strip())


def _text(cell: "Tag") -> str:
    for tag in cell.find_all(["br", "p", "div", "li", "tr"]):
        tag.append("\n")
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", cell.get_text())).strip()[: limits.MOST_CELL_TEXT]


def _span(said: object) -> int:
    text = str(said or "1").strip()
    return min(max(int(text), 1), limits.MOST_COLUMNS * 5) if text.isdigit() and len(text) < _SPAN_DIGITS else 1
