"""The rows of a table as entries: what, who, when. Titles, section rows, merged cells, repeated headers are layout."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from plans.reading.cards import card_of
from plans.reading.columns import Columns, Row, find_columns, is_agenda, is_header
from plans.reading.fields import Fields, labelled
from plans.reading.labels import FIELD_KINDS, kind_of
from plans.reading.numbering import numbered
from plans.reading.roles import first_leads, says_first_leads
from plans.reading.tidy import plain
from plans.reading.timefield import read_times
from plans.reading.values import Cell, Source, Table

_NOTES = re.compile(r"^(?:注|备注|说明|填表|制表|填报|合计|总计|小计|审核|单位负责人|联系人)[:：\s]?")
_SAME = frozenset({"同上", "〃", '"', "″", "同前", "″″"})
_NOTHING = frozenset({"/", "-", "—", "——", "无", "\\", "／"})
_SEVERAL = 2
_NUMBER = re.compile(r"[\d一二三四五六七八九十百.\-()（）、①-⑳]{1,8}")


@dataclass(slots=True)
class Entry:
    """One row that names a duty."""

    number: str
    section: str
    title: str
    measure: str
    fields: Fields
    source: Source
    key: tuple[int, int] = (0, 0)
    repeats_title: bool = False


@dataclass(slots=True)
class TableReader:
    """Reads tables one after the other; a table without a header goes on with the columns of the one before."""

    base: int | None
    before: Columns | None = None
    titles: list[str] = field(default_factory=list)

    def read(self, table: Table) -> list[Entry] | None:
        """The entries, or None when the table names no duties."""
        rows = tuple(row for row in table.rows if any(cell.text.strip() for cell in row))
        if not rows:
            return []
        card = card_of(rows)
        if card is not None:
            return [self._card(card, table)]
        columns = find_columns(rows)
        if columns is None:
            columns = self._same_as_before(rows)
        if columns is None:
            return None
        if is_agenda(columns):
            return []
        self.before = columns
        self.titles.extend(_title(row) for row in rows[: columns.top] if _title(row))
        return list(_Rows(table, columns, self.base).entries(rows[columns.first :]))

    def _same_as_before(self, rows: tuple[Row, ...]) -> Columns | None:
        last = self.before
        if last is None or len(rows[0]) != len(last.kinds):
            return None
        return Columns(last.kinds, last.names, 0, 0)

    def _card(self, pairs: list[tuple[str, str]], table: Table) -> Entry:
        fields, said = Fields(), {"title": "", "measure": "", "number": "", "section": ""}
        for label, value in pairs:
            kind = kind_of(label)
            if kind in FIELD_KINDS:
                fields.add(kind, value, self.base)
            elif kind in said and not said[kind]:
                said[kind] = value
        return Entry(said["number"], said["section"], said["title"], said["measure"], fields, table.source)


def _title(row: Row) -> str:
    texts = {(c.row, c.column): plain(c.text) for c in row if c.text.strip()}
    return next(iter(texts.values())) if len(texts) == 1 else ""


def _own_number(title: str, measure: str) -> tuple[str, str, str]:
    """The number that a table without a column for it has in front of its measures, else of its tasks."""
    found = numbered(measure) if measure and "\n" not in measure else None
    if found:
        return found.said, title, found.rest
    found = numbered(title) if title else None
    return (found.said, found.rest, measure) if found else ("", title, measure)


def _width(row: Row, cell: Cell) -> int:
    """How many places of the row a cell covers."""
    return sum((c.row, c.column) == (cell.row, cell.column) for c in row)


class _Rows:
    """The rows below one header."""

    def __init__(self, table: Table, columns: Columns, base: int | None) -> None:
        self.table, self.columns, self.base = table, columns, base
        self.section = ""
        self.made: list[Entry] = []
        self.last: dict[int, str] = {}

    def entries(self, rows: tuple[Row, ...]) -> Iterator[Entry]:
        for row in rows:
            if is_header(row, self.columns) or self._is_section(row):
                continue
            self._take(row)
        yield from self.made

    def _is_section(self, row: Row) -> bool:
        cells = list({(c.row, c.column): c for c in row if c.text.strip()}.values())
        text = plain(cells[0].text)
        if _NOTES.match(text):
            return True
        if len(cells) == _SEVERAL and _NUMBER.fullmatch(text) and _width(row, cells[1]) > len(row) // 2:
            self.section = plain(cells[1].text)
            return True
        if len(cells) != 1:
            return False
        wide = _width(row, cells[0]) > 1
        if wide or (row.index(cells[0]) == 0 and len(row) > _SEVERAL and not _NUMBER.fullmatch(text)):
            self.section = text
            return True
        return bool(_NUMBER.fullmatch(text))

    def _take(self, row: Row) -> None:
        number, title = self._text(row, "number"), self._text(row, "title")
        measure, key = self._measure(row)
        if not plain(title + measure):
            return
        fields = self._fields(row)
        last = self.made[-1] if self.made else None
        if last is not None and key != (0, 0) and key == last.key:
            last.fields.join(fields)
            return
        if last is not None and not number and not fields and self.columns.of("number") and not (title and measure):
            last.measure, last.title = (last.measure + measure, last.title + title)
            return
        if not self.columns.of("number"):
            number, title, measure = _own_number(title, measure)
        number = number or (last.number if last and self.columns.of("number") else "")
        section = self._text(row, "section") or self.section
        repeats = last is not None and bool(title) and title == last.title
        source = {**self.table.source, "row": row[0].row + 1 if "row" not in self.table.source else row[0].row}
        if self.table.name:
            source["sheet"] = self.table.name
        self.made.append(Entry(plain(number), plain(section), title, measure, fields, source, key, repeats))

    def _text(self, row: Row, kind: str) -> str:
        """The text of the last column of that kind that has one: the more particular stands further right."""
        texts = [row[i].text.strip() for i in self.columns.of(kind) if i < len(row) and row[i].text.strip()]
        return texts[0] if texts else ""

    def _measure(self, row: Row) -> tuple[str, tuple[int, int]]:
        cells = [row[i] for i in self.columns.of("measure") if i < len(row) and row[i].text.strip()]
        if not cells:
            cells = [row[i] for i in self.columns.of("title")[-1:] if i < len(row)]
            text = "" if len(self.columns.of("title")) < _SEVERAL else cells[0].text.strip() if cells else ""
            return text, (cells[0].row, cells[0].column) if cells and cells[0].text.strip() else (0, 0)
        return cells[-1].text.strip(), (cells[-1].row, cells[-1].column)

    def _fields(self, row: Row) -> Fields:
        fields = Fields()
        for index, kind in enumerate(self.columns.kinds[: len(row)]):
            if kind in FIELD_KINDS:
                self._add(fields, kind, self._value(index, row[index]))
            elif kind == "stage" and "time" not in self.columns.kinds and plain(row[index].text) not in _NOTHING | {""}:
                fields.add_times(read_times(f"{self.columns.names[index]}{plain(row[index].text)[:40]}", self.base))
        if any(says_first_leads(name) for name in self.columns.names):
            fields.roles = first_leads(fields.roles)
        return fields

    def _value(self, index: int, cell: Cell) -> str:
        text = cell.text.strip()
        if plain(text) in _SAME:
            return self.last.get(index, "")
        self.last[index] = text
        return "" if plain(text) in _NOTHING else text

    def _add(self, fields: Fields, kind: str, value: str) -> None:
        before, pairs = labelled(value)
        if before.strip():
            fields.add(kind, before, self.base)
        for inner, said in pairs:
            fields.add("time" if kind == "time" else inner, said, self.base)
