"""Telegram's pace: how fast we write, in all and to one chat, so that it seldom has to tell us to wait.

Source: core.telegram.org/bots/faq, "My bot is hitting limits": about 30 messages a second in all, one a second to a
chat with short bursts, 20 a minute to a group. A chat that answered 429 rests alone; the others go on.
"""

from collections.abc import Callable

from bot.channels.common.pacing import Pacing
from bot.channels.pacing import Bucket, Pace, Together, Window

MOST = 30
"""Messages that may arrive within a second."""
SPREAD = 0.033
"""Seconds by which one message may be longer on its way than another: 30 ms for the way, 3 for our own sending."""
GROUP_SPACE = 1.1
"""Seconds between two messages to a group: a little more than one, because clocks differ."""


def pacing(now: Callable[[], float] | None = None) -> Pacing:
    return Pacing(overall(), for_chat, now)


def overall() -> Pace:
    """30 in any second and the spread of the way, evenly. Whoever was held up and catches up keeps to that too."""
    span = 1.0 + SPREAD
    return Together((Window(MOST, span), Bucket(2, span / MOST)))


def for_chat(chat: str) -> Pace:
    """One a second with a burst of three for a person; groups have negative ids, and no burst, and 20 a minute."""
    return Together((Window(20, 60.0), Bucket(1, GROUP_SPACE))) if chat.startswith("-") else Bucket(3, 1.0)
