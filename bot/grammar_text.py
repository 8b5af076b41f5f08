"""Text as it was typed, and folded beside it: sign for sign, so that every place in one is a place in the other.

Folded means: half-width digits and punctuation, small letters, the few traditional signs our words need, spaces for
line breaks. Signs that nobody sees (zero-width, direction marks, controls) are gone from both.
"""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 4096
"""What one Telegram message holds; what is longer is cut there."""
_TRADITIONAL = str.maketrans(
    "辦簽結銷報後單號個無為還沒嗎麼時間撥點們屬於說轉給請讓應該歸職責務範圍緩寬實遲達絡聯繼復復暫週測試訊確認發會議過來這項將從對學課參內兩幾當進現據關"
    "體員長級處廳區縣鎮鄉閱齊補備業傳處隊場稅證審從舉辭換頁測開寫讀調見條種類別並麗與臨",
    "办签结销报后单号个无为还没吗么时间拨点们属于说转给请让应该归职责务范围缓宽实迟达络联继复复暂周测试讯确认发会议过来这项将从对学课参内两几当进现据关"
    "体员长级处厅区县镇乡阅齐补备业传处队场税证审从举辞换页测开写读调见条种类别并丽与临",
)
_FULL_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_SPACES = dict.fromkeys(map(ord, "\t\n\r\u3000\u00a0\u2028\u2029"), " ")
_FOLD = _FULL_WIDTH | _TRADITIONAL | _SPACES
_LOOKALIKE = re.compile("(?<![自知一利律])[己巳](?=经?[办完收报签阅做落上开结销])")
"""己办 for 已办: the two look alike on a small screen."""
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
    return Said(typed, _LOOKALIKE.sub("已", flat))
