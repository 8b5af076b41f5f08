"""Plain and Markdown text into blocks: lines, and tables drawn with bars or tabs."""

import re
from collections.abc import Iterator

from plans.reading.values import Block, Cell, Paragraph, Table

_BAR = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"^[\s|:\-+]+$")
_HASH = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_MARKS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_BULLET = re.compile(r"^\s*(?:[-*+]|>)\s+")
_INNER = re.compile(r"^(?:\t| {2,})\s*(\d{1,3})[.)]\s+(.+)$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_WIDE_SIGNS = re.compile(r"[^\x00-\u2e80]+")
_WIDE = 30
_MANY_TABS = 2
_ENOUGH_LINES = 8
_WIDEST = 120


def read_text(text: str, *, markdown: bool) -> Iterator[Block]:
    """The blocks of a text; with `markdown`, its marks are layout."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").split("\n")
    full = _full_line(lines)
    at = 0
    wrapped = False
    while at < len(lines):
        end = _table_end(lines, at)
        if end > at + 1:
            yield _table(lines[at:end], at + 1)
            at, wrapped = end, False
            continue
        line = lines[at]
        if line.strip() and not _FENCE.match(line):
            yield _paragraph(line, at + 1, wrapped=wrapped, markdown=markdown)
        wrapped = bool(full) and bool(line.strip()) and _width(line) >= full - 3
        at += 1


def _paragraph(line: str, number: int, *, wrapped: bool, markdown: bool) -> Paragraph:
    heading = _HASH.match(line)
    if heading:
        return Paragraph(_MARKS.sub(r"\2", heading[2]), {"line": number}, heading=len(heading[1]))
    if markdown:
        inner = _INNER.match(line)
        if inner:
            return Paragraph(_MARKS.sub(r"\2", inner[2]), {"line": number}, number=f"({inner[1]})")
        line = _MARKS.sub(r"\2", _BULLET.sub("", line)).replace("\\.", ".").rstrip("\\")
    indented = line.startswith(("\u3000\u3000", "    "))
    return Paragraph(line, {"line": number}, wrapped=wrapped and not indented)


def _full_line(lines: list[str]) -> int:
    """The width at which lines were broken, where most long lines are equally wide; else 0."""
    widths = sorted(width for width in map(_width, lines) if width >= _WIDE)
    if len(widths) < _ENOUGH_LINES:
        return 0
    top = widths[-1]
    return top if top <= _WIDEST and sum(width >= top - 4 for width in widths) > 0.5 * len(widths) else 0


def _width(line: str) -> int:
    said = line.rstrip()
    return 2 * len(said) - len(_WIDE_SIGNS.sub("", said))


def _table_end(lines: list[str], at: int) -> int:
    fits = next((fit for fit in (_BAR.match, _tabbed, _piped) if fit(lines[at])), None)
    end = at
    while fits is not None and end < len(lines) and fits(lines[end]):
        end += 1
    return end


def _tabbed(line: str) -> bool:
    return line.strip("\n ").count("\t") >= _MANY_TABS


def _piped(line: str) -> bool:
    return line.count("|") >= _MANY_TABS


def _table(lines: list[str], first: int) -> Table:
    rows = []
    for line in lines:
        if _RULE.match(line) and "-" in line:
            continue
        cells = (
            line.split("\t")
            if "\t" in line and not _BAR.match(line)
            else re.split(r"(?<!\\)\|", line.strip()[1:-1] if _BAR.match(line) else line)
        )
        rows.append([_MARKS.sub(r"\2", re.sub(r"<br\s*/?>", "\n", cell)).strip() for cell in cells])
    return grid(rows, source_line=first)


def grid(rows: list[list[str]], *, source_line: int = 0, name: str = "") -> Table:
    """A table of plain rows, the short ones filled up."""
    width = max(map(len, rows), default=0)
    cells = tuple(tuple(Cell(row[c] if c < len(row) else "", r, c) for c in range(width)) for r, row in enumerate(rows))
    return Table(cells, name, {"line": source_line} if source_line else {})
