"""Receiving: our own long polling. An update is stored before the next getUpdates confirms it, so no kill loses one.

The library's updater confirms first and lets one malformed update block its batch; here updates are raw JSON until they
are stored, and the offset at the start comes from the database. After a week of silence Telegram's numbers start again
anywhere (core.telegram.org/bots/api#update): while running, the offset follows the last batch, not the highest number.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol, TypeVar

from telegram.error import TelegramError

from bot.channels.telegram.errors import BAD_TOKEN
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.reading import Lost, Said

log = logging.getLogger(__name__)

T = TypeVar("T")

WANTED = ("message", "edited_message", "callback_query", "my_chat_member")


class Caller(Protocol):
    def call(self, method: str, *, hold: float = 0.0, **params: object) -> Awaitable[Any]: ...


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds. `hold`: how long Telegram keeps an empty answer back. After trouble: `first`, doubling up to `most`."""

    hold: int = 25
    first: float = 1.0
    most: float = 60.0
    conflict: float = 5.0
    token: float = 60.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing comes in: `kind` tells one trouble from the next, `wait` is the first pause or the fixed one."""

    kind: str
    words: str
    wait: float
    grows: bool = True


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
        self._trouble: Trouble | None = None
        self._failures = 0

    @property
    def trouble(self) -> str:
        """Why nothing comes in now; empty while all is well."""
        return self._trouble.words if self._trouble else ""

    async def run(self) -> None:
        while True:
            try:
                if not self._account:
                    await self._start()
                await self._poll()
            except Exception as error:  # noqa: BLE001 - the receiver outlives every trouble; each is told and waited out
                await asyncio.sleep(self._note(error))
            else:
                self._all_well()

    async def _start(self) -> None:
        """Learn who we are, take a webhook away (it would keep every poll out), go on where the database ends."""
        me = await self._wire.call("getMe")
        await self._wire.call("deleteWebhook")
        last = await unbroken(self._intake.last, str(me["id"]))
        await self._greet(me)
        self._offset = None if last is None else last + 1
        self._account = str(me["id"])

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
        """Say what is wrong, once for each trouble, and how long to wait."""
        trouble = read_trouble(error, self._pauses)
        if self._trouble is None or self._trouble.kind != trouble.kind:
            self._failures = 0
            level = logging.CRITICAL if trouble.kind == "token" else logging.WARNING
            log.log(level, "nothing comes in from Telegram: %s", trouble.words)
            if trouble.kind == "fault":
                log.error("the receiver met a fault of its own", exc_info=error)
        if trouble.kind == "webhook":
            self._account = ""
        self._trouble = trouble
        self._failures += 1
        return self._pause(trouble)

    def _pause(self, trouble: Trouble) -> float:
        if not trouble.grows:
            return trouble.wait
        return min(self._pauses.most, trouble.wait * float(2 ** min(self._failures - 1, 10)))

    def _all_well(self) -> None:
        if self._trouble is not None:
            log.warning("Telegram's updates come in again")
        self._trouble = None
        self._failures = 0


def read_trouble(error: Exception, pauses: Pauses) -> Trouble:
    """What a failed turn means for the next one."""
    match error:
        case Said(code=HTTPStatus.CONFLICT) if "webhook" in error.words.lower():
            return Trouble("webhook", "somebody set a webhook for this bot; it is taken away again", pauses.first)
        case Said(code=HTTPStatus.CONFLICT):
            words = "another program polls with the same token; this one steps back and tries again"
            return Trouble("conflict", f"{words} ({error.words})", pauses.conflict)
        case Said(code=code) if code in BAD_TOKEN:
            words = "the bot's token is refused, check RUQI_TELEGRAM_TOKEN"
            return Trouble("token", f"{words} ({error.words})", pauses.token, grows=False)
        case Said(retry_after=int(wait)):
            return Trouble("flood", f"asked to wait {wait} s", float(wait), grows=False)
        case TelegramError():
            return Trouble("network", error.message, pauses.first)
        case _:
            return Trouble("fault", f"{type(error).__name__}: {str(error).partition(chr(10))[0]}", pauses.first)


async def unbroken(work: Callable[..., T], *args: object) -> T:
    """Run blocking work in a thread. A cancel waits for its end, so that the database is not closed under it."""
    task = asyncio.create_task(asyncio.to_thread(work, *args))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


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
