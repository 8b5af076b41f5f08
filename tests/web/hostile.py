"""Hostile words in every column that holds somebody's words, and what each way out made of them, as bare structure.

The same office once with tame words of the same length and once with hostile ones: whatever the difference in
structure, elements, components, cells or lines, was made by the words.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import fromstring

from httpx2 import Response
from openpyxl import load_workbook
from sqlalchemy import String, Text, select, update

from storage.engine import Store
from storage.tables import metadata
from tests.feeds.strict import CONTROL, Component, read

HOSTILE = {
    "markup": "\"'><img src=x onerror=alert(1)></textarea></title><script>x</script><b>*x* [a](http://e) {{ 7*7 }}",
    "calendar": "办\r\nATTACH:x\r\nEND:VEVENT\nBEGIN:VALARM\u2028X-A:1\u202e)五周(日1月1\u2066\x1b[31m\x07\x85\u200f",
    "formula": '=HYPERLINK("http://e";"x")',
    "long": "办" * 20_000,
}
TAME = "甲"
FIXED = {
    *(
        "key",
        "kind",
        "state",
        "channel",
        "address",
        "role",
        "language",
        "digest_at",
        "digest",
        "scope",
        "uid",
        "secret",
    ),
    *("verification", "due_on_holiday", "counted_on_holiday", "event_key", "rung", "audience", "owner", "message_ref"),
    *("source_id", "account", "verb", "door", "letter", "media_type", "sha256", "url", "code", "previous", "rows"),
    *("asks", "answered", "value", "secret"),
}
"""Columns that only the program writes, by their names; every other text column is somebody's words."""


def free_columns() -> Iterator[tuple[str, str]]:
    for table in metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, String) and column.name not in FIXED:
                yield table.name, column.name


def poison(store: Store, words: str) -> set[tuple[str, str]]:
    """Put the words into every such column of every row; gives the columns that had a row."""
    filled = set()
    with store.write() as tx:
        tx.exec_driver_sql("DROP TRIGGER IF EXISTS timeline_unchanged")
        for name, column in free_columns():
            table = metadata.tables[name]
            kind = table.c[column].type
            most = kind.length if isinstance(kind, String) and not isinstance(kind, Text) else None
            for row in tx.execute(select(table.c.id)).scalars().all():
                said = f"{words[: most - 6] if most else words}{row}"
                tx.execute(update(table).where(table.c.id == row).values({column: said}))
                filled.add((name, column))
    return filled


def structure(answer: Response) -> object:
    """What the answer is made of, without any words; raises where words became something else."""
    kind = answer.headers.get("content-type", "").partition(";")[0]
    return READERS[kind.rpartition(".")[2]](answer.content) if answer.content else None


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))


def html(text: str) -> list[tuple[str, ...]]:
    unseen(text)
    return Tags(text).found


def unseen(text: str) -> None:
    """No sign may be left that hides or reorders what stands beside it."""
    found = CONTROL.search(text.replace("\n", "").replace("\t", ""))
    assert found is None, f"{found[0]!r} in {text[max(0, found.start() - 60) : found.end() + 60]!r}"


def rows(text: str) -> list[int]:
    unseen(text.replace("\r\n", ""))
    found = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert not [cell for row in found for cell in row if cell.startswith(tuple("=+-@\t\r"))]
    return [len(row) for row in found]


def component(found: Component) -> object:
    return found.name, found.names, [component(inner) for inner in found.inner]


def cells(content: bytes) -> list[tuple[str, str]]:
    found = []
    for sheet in load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    found.append((cell.coordinate, cell.data_type))
                    unseen(str(cell.value))
    assert "f" not in {kind for _, kind in found}
    return found


def elements(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        tree = fromstring(packed.read("word/document.xml"))  # noqa: S314 our own file
    unseen("".join(tree.itertext()))
    return [element.tag for element in tree.iter() if not element.tag.endswith(("}br", "}t", "}r"))]


READERS: dict[str, Callable[[bytes], object]] = {
    "text/html": lambda content: html(content.decode()),
    "text/plain": lambda content: None,
    "text/csv": lambda content: rows(content.decode()),
    "text/calendar": lambda content: component(read(content)),
    "application/json": lambda content: type(json.loads(content)),
    "application/problem+json": lambda content: json.loads(content).keys(),
    "application/jsonl": lambda content: [json.loads(line).keys() for line in content.splitlines()],
    "sheet": cells,
    "document": elements,
}
"""By the media type, of office files its last word."""
