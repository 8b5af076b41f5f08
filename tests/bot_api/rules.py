"""Where and how often a fault strikes."""

from dataclasses import dataclass, field

from tests.bot_api.faults import Fault


@dataclass(slots=True)
class Rule:
    """A fault with its aim; `nth` counts fitting calls from 1.

    Without a method it strikes all calls but getUpdates and the download of a file.
    """

    number: int
    fault: Fault
    method: str | None = None
    chat: int | None = None
    nth: int = 1
    times: int | None = 1  # None: until it is cleared
    every: int = 1
    seen: int = 0
    hits: int = 0

    def fits(self, method: str, chat: int | None) -> bool:
        right_method = method == self.method if self.method else method not in {"getUpdates", "file"}
        return right_method and self.chat in (None, chat) and (self.times is None or self.hits < self.times)

    def strikes(self) -> bool:
        self.seen += 1
        if self.seen < self.nth or (self.seen - self.nth) % self.every:
            return False
        self.hits += 1
        return True


@dataclass(slots=True)
class Rules:
    rules: list[Rule] = field(default_factory=list)

    def add(self, rule: Rule) -> None:
        self.rules.append(rule)

    def strike(self, method: str, chat: int | None) -> Fault | None:
        """The fault for this call, if any. Every fitting rule counts the call; the oldest that strikes wins."""
        for rule in self.rules:
            if rule.fits(method, chat) and rule.strikes():
                return rule.fault
        return None
