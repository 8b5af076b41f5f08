"""Text that Telegram takes: clean, and no longer than it allows, counted as it counts, cut where no character breaks.

Source: core.telegram.org/bots/api#sendmessage: 4096 characters after entities parsing, counted in UTF-16 code units.
"""

import unicodedata

LONGEST = 4096
MORE = "…"
TWO_UNITS_FROM = 0x10000
JOINERS = frozenset("\u200d\ufe0e\ufe0f")
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)
CONTROLS = {n: None for n in range(32) if chr(n) not in "\n\t"}
SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
CLEAN = CONTROLS | SURROGATES
NEAR = 200
"""How far back from the limit a line end is still preferred to a cut within a line."""


def clean(text: str) -> str:
    """The text without what no messenger and no database takes: control characters and halves of characters."""
    return text.translate(CLEAN)


def units(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text) + sum(ord(char) >= TWO_UNITS_FROM for char in text)


def clip(text: str, most: int = LONGEST) -> str:
    """The text itself, or its beginning with an ellipsis, at most `most` UTF-16 units long."""
    if units(text) <= most:
        return text
    end = _fitting(text, most - len(MORE))
    line_end = text.rfind("\n", max(0, end - NEAR), end)
    cut = line_end if line_end > 0 else _whole(text, end)
    return text[:cut].rstrip() + MORE


def _fitting(text: str, most: int) -> int:
    """How many characters fit into `most` units."""
    used = 0
    for place, char in enumerate(text):
        used += 2 if ord(char) >= TWO_UNITS_FROM else 1
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
