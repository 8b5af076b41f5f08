"""Signs that hide, or that reorder what stands beside them: none of them leaves by any way, whoever wrote it.

Controls but for tab and line feed, marks and overrides of direction, line and paragraph separators, the byte order mark
(Unicode's Bidi_Control, and Trojan Source, CVE-2021-42574). What joins emoji and scripts stays.
"""

from collections.abc import Mapping

UNSEEN: Mapping[int, None] = dict.fromkeys(
    (
        *(sign for sign in range(0x20) if chr(sign) not in "\t\n"),
        *range(0x7F, 0xA0),
        *(0x061C, 0x200E, 0x200F, 0xFEFF),
        *range(0x2028, 0x202F),
        *range(0x2066, 0x206A),
    )
)


def without_unseen(text: str) -> str:
    return text.translate(UNSEEN)
