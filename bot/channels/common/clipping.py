"""Text that a messenger takes: clean, no longer than it allows, cut where no character breaks."""

import unicodedata
from collections.abc import Callable

from texts.unseen import UNSEEN

MORE = "…"
JOINERS = frozenset("\u200d\ufe0e\ufe0f")
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)
SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
CLEAN = {**UNSEEN, **SURROGATES}
NEAR = 200
"""How far back from the limit a line end is still preferred to a cut within a line."""

Size = Callable[[str], int]


def clean(text: str) -> str:
    """The text without what no messenger takes and no reader sees: controls, overrides, halves of characters."""
    return text.translate(CLEAN)


def octets(text: str) -> int:
    """The length in bytes of UTF-8, as the Chinese platforms count."""
    return len(text.encode("utf-8", "replace"))


def clip(text: str, most: int, size: Size = len) -> str:
    """The text itself, or its beginning with an ellipsis, at most `most` long as `size` measures it."""
    if size(text) <= most:
        return text
    end = _fitting(text, most - size(MORE), size)
    line_end = text.rfind("\n", max(0, end - NEAR), end)
    cut = line_end if line_end > 0 else _whole(text, end)
    return text[:cut].rstrip() + MORE


def _fitting(text: str, most: int, size: Size) -> int:
    """How many characters fit."""
    used = 0
    for place, char in enumerate(text):
        used += size(char)
        if used > most:
            return place
    return len(text)


def _whole(text: str, end: int) -> int:
    """The nearest place at or before `end` that is not inside what a reader sees as one character."""
    place = end
    while 0 < place < len(text) and _belongs(text[place - 1], text[place]):
        place -= 1
    return place or end


def _belongs(before: str, char: str) -> bool:
    joined = char in JOINERS or before == "\u200d" or bool(unicodedata.combining(char))
    flag = ord(before) in FLAG_LETTERS and ord(char) in FLAG_LETTERS
    return joined or flag or ord(char) in SKIN_TONES
