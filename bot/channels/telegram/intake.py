"""Taking updates in: each is stored as it came, in a committed transaction, before Telegram is told that we have it."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from bot.channels.telegram.messenger import CHANNEL
from usecases import outage
from usecases.inbox import last_source, take_in
from usecases.office import Office

log = logging.getLogger(__name__)

Update = dict[str, Any]
NOTE_EVERY = timedelta(seconds=30)


class Intake:
    """Blocking; called in a thread. Storing an update that is stored already changes nothing."""

    def __init__(self, office: Office, now: Callable[[], datetime]) -> None:
        self._office = office
        self._now = now
        self._noted: datetime | None = None

    def last(self, account: str) -> int | None:
        """The number of the last update stored for this bot: the next poll confirms up to it."""
        with self._office.read(self._now()) as desk:
            return last_source(desk, CHANNEL, account)

    def alive(self) -> None:
        """Note now and then that we hear people, so that the next start knows how long nobody was heard."""
        now = self._now()
        if self._noted is None or not timedelta() <= now - self._noted < NOTE_EVERY:
            with self._office.write(now) as desk:
                outage.alive(desk, CHANNEL)
            self._noted = now

    def take(self, account: str, updates: Iterable[Update]) -> None:
        """Store them all or raise. One that the database will not take is kept as a note of itself."""
        batch = list(updates)
        try:
            self._store(account, batch)
        except Exception:  # noqa: BLE001 - whatever one update does to the database, the others are tried alone
            log.warning("%d updates could not be stored together, trying one by one", len(batch))
            for update in batch:
                self._store_somehow(account, update)

    def _store(self, account: str, batch: list[Update]) -> None:
        with self._office.write(self._now()) as desk:
            for update in batch:
                number = str(update["update_id"])
                take_in(desk, channel=CHANNEL, account=account, source_id=number, payload=update)

    def _store_somehow(self, account: str, update: Update) -> None:
        try:
            self._store(account, [update])
        except Exception as error:
            # When the database itself is away the note fails too, and nothing is confirmed.
            note = {"update_id": update["update_id"], "unreadable": type(error).__name__}
            self._store(account, [note])
            log.exception("update %s could not be stored as it came", update["update_id"])
