"""From blocks to duties: tidy, find the head, build the outline, read the tables, and say what was not understood."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from plans.reading.body import said_in
from plans.reading.choose import Chosen, choose, inner
from plans.reading.columns import find_columns
from plans.reading.fields import Fields
from plans.reading.head import read_head
from plans.reading.outline import LOOSE, Node, Outline
from plans.reading.tables import Entry, TableReader
from plans.reading.tidy import clean, half, plain, spaced, to_simplified
from plans.reading.unclear import doubts_of, nothing_found
from plans.reading.values import Block, Cell, Found, Head, Pages, Paragraph, Reading, Said, Source, Table, Unclear

_TITLE_MOST = 40
_FIRST_LEADS = re.compile(
    r"(?:第一个|第一位|首位|排名第一|排第一|排在最前|排在前面)[^。;]{0,14}(?:为|是|系)[^。;]{0,6}(?:牵头|主办|主责)"
)
_TRIM = " 　。，,；;：:、\n"


def collect(pages: Pages, name: str = "") -> Reading:
    """What a document gives. `name` is the file's, whose year counts when the document names none."""
    blocks, turned = _tidied(pages.blocks)
    lines = [line for block in blocks for line in _lines(block)]
    head = read_head(lines, list(_table_titles(blocks)), name)
    gathered = _Gathered(head, first_leads=any(_FIRST_LEADS.search(half(plain(line))) for line in lines))
    for block in blocks:
        gathered.take(block)
    duties = gathered.duties()
    unclear = gathered.unclear
    if not any(duty.roles or duty.due or duty.ongoing or duty.body for duty in duties):
        duties, unclear = [], [*unclear, nothing_found()]
    notes = (*pages.notes, *(("原文是繁体字，已转成简体。",) if turned else ()))
    return Reading(head, tuple(duties), tuple(unclear), notes, pages.format, pages.encoding)


def _tidied(blocks: Sequence[Block]) -> tuple[list[Block], bool]:
    sample = "".join(
        clean(b.text) if isinstance(b, Paragraph) else "".join(c.text for r in b.rows[:20] for c in r) for b in blocks
    )
    turned = to_simplified(sample[:40_000])[1]

    def tidy(text: str) -> str:
        text = "\n".join(line for part in clean(text).split("\n") if (line := spaced(part)))
        return to_simplified(text)[0] if turned else text

    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            made.append(replace(block, text=tidy(block.text)))
        else:
            rows = tuple(tuple(Cell(tidy(c.text), c.row, c.column) for c in row) for row in block.rows)
            made.append(replace(block, rows=rows, name=tidy(block.name)))
    return made, turned


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    else:
        yield from (cell.text for row in block.rows for cell in row if cell.text and "年" in cell.text)


