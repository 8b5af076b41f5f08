"""Telegram's pace: how fast we write, in all and to one chat, so that it seldom has to tell us to wait.

Source: core.telegram.org/bots/faq, "My bot is hitting limits": about 30 messages a second in all, one a second to a
chat with short bursts, 20 a minute to a group. A chat that answered 429 rests alone; the others go on.
"""

from collections.abc import Callable

from bot.channels.common.pacing import Pacing
from bot.channels.pacing import Arrivals, Bucket, Pace, Together, Window

MOST = 30
"""Messages that may arrive within a second."""
MARGIN = 0.005
"""Seconds by which a message may be quicker on its way than the quickest that is remembered."""
AT_ONCE = 10
"""Messages that may leave at one moment: what was held up is caught up with, and a rush does not leave in one lump."""
GROUP_SPACE = 1.1
"""Seconds between two messages to a group: a little more than one, because clocks differ."""


def pacing(now: Callable[[], float] | None = None) -> Pacing:
    return Pacing(overall(), for_chat, now)


def overall() -> Pace:
    """30 arrive in any second at most, whatever held one of them up before its way or on it; and they leave evenly."""
    return Together((Arrivals(MOST, 1.0, MARGIN), Bucket(AT_ONCE, 1.0 / MOST)))


def for_chat(chat: str) -> Pace:
    """One a second with a burst of three for a person; groups have negative ids, and no burst, and 20 a minute."""
    return Together((Window(20, 60.0), Bucket(1, GROUP_SPACE))) if chat.startswith("-") else Bucket(3, 1.0)
