"""What was written once is kept: each entry's lines as long as it says the same, each feed's bytes as long as it does.

Both are bounded, and neither can be stale: what is kept carries what it was made from, and is compared before use.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any, Generic, Protocol, TypeVar

from feeds.calendar import Style, bind, piece
from feeds.coding import compressed
from feeds.conditional import entity_tag, kept
from usecases.feed_view import FeedEntry, Line, Sheet

MOST_PIECES = 20_000
"""Entries kept, about 15 MB; a unit's year is some hundred."""
MOST_BYTES = 32 * 1024 * 1024
"""All feeds' bytes together, packed ones included."""
Fill = Callable[[Sequence[int]], Mapping[int, FeedEntry]]


class Sized(Protocol):
    @property
    def size(self) -> int: ...


K = TypeVar("K")
V = TypeVar("V", bound=Sized)


class Pieces:
    """Entries' lines by part and style, the longest unused one forgotten first."""

    def __init__(self, most: int = MOST_PIECES) -> None:
        self._most = most
        self._held: OrderedDict[tuple[int, Style], tuple[tuple[Any, ...], bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def write(self, sheet: Sheet, fill: Fill) -> bytes:
        """The calendar file."""
        have = self.each(sheet, fill)
        return bind(sheet, [have[line.part_id] for line in sheet.lines if line.part_id in have])

    def each(self, sheet: Sheet, fill: Fill) -> dict[int, bytes]:
        """Each entry's lines by part id; `fill` is asked only for those that read differently from before."""
        style = Style(sheet.language, sheet.todo, sheet.alarms, sheet.several_units)
        have = self._known(style, sheet.lines)
        new = [line for line in sheet.lines if line.part_id not in have]
        told = fill([line.part_id for line in new]) if new else {}
        made = {line.part_id: (line.mark, piece(style, told[line.part_id])) for line in new if line.part_id in told}
        self._remember(style, made)
        return have | {part_id: content for part_id, (_, content) in made.items()}

    def _known(self, style: Style, lines: Sequence[Line]) -> dict[int, bytes]:
        found = {}
        with self._lock:
            for line in lines:
                key = (line.part_id, style)
                held = self._held.get(key)
                if held is not None and held[0] == line.mark:
                    found[line.part_id] = held[1]
                    self._held.move_to_end(key)
        return found

    def _remember(self, style: Style, made: Mapping[int, tuple[tuple[Any, ...], bytes]]) -> None:
        with self._lock:
            for part_id, content in made.items():
                self._held[part_id, style] = content
                self._held.move_to_end((part_id, style))
            while len(self._held) > self._most:
                self._held.popitem(last=False)


@dataclass(slots=True)
class Page:
    """A feed's bytes as they go out, with their headers. `stand` is what they were made from."""

    stand: tuple[Any, ...]
    content: bytes
    headers: Mapping[str, str]
    seen: datetime
    writes: int
    _packed: bytes = b""
    _heads: dict[tuple[int, str], "Head"] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.content) + len(self._packed)

    @property
    def is_packed(self) -> bool:
        return bool(self._packed)

    def pack(self) -> None:
        """Some megabytes take a while, so this is for a thread."""
        self._packed = self._packed or compressed(self.content)

    def body(self, coding: str) -> bytes:
        if coding:
            self.pack()
        return self._packed if coding else self.content

    def head(self, status: int, coding: str) -> "Head":
        found = self._heads.get((status, coding))
        if found is None:
            found = self._heads[status, coding] = self._head(status, coding)
        return found

    def _head(self, status: int, coding: str) -> "Head":
        tag = entity_tag(self.content, coding)
        said = {**self.headers, "ETag": tag, **({"Content-Encoding": coding} if coding else {})}
        said = (
            kept(said) if status == HTTPStatus.NOT_MODIFIED else {**said, "Content-Length": str(len(self.body(coding)))}
        )
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in said.items()]
        return Head(tag, tag.encode(), {"type": "http.response.start", "status": status, "headers": raw})


@dataclass(frozen=True, slots=True)
class Head:
    """An answer's first message in ASGI, and the tag in it."""

    tag: str
    raw_tag: bytes
    message: dict[str, Any]


class Shelf(Generic[K, V]):
    """Things by key within a number of bytes, the longest unused one forgotten first."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._held: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        return self._held.get(key)

    def put(self, key: K, value: V) -> None:
        with self._lock:
            self._held[key] = value
            self._held.move_to_end(key)
            while len(self._held) > 1 and sum(held.size for held in self._held.values()) > self._most:
                self._held.popitem(last=False)

    def drop(self, key: K) -> None:
        with self._lock:
            self._held.pop(key, None)