def _table_titles(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            columns = find_columns(block.rows)
            for row in block.rows[: columns.top if columns else 0]:
                texts = {(c.row, c.column): plain(c.text) for c in row if c.text.strip()}
                if len(texts) == 1:
                    yield next(iter(texts.values()))
            if block.name:
                yield block.name


class _Gathered:
    """The outline and the tables of one document, in order."""

    def __init__(self, head: Head, *, first_leads: bool) -> None:
        self.base = head.year
        self.first_leads = first_leads
        self.title = head.title
        self.outline = Outline(self.base)
        self.reader = TableReader(self.base)
        self.entries: list[tuple[int, Entry]] = []
        self.unclear: list[Unclear] = []

    def take(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            if block.text.strip():
                self.outline.take(block)
            return
        entries = self.reader.read(block)
        if entries is None:
            for paragraph in _as_paragraphs(block):
                self.outline.take(paragraph)
            return
        heading = _heading(self.outline.last)
        for entry in entries:
            entry.section = entry.section or heading or block.name
            self.entries.append((len(self.outline.nodes), entry))

    def duties(self) -> list[Found]:
        nodes = self.outline.nodes
        said = {index: said_in(node.whole, self.base) for index, node in enumerate(nodes)}
        place = {id(node): index for index, node in enumerate(nodes)}
        found: list[tuple[int, int, Found]] = []
        for one in choose(nodes, said, tables=bool(self.entries), title=self.title):
            index = place[id(one.node)]
            if one.numbered or one.node.fields:
                found.append((index, 1, self._from_node(one, said[index])))
            else:
                found.extend((index, 1, duty) for duty in self._parts(one.node))
        for at, (index, entry) in enumerate(self.entries):
            found.append((index, 0 - len(self.entries) + at, self._from_entry(entry)))
        return [duty for _, _, duty in sorted(found, key=lambda one: (one[0], one[1]))]

    def _from_node(self, one: Chosen, said: list[Said]) -> Found:
        node, fields = one.node, one.node.fields
        text = node.whole
        if fields:
            below = [child for child in inner(node) if not child.fields]
            text = "\n".join((text, *(f"{_shown(child)}{child.whole}" for child in below)))
            said = [*said, *(s for child in below for s in said_in(child.whole, self.base))]
        return self._found(_number(node), _section(node), text, fields, said, node.source)

    def _parts(self, node: Node) -> Iterator[Found]:
        """The paragraphs of a text outside the items, each that holds a duty with a time."""
        for index, part in enumerate((node.text, *node.more)):
            if said := said_in(part, self.base):
                number = node.number if index == 0 else ""
                yield self._found(number, _section(node) if index == 0 else _title(node.text), part, Fields(), said, node.source)

    def _from_entry(self, entry: Entry) -> Found:
        text = entry.measure or entry.title
        said = said_in(text, self.base)
        found = self._found(entry.number, entry.section, text, entry.fields, said, entry.source)
        return replace(found, title=_title(entry.title)) if entry.title and not entry.repeats_title else found

    def _found(self, number: str, section: str, text: str, fields: Fields, said: list[Said], source: Source) -> Found:
        due = fields.due if fields.timed else [one.timing for one in said]
        item = number or ""
        place = f"第{item}项" if item else f"“{plain(text)[:12]}…”"
        self.unclear.extend(doubts_of(fields, plain(text), self.base, place=place, source=source))
        shown = "\n".join(plain(line) for line in text.split("\n")).strip()
        return Found(
            item,
            section,
            _title(shown),
            shown,
            self._roles(fields),
            tuple(dict.fromkeys(due)),
            fields.ongoing,
            tuple(said),
            source,
        )


    def _roles(self, fields: Fields) -> dict[str, tuple[str, ...]]:
        """The roles; where the document says that the first unit leads, it does."""
        roles = dict(fields.roles)
        if self.first_leads and "lead" not in roles and (named := roles.pop("responsible", ())):
            roles |= {"lead": named[:1]} | ({"responsible": named[1:]} if named[1:] else {})
        return roles


def _as_paragraphs(table: Table) -> Iterator[Paragraph]:
    for row in table.rows:
        for cell in dict.fromkeys(row):
            if (cell.row, cell.column) == (cell.row, row.index(cell)) and cell.text.strip():
                for line in cell.text.split("\n"):
                    yield Paragraph(line, table.source)


def _heading(node: Node | None) -> str:
    while node is not None and (node.rank >= LOOSE or len(plain(node.text)) > _TITLE_MOST):
        node = node.parent
    return _title(node.text) if node else ""


def _section(node: Node) -> str:
    for up in node.ancestors():
        if up.rank < LOOSE:
            return _title(up.text)
    return ""


def _title(text: str) -> str:
    first = re.split(r"[。\n；]", plain(text).strip(_TRIM))[0]
    if len(first) > _TITLE_MOST:
        first = re.split(r"[，,：:]", first)[0]
    return first[:_TITLE_MOST].strip(_TRIM)


def _number(node: Node) -> str:
    """The item's number; a small point carries that of the item it stands in: 3(2)."""
    if (
        node.rank >= 8
        and node.rank < LOOSE
        and node.parent is not None
        and node.parent.rank >= 4
        and node.parent.number
    ):
        return f"{node.parent.number}({node.number})"
    return node.number


def _shown(node: Node) -> str:
    return f"（{node.number}）" if node.number else ""


def flat(text: str) -> str:
    """The text as the phrases are looked for in it."""
    return half(plain(text))
