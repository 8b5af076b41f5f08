"""Telegram's limits on sending, when a test asks for them: 30 a second, 1 a second per chat, 20 a minute per group.

Source: core.telegram.org/bots/faq, "My bot is hitting limits". The real ones bend; these are strict windows.
"""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

EVERYWHERE = "everywhere"


@dataclass(slots=True)
class Limits:
    overall: int = 0  # a second; 0: no limit
    per_chat: int = 0  # a second
    per_group: int = 0  # a minute; groups have negative chat ids
    _sent: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def wait(self, method: str, chat: int | None, now: float) -> int:
        """Return the seconds this call has to wait, 0 when it may go; only a call that may go is counted."""
        if chat is None or method == "sendChatAction" or not method.startswith(("send", "edit")):
            return 0
        windows = [(EVERYWHERE, self.overall, 1.0), (f"chat {chat}", self.per_chat, 1.0)]
        windows += [(f"group {chat}", self.per_group, 60.0)] if chat < 0 else []
        windows = [window for window in windows if window[1]]
        waits = [self._room_at(name, most, span, now) - now for name, most, span in windows]
        if any(wait > 0 for wait in waits):
            return max(1, math.ceil(max(waits)))
        for name, _, _ in windows:
            self._sent[name].append(now)
        return 0

    def _room_at(self, name: str, most: int, span: float, now: float) -> float:
        sent = self._sent[name]
        while sent and sent[0] <= now - span:
            sent.popleft()
        return sent[-most] + span if len(sent) >= most else now
