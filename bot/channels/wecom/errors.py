"""What WeCom's refusals mean, as a table by code; and what the library's exceptions say became of a frame.

Source: developer.work.weixin.qq.com/document/path/90313 (global codes); 8466xx are the AI bot's own, as seen in use.
"""

import re
from collections.abc import Mapping

from bot.channels.common.calls import Lost, Meaning, Said, Unsent

MEANINGS: Mapping[str, Meaning] = {
    "-1": "again",
    "6000": "again",
    "45009": "busy",
    "45033": "busy",
    "846607": "busy",
    "846609": "again",
    "846605": "stale",
    "846608": "stale",
    "40003": "gone",
    "60111": "gone",
    "81013": "gone",
    "86003": "gone",
    "86215": "gone",
    "93006": "gone",
    "48002": "config",
    "301002": "config",
    "853000": "config",
    "40016": "plain",
    "42*": "plain",
}
_ACK = re.compile(r"errcode=(-?\d+), errmsg=(.*)", re.DOTALL)
_NEVER_LEFT = ("not connected", "exceeds max size")


def read_error(error: Exception) -> Exception:
    """One of ours for whatever `WSClient.send_message` and its like raise."""
    words = str(error)
    if found := _ACK.search(words):
        return Said(found[1], found[2])
    if isinstance(error, RuntimeError) and any(part in words for part in _NEVER_LEFT):
        return Unsent("not connected")
    return Lost(f"no answer from WeCom ({type(error).__name__})")
