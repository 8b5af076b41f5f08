"""How often one address may miss with a secret: guessing is hopeless anyway, this keeps it cheap for us."""

import threading
import time
from collections import deque
from collections.abc import Callable

MOST_ADDRESSES = 10_000


class Misses:
    """At most `most` misses in `seconds` for each address; addresses are forgotten oldest first."""

    def __init__(self, most: int = 20, seconds: float = 60, tick: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._tick = most, seconds, tick
        self._seen: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._seen)

    def count(self, address: str) -> None:
        with self._lock:
            self._seen.setdefault(address, deque(maxlen=self._most)).append(self._tick())
            while len(self._seen) > MOST_ADDRESSES:
                self._seen.pop(next(iter(self._seen)))

    def too_many(self, address: str) -> bool:
        with self._lock:
            misses = self._seen.get(address, deque())
            return len(misses) == self._most and self._tick() - misses[0] < self._seconds
