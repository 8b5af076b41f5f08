"""Radicale's storage plug-in over our parts: a root, a person, and that person's one list. It stores nothing itself.

Radicale takes a lock around each request; ours is the transaction, so that a list is read as it is at one moment, and
what an app changes is one act with what was checked before it.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from functools import cached_property
from typing import Any

from radicale.item import Item
from radicale.storage import BaseCollection, BaseStorage

from feeds.calendar import PRODUCT
from feeds.keep import Pieces
from feeds.tasks.mount import Mode
from feeds.tasks.wanted import wanted
from texts.catalogue import say
from usecases.errors import Refused
from usecases.feed_view import Line, Reading, Sheet, entries, sheet
from usecases.office import Desk
from usecases.task_list import NotForApps, reading_of_user, take

LIST = "tasks"
SYNC = "https://ruqi.invalid/ns/sync/"
"""What sync tokens begin with: they have to be URIs (RFC 6578 section 4)."""
REMEMBERED = 512
COLOUR = "#0f766e"
HEAD = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\n"
END = "END:VCALENDAR\r\n"
Etags = Mapping[str, str]


class History:
    """What a list held at each sync token, the oldest forgotten first: an unknown token begins anew (RFC 6578, 3.8)."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._most = most
        self._held: OrderedDict[tuple[str, str], Etags] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, path: str, token: str, etags: Etags) -> None:
        with self._lock:
            self._held[path, token] = etags
            self._held.move_to_end((path, token))
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    def at(self, path: str, token: str) -> Etags | None:
        return self._held.get((path, token))


class Folder(BaseCollection):
    """The root, and a person's principal: they hold nothing but what lies below."""

    def __init__(self, path: str) -> None:
        self._path = path

    @property
    def path(self) -> str:
        return self._path

    @property
    def last_modified(self) -> str:
        return format_datetime(datetime(2026, 1, 1, tzinfo=UTC), usegmt=True)

    def get_all(self) -> Iterable[Item]:
        return ()

    def get_multi(self, hrefs: Iterable[str]) -> Iterable[tuple[str, Item | None]]:
        return ((href, None) for href in hrefs)

    def get_meta(self, key: str | None = None) -> Any:  # noqa: ANN401 - a mapping, or one of its values
        return {} if key is None else None


class TaskList(Folder):
    """One person's list. Cancelled tasks are left out: a synchronised list takes away what is gone."""

    def __init__(self, path: str, desk: Desk, reading: Reading, pieces: Pieces, history: History) -> None:
        super().__init__(path)
        self._desk, self._reading, self._pieces, self._history = desk, reading, pieces, history

    @property
    def _minutes(self) -> int:
        return int(self._desk.office.undo_window.total_seconds() // 60)

    @cached_property
    def _sheet(self) -> Sheet:
        return sheet(self._desk, self._reading)

    @cached_property
    def _items(self) -> dict[str, Item]:
        texts = self._pieces.each(self._sheet, lambda ids: entries(self._desk, ids))
        lines = (line for line in self._sheet.lines if line.part_id in texts and not line.cancelled)
        return {f"{line.uid}.ics": self._item(line, texts[line.part_id]) for line in lines}

    def _item(self, line: Line, piece: bytes) -> Item:
        text = f"{HEAD}{piece.decode()}{END}"
        return Item(
            collection=self,
            href=f"{line.uid}.ics",
            uid=line.uid,
            text=text,
            etag=f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"',
            name="VCALENDAR",
            component_name="VTODO",
            time_range=_span(line.due),
            last_modified=format_datetime(line.changed_at.astimezone(UTC), usegmt=True),
        )

    @property
    def last_modified(self) -> str:
        return format_datetime(self._sheet.changed_at.astimezone(UTC), usegmt=True)

    def get_all(self) -> Iterable[Item]:
        return self._items.values()

    def get_multi(self, hrefs: Iterable[str]) -> Iterable[tuple[str, Item | None]]:
        return [(href, self._items.get(href)) for href in hrefs]

    def get_meta(self, key: str | None = None) -> Any:  # noqa: ANN401 - a mapping, or one of its values
        meta = {
            "tag": "VCALENDAR",
            "D:displayname": self._sheet.title,
            "C:supported-calendar-component-set": "VTODO",
            "C:calendar-description": say(self._sheet.language, "tasks.about", minutes=self._minutes),
            "ICAL:calendar-color": COLOUR,
        }
        return meta if key is None else meta.get(key)

    def sync(self, old_token: str = "") -> tuple[str, Iterable[str]]:
        now = {href: item.etag for href, item in self._items.items()}
        token = SYNC + hashlib.sha256(repr(sorted(now.items())).encode()).hexdigest()[:32]
        self._history.note(self.path, token, now)
        if not old_token:
            return token, list(now)
        before = self._history.at(self.path, old_token)
        if before is None:
            raise ValueError("unknown sync token")
        return token, sorted(href for href in before.keys() | now.keys() if before.get(href) != now.get(href))

    def upload(self, href: str, item: Item) -> tuple[Item, Item | None]:
        """What an app makes of a task of ours; there is none of its own. Raises NotForApps."""
        ours = self._items.get(href)
        if ours is None:
            raise NotForApps
        try:
            take(self._desk, self._reading.officer, ours.uid, wanted(item.serialize(), ours.serialize()))
        except Refused as error:
            raise NotForApps from error
        vars(self).pop("_sheet"), vars(self).pop("_items")
        return self._items.get(href, ours), ours


class TaskStorage(BaseStorage):
    """Finds what a path means within the request's transaction."""

    def __init__(self, configuration: Any, *, desks: Callable[[Mode], Any], pieces: Pieces) -> None:  # noqa: ANN401 - Radicale's
        super().__init__(configuration)
        self._desks, self._pieces, self._history = desks, pieces, History()
        self._held = threading.local()

    @contextmanager
    def acquire_lock(self, mode: str, user: str = "", *_: Any, **__: Any) -> Iterator[None]:  # noqa: ANN401, ARG002 - Radicale's
        with self._desks("w" if mode == "w" else "r") as desk:
            self._held.desk = desk
            try:
                yield
            finally:
                del self._held.desk

    def discover(self, path: str, depth: str = "0", *_: Any, **__: Any) -> Iterator[Any]:  # noqa: ANN401 - Radicale's
        names = [name for name in path.split("/") if name]
        if not names:
            yield Folder("")
            return
        desk: Desk = self._held.desk
        reading = reading_of_user(desk, names[0])
        if reading is None or names[1:2] not in ([], [LIST]):
            return
        tasks = TaskList(f"{names[0]}/{LIST}", desk, reading, self._pieces, self._history)
        match names[1:]:
            case []:
                yield Folder(names[0])
                yield from () if depth == "0" else (tasks,)
            case [_]:
                yield tasks
                yield from () if depth == "0" else tasks.get_all()
            case [_, href]:
                yield from (item for _, item in tasks.get_multi([href]) if item is not None)

    def verify(self) -> bool:
        return True


def _span(due: date) -> tuple[int, int]:
    """From midnight to midnight of the due day, in seconds."""
    start = datetime.combine(due, time(), UTC)
    return int(start.timestamp()), int((start + timedelta(days=1)).timestamp())
