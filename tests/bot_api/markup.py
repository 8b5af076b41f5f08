"""A strict little reader of Telegram's HTML: text and entities, or the refusal Telegram would give.

Source: core.telegram.org/bots/api#html-style; wording of the refusals: tdlib/td, `parse_html`. Lengths in UTF-16 units.
"""

import re
from dataclasses import dataclass, field

from tests.bot_api.errors import careless
from tests.bot_api.world import Json

TAGS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(lt|gt|amp|quot)(?![A-Za-z]));?")
TAG = re.compile(r"""<(/?)([^\s<>]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>""")
ATTRIBUTE = re.compile(r"""\s+([\w-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[\w.-]+))?""")


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def unescape(text: str) -> str:
    return REFERENCE.sub(_character, text)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return the text without markup and its entities in reading order, or refuse with "can't parse entities"."""
    reader = _Reader(source)
    reader.read()
    return trim(reader.text, sorted(reader.entities, key=lambda entity: (entity["offset"], -entity["length"])))


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Cut the white space around a text, as Telegram does, and move its entities along."""
    cut = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] - cut + entity["length"], utf16_length(text))
        if end > start:
            kept.append(entity | {"offset": start, "length": end - start})
    return text, kept


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    at: int


@dataclass(slots=True)
class _Reader:
    source: str
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)

    def read(self) -> None:
        position = 0
        while (start := self.source.find("<", position)) >= 0:
            self.text += unescape(self.source[position:start])
            position = self._tag(start)
        self.text += unescape(self.source[position:])
        if self.opened:
            raise _wrong(f'can\'t find end tag corresponding to start tag "{self.opened[-1].tag}"')

    def _tag(self, start: int) -> int:
        tag = TAG.match(self.source, start)
        if tag is None:
            name = re.split(r"[\s<>]", self.source[start + 1 :])[0]
            raise _wrong(f'unsupported start tag "{name}" or unclosed tag at byte offset {self._bytes(start)}')
        (self._close if tag[1] else self._open)(tag[2].lower(), tag[3], start)
        return tag.end()

    def _open(self, name: str, rest: str, at: int) -> None:
        if name not in TAGS:
            raise _wrong(f'unsupported start tag "{name}" at byte offset {self._bytes(at)}')
        attributes = {key: unescape(value.strip("\"'")) for key, value in ATTRIBUTE.findall(rest)}
        if ATTRIBUTE.sub("", rest).strip():
            raise _wrong(f'bad attribute in the tag "{name}" at byte offset {self._bytes(at)}')
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _wrong(f'tag "span" must have class "tg-spoiler" at byte offset {self._bytes(at)}')
        self.opened.append(_Open(name, attributes, utf16_length(self.text), at))

    def _close(self, name: str, rest: str, at: int) -> None:
        if not self.opened:
            raise _wrong(f"unexpected end tag at byte offset {self._bytes(at)}")
        opened = self.opened.pop()
        if rest.strip() or name not in ("", opened.tag):
            found = f'expected "</{opened.tag}>", found "</{name}>"'
            raise _wrong(f"unmatched end tag at byte offset {self._bytes(at)}, {found}")
        length = utf16_length(self.text) - opened.offset
        if length:
            entity = {"type": TAGS[opened.tag], "offset": opened.offset, "length": length}
            self.entities.append(entity | _extra(opened))

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode())


def _extra(opened: _Open) -> Json:
    if opened.tag == "a":
        if "href" not in opened.attributes:
            raise _wrong(f"a link without href at character {opened.at}")
        return {"url": opened.attributes["href"]}
    if opened.tag == "tg-emoji":
        return {"custom_emoji_id": opened.attributes.get("emoji-id", "")}
    return {}


def _character(reference: re.Match[str]) -> str:
    if reference[3]:
        return NAMED[reference[3]]
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return chr(code) if 0 < code < 0x10FFFF else reference[0]


def _wrong(reason: str) -> Exception:
    return careless(f"can't parse entities: {reason}")
