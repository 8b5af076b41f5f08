"""From blocks to duties: tidy, find the head, build the outline, read the tables, and say what was not understood."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from plans.reading.body import said_in
from plans.reading.choose import Chosen, choose, inner
from plans.reading.fields import Fields
from plans.reading.head import read_head
from plans.reading.naming import heading_of, number_of, section_of, shown_of, title_of
from plans.reading.nodes import Node
from plans.reading.outline import Outline, numbers_aspects
from plans.reading.prepare import as_paragraphs, cells_of, table_titles, tidied
from plans.reading.roles import first_leads, says_first_leads
from plans.reading.tables import Entry, TableReader
from plans.reading.tidy import plain
from plans.reading.unclear import doubts_of, nothing_found
from plans.reading.values import Block, Found, Head, Pages, Paragraph, Reading, Said, Source, Unclear

Where: TypeAlias = tuple[str, str, Source]
"""An item's number, its section, and its place in the document."""


def collect(pages: Pages, name: str = "") -> Reading:
    """What a document gives. `name` is the file's, whose year counts when the document names none."""
    blocks, turned = tidied(pages.blocks)
    lines = [block.text for block in blocks if isinstance(block, Paragraph)]
    head = read_head(lines, list(cells_of(blocks)), [*table_titles(blocks), name])
    gathered = _Gathered(head, first=any(map(says_first_leads, lines)))
    gathered.outline.aspects = numbers_aspects(block for block in blocks if isinstance(block, Paragraph))
    for block in blocks:
        gathered.take(block)
    duties = gathered.duties()
    unclear = gathered.unclear
    if not any(duty.roles or duty.due or duty.ongoing or duty.body for duty in duties):
        duties, unclear = [], [*unclear, nothing_found()]
    notes = (*pages.notes, *(("原文是繁体字，已转成简体。",) if turned else ()))
    return Reading(head, tuple(duties), tuple(unclear), notes, pages.format, pages.encoding)


class _Gathered:
    """The outline and the tables of one document, in order."""

    def __init__(self, head: Head, *, first: bool) -> None:
        self.base = head.year
        self.first_leads = first
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
            for paragraph in as_paragraphs(block):
                self.outline.take(paragraph)
            return
        heading = heading_of(self.outline.last)
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
            text = "\n".join((text, *(f"{shown_of(child)}{child.whole}" for child in below)))
            said = [*said, *(s for child in below for s in said_in(child.whole, self.base))]
        return self._found((number_of(node), section_of(node), node.source), text, fields, said)

    def _parts(self, node: Node) -> Iterator[Found]:
        """The paragraphs of a text outside the items, each that holds a duty with a time."""
        for index, part in enumerate((node.text, *node.more)):
            if said := said_in(part, self.base):
                where = (node.number, section_of(node)) if index == 0 else ("", title_of(node.text))
                yield self._found((*where, node.source), part, Fields(), said)

    def _from_entry(self, entry: Entry) -> Found:
        text = entry.measure or entry.title
        said = said_in(text, self.base)
        found = self._found((entry.number, entry.section, entry.source), text, entry.fields, said)
        return replace(found, title=title_of(entry.title)) if entry.title and not entry.repeats_title else found

    def _found(self, where: Where, text: str, fields: Fields, said: list[Said]) -> Found:
        item, section, source = where
        due = fields.due if fields.timed else [one.timing for one in said]
        place = f"第{item}项" if item else f"“{plain(text)[:12]}…”"
        self.unclear.extend(doubts_of(fields, plain(text), self.base, place=place, source=source))
        shown = "\n".join(plain(line) for line in text.split("\n")).strip()
        return Found(
            item,
            section,
            title_of(shown),
            shown,
            self._roles(fields),
            tuple(dict.fromkeys(due)),
            fields.ongoing,
            tuple(said),
            source,
        )

    def _roles(self, fields: Fields) -> dict[str, tuple[str, ...]]:
        """The roles; where the document says that the first unit leads, it does."""
        return first_leads(fields.roles) if self.first_leads else dict(fields.roles)
