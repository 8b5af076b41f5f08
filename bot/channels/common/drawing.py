"""Drawing a message: a headline and lines, links that stand behind no button as lines, and the buttons that answer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.channels.common.clipping import clean
from texts.values import Button, Message

LINK = re.compile(r"https?://[!-~]+")
_LOOKALIKES = str.maketrans({"*": "＊", "`": "｀", "<": "＜", "~": "～"})
_LEADING = re.compile(r"^([#>])")
_WIDE = {"#": "＃", ">": "＞"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is shown. `head` is the first line; `rows` are the buttons that come back when they are pressed."""

    head: str
    lines: tuple[str, ...]
    rows: tuple[tuple[Button, ...], ...]

    @property
    def body(self) -> str:
        return "\n".join(self.lines)

    @property
    def text(self) -> str:
        return "\n".join((self.head, *self.lines)) if self.head else ""

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)


def draw(message: Message, *, links: bool = False) -> Drawn:
    """With `links`, buttons that lead to an address stay buttons; else each is a line of its own."""
    buttons = [[one for one in row if clean(one.label).strip()] for row in message.buttons]
    rows = tuple(tuple(one for one in row if one.data or (links and is_link(one.url))) for row in buttons)
    shown = [f"{one.label} {one.url}" for row in buttons for one in row if one.url and not (links and is_link(one.url))]
    lines = clean("\n".join([*message.lines, *shown])).strip().split("\n")
    return Drawn(lines[0], tuple(lines[1:]), tuple(row for row in rows if row))


def is_link(url: str) -> bool:
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    return address.scheme in {"http", "https"} and bool(address.hostname)


def as_markdown(head: str, lines: Iterable[str], line_end: str = "\n") -> str:
    """A bold first line and plain ones. Markdown of the Chinese chats has no escape: marks become their lookalikes."""
    drawn = [f"**{_plain(head)}**"] if head else []
    return line_end.join([*drawn, *(_plain(line) for line in lines)])


def _plain(line: str) -> str:
    """The line without marks, its links as they were."""
    links, rest = LINK.findall(line), LINK.split(line)
    cleaned = [part.translate(_LOOKALIKES).replace("](", "］（") for part in rest]
    woven = "".join(part + link for part, link in zip(cleaned, [*links, ""], strict=True))
    return _LEADING.sub(lambda found: _WIDE[found[1]], woven)
