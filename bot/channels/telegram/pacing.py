"""Telegram's pace: how fast we write, in all and to one chat, so that it seldom has to tell us to wait.

Source: core.telegram.org/bots/faq, "My bot is hitting limits": about 30 messages a second in all, one a second to a
chat with short bursts, 20 a minute to a group. A chat that answered 429 rests alone; the others go on.
"""

from collections.abc import Callable

from bot.channels.common.pacing import Pacing
from bot.channels.pacing import Bucket, Pace, Together, Window

MOST = 29
"""Messages a second; one less than allowed, since messages do not all travel equally long."""
GROUP_SPACE = 1.1
"""Seconds between two messages to a group: a little more than one, because clocks differ."""


def pacing(now: Callable[[], float] | None = None) -> Pacing:
    return Pacing(overall(), for_chat, now)


def overall() -> Pace:
    """29 a second, evenly: what leaves in one rush may arrive beside the next one and be counted with it."""
    return Together((Window(MOST, 1.0), Bucket(2, 1.0 / MOST)))


def for_chat(chat: str) -> Pace:
    """One a second with a burst of three for a person; groups have negative ids, and no burst, and 20 a minute."""
    return Together((Window(20, 60.0), Bucket(1, GROUP_SPACE))) if chat.startswith("-") else Bucket(3, 1.0)
