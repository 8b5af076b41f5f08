"""Taking in: what a chat tells is stored as it came, in a committed transaction, before it hears that we have it."""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from storage import inbox
from usecases import outage
from usecases.inbox import take_in
from usecases.office import Office

log = logging.getLogger(__name__)

LONGEST_ID = 80
"""What the inbox keeps of a name; a longer one goes in as its digest."""


class Intake:
    """Blocking; called in the chat's own thread. Storing what is stored already changes nothing."""

    def __init__(self, channel: str, account: str, office: Office, now: Callable[[], datetime]) -> None:
        self._channel = channel
        self._account = account
        self._office = office
        self._now = now

    def take(self, source_id: str, payload: dict[str, Any]) -> int:
        """Store one event, or raise; gives its row's id. What the database will not take is kept as a note."""
        source = source_id if len(source_id) <= LONGEST_ID else hashlib.sha256(source_id.encode()).hexdigest()
        try:
            return self._store(source, payload)
        except Exception as error:
            # When the database itself is away the note fails too, and nothing is confirmed.
            row_id = self._store(source, {"unreadable": type(error).__name__})
            log.exception("what came from %s as %s could not be stored as it came", self._channel, source)
            return row_id

    def alive(self) -> None:
        """Note that people are heard now; after an outage whoever may have pressed in vain is told."""
        try:
            with self._office.write(self._now()) as desk:
                outage.alive(desk, self._channel)
        except Exception:
            log.exception("that %s hears people could not be noted", self._channel)

    def handled(self, row_id: int) -> bool:
        """Whether the row's effect is committed."""
        with self._office.read(self._now()) as desk:
            row = inbox.by_id(desk.tx, row_id)
        return row is not None and row.handled_at is not None and not row.error

    def _store(self, source: str, payload: dict[str, Any]) -> int:
        with self._office.write(self._now()) as desk:
            take_in(desk, channel=self._channel, account=self._account, source_id=source, payload=payload)
            row = inbox.by_source(desk.tx, self._channel, self._account, source)
        assert row is not None  # noqa: S101 - just stored
        return row.id
