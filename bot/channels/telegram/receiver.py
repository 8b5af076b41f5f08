"""Receiving: our own long polling. An update is stored before the next getUpdates confirms it, so no kill loses one.

The library's updater confirms first and lets one malformed update block its batch; here updates are raw JSON until they
are stored, and the offset at the start comes from the database. After a week of silence Telegram's numbers start again
anywhere (core.telegram.org/bots/api#update): while running, the offset follows the last batch, not the highest number.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from bot.channels.common.unbroken import unbroken
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.reading import Lost
from bot.channels.telegram.troubles import Pauses, Worry

log = logging.getLogger(__name__)

WANTED = ("message", "edited_message", "callback_query", "my_chat_member")


class Caller(Protocol):
    def call(self, method: str, *, hold: float = 0.0, **params: object) -> Awaitable[Any]: ...


class Receiver:
    """Polls until it is cancelled; no trouble ends it, none makes it hurry."""

    def __init__(
        self,
        wire: Caller,
        intake: Intake,
        *,
        greet: Callable[[dict[str, Any]], Awaitable[None]],
        wake: Callable[[], object],
        pauses: Pauses | None = None,
    ) -> None:
        self._wire = wire
        self._intake = intake
        self._greet = greet
        self._wake = wake
        self._pauses = pauses or Pauses()
        self._account = ""
        self._offset: int | None = None
        self._worry = Worry(self._pauses)

    @property
    def trouble(self) -> str:
        """Why nothing comes in now; empty while all is well."""
        return self._worry.words

    async def run(self) -> None:
        while True:
            try:
                if not self._account:
                    await self._start()
                await self._poll()
            except Exception as error:  # noqa: BLE001 - the receiver outlives every trouble; each is told and waited out
                await asyncio.sleep(self._note(error))
            else:
                self._worry.over()
                await self._be_alive()

    async def _be_alive(self) -> None:
        """Note that we hear people. A database that is away now is met by the next update, and waited out there."""
        try:
            await unbroken(self._intake.alive)
        except Exception:
            log.exception("it could not be noted that updates come in")

    async def _start(self) -> None:
        """Learn who we are, take a webhook away (it would keep every poll out), go on where the database ends."""
        me = await self._wire.call("getMe")
        await self._wire.call("deleteWebhook")
        last = await unbroken(self._intake.last, str(me["id"]))
        await self._greet(me)
        self._offset = None if last is None else last + 1
        self._account = str(me["id"])
        await self._be_alive()

    async def _poll(self) -> None:
        offset = {} if self._offset is None else {"offset": self._offset}
        hold = self._pauses.hold
        asked = asyncio.get_running_loop().time()
        found = await self._wire.call("getUpdates", hold=hold, timeout=hold, allowed_updates=WANTED, **offset)
        updates = _numbered(found)
        if not updates:
            await self._no_hurry(asked)
        else:
            await unbroken(self._intake.take, self._account, updates)
            self._offset = updates[-1]["update_id"] + 1
            self._wake()

    async def _no_hurry(self, asked: float) -> None:
        """A server that does not hold an empty answer back must not make us ask in circles."""
        held = asyncio.get_running_loop().time() - asked
        await asyncio.sleep(max(0.0, self._pauses.first - held))

    def _note(self, error: Exception) -> float:
        """How long to wait after that."""
        wait = self._worry.note(error)
        if self._worry.kind == "webhook":
            self._account = ""
        return wait


def _numbered(found: object) -> list[dict[str, Any]]:
    """The updates of an answer. One without a number can neither be kept nor confirmed, and is left out loudly."""
    if not isinstance(found, list):
        raise Lost("getUpdates did not answer a list")
    good = [update for update in found if isinstance(update, dict) and type(update.get("update_id")) is int]
    if len(good) < len(found):
        log.error("%d updates came without a number and were left out", len(found) - len(good))
        if not good:
            raise Lost("no update had a number")
    return good
