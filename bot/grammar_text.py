"""Text as it was typed, and folded beside it: sign for sign, so that every place in one is a place in the other.

Folded means: half-width digits and punctuation, small letters, the few traditional signs our words need, spaces for
line breaks. Signs that nobody sees (zero-width, direction marks, controls) are gone from both.
"""

import unicodedata
from dataclasses import dataclass

LONGEST = 4096
"""What one Telegram message holds; what is longer is cut there."""
_TRADITIONAL = str.maketrans(
    "辦簽結銷報後單號個無為還沒嗎麼時間撥點們屬於說", "办签结销报后单号个无为还没吗么时间拨点们属于说"
)
_FULL_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_SPACES = dict.fromkeys(map(ord, "\t\n\r\u3000\u00a0\u2028\u2029"), " ")
_FOLD = _FULL_WIDTH | _TRADITIONAL | _SPACES
EDGE = " ,.;:!?~。、…"
"""Punctuation around a word that does not change what it means."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Said:
    """`typed` and `flat` have the same length."""

    typed: str
    flat: str

    def word(self) -> str:
        """The folded text without the punctuation around it."""
        return self.flat.strip(EDGE)

    def after(self, place: int) -> "Said":
        """What follows `place`, without the space and punctuation in between."""
        rest = self.flat[place:]
        start = place + len(rest) - len(rest.lstrip(" ,.;:。、-"))
        return Said(self.typed[start:], self.flat[start:])


def fold(text: str) -> Said:
    seen = "".join(sign for sign in text[:LONGEST] if sign in "\t\n\r" or unicodedata.category(sign) not in _UNSEEN)
    typed = seen.strip()
    flat = "".join(lower if len(lower := sign.lower()) == 1 else sign for sign in typed.translate(_FOLD))
    return Said(typed, flat)
