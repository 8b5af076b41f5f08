"""The queue of updates with the semantics of getUpdates: asking for an offset confirms everything before it.

Source: core.telegram.org/bots/api#getupdates; how long each kind is kept: telegram-bot-api, `Client.cpp`, `add_update`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

DAY = 86_400.0
LIFETIMES = {"callback_query": 150.0}  # seconds; everything else is kept for a day
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Update:
    """One update in the queue. A poisoned one is malformed on purpose: `body` is the whole object as it goes out."""

    id: int
    body: dict[str, Any]
    expires_at: float
    poison: bool = False


@dataclass(slots=True)
class UpdateQueue:
    next_id: int = 700_000_001
    pending: list[Update] = field(default_factory=list)
    allowed: frozenset[str] | None = None
    on_push: Callable[[], None] = lambda: None

    def allow(self, kinds: list[str] | None) -> None:
        """Remember allowed_updates: an empty list means the default, a missing one the setting before."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def push(self, kind: str, body: dict[str, Any], *, now: float) -> int | None:
        """Queue one update; None when the bot did not ask for its kind."""
        if (kind in NOT_BY_DEFAULT) if self.allowed is None else (kind not in self.allowed):
            return None
        return self._append({kind: body}, now + LIFETIMES.get(kind, DAY), poison=False)

    def push_raw(self, body: dict[str, Any], *, now: float) -> int:
        """Queue a malformed update as it is, with the next number unless it brings its own."""
        return self._append(body, now + DAY, poison=True)

    def take(self, offset: int, limit: int, *, now: float) -> list[Update]:
        """Forget what `offset` confirms and what is too old; hand out the rest, which stays until it is confirmed."""
        self.pending = [update for update in self.pending if update.expires_at > now]
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset > 0:
            self.pending = [update for update in self.pending if update.id >= offset]
        return self.pending[:limit]

    def _append(self, body: dict[str, Any], expires_at: float, *, poison: bool) -> int:
        number = self.next_id
        self.next_id += 1
        self.pending.append(Update(number, {"update_id": number} | body, expires_at, poison))
        self.on_push()
        return number
