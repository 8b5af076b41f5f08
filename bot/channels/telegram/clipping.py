"""Text that Telegram takes: no longer than it allows, counted as it counts.

Source: core.telegram.org/bots/api#sendmessage: 4096 characters after entities parsing, counted in UTF-16 code units.
"""

from bot.channels.common import clipping
from bot.channels.common.clipping import clean

__all__ = ["LONGEST", "clean", "clip", "units"]

LONGEST = 4096
TWO_UNITS_FROM = 0x10000


def units(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text) + sum(ord(char) >= TWO_UNITS_FROM for char in text)


def clip(text: str, most: int = LONGEST) -> str:
    """The text itself, or its beginning with an ellipsis, at most `most` UTF-16 units long."""
    return clipping.clip(text, most, units)
