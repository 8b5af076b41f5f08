"""The channel as the program holds it: something that sends, something that handles, something that runs."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from starlette.types import ASGIApp

from bot.channels.common.answering import DEFAULT_LANGUAGE
from bot.channels.common.fetching import Fetcher
from bot.channels.telegram.endpoint import Endpoint, hush
from bot.channels.telegram.fetching import getting
from bot.channels.telegram.handling import Handling
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.menu import set_menus
from bot.channels.telegram.messenger import CHANNEL, TelegramMessenger
from bot.channels.telegram.presses import Presses
from bot.channels.telegram.receiver import Receiver
from bot.channels.telegram.translate import Me
from bot.channels.telegram.troubles import Pauses
from bot.channels.telegram.webhook import Webhook
from bot.channels.telegram.wire import Wire
from storage import inbox, people
from storage.rows import InboxRow
from texts.catalogue import say
from usecases import enroll, groups
from usecases.office import Desk, Office


class Clock(Protocol):
    def now(self) -> datetime: ...


class Telegram:
    """One bot. `wake` is called in the loop after updates were stored and must not block.

    With `webhook` Telegram calls us, under the office's address, else we poll.

    `handle` goes to `usecases.inbox.handle_waiting` for the channel "telegram"; `messenger` to whoever delivers; `run`
    receives until it is cancelled; `close` comes last, after the deliveries have stopped.
    """

    channel = CHANNEL

    def __init__(  # noqa: PLR0913, PLR0917 - what the program hands to a channel
        self,
        token: str,
        base_url: str | None,
        office: Office,
        clock: Clock,
        wake: Callable[[], object],
        proxy: str | None = None,
        *,
        pauses: Pauses | None = None,
        webhook: bool = False,
    ) -> None:
        hush()
        self._endpoint = Endpoint(token, base_url)
        self._office = office
        self._clock = clock
        self._me = Me(_id_in(token))
        self.messenger = TelegramMessenger(self._endpoint, self, proxy=proxy)
        self._presses = Presses(self.messenger.answer_press, self._handled)
        self._wire = Wire(self._endpoint, proxy)
        self._fetcher = Fetcher(CHANNEL, office, clock.now, getting(self._wire, self._endpoint))
        self._handling = Handling(lambda: self._me, self._presses.put, self._fetcher.expect)
        intake = Intake(office, clock.now)
        ears: dict[str, Any] = {"greet": self._greet, "wake": wake, "pauses": pauses}
        self._receiver: Receiver | Webhook = Receiver(self._wire, intake, **ears)
        if webhook:
            self._receiver = Webhook(self._wire, intake, token=token.strip(), base_url=office.base_url, **ears)

    def __repr__(self) -> str:
        return f"Telegram({self._endpoint!r})"

    @property
    def trouble(self) -> str:
        """Why nothing comes in now; empty while all is well. For the readiness page."""
        return self._receiver.trouble

    @property
    def routes(self) -> Mapping[str, ASGIApp]:
        """What the pages serve for us: nothing while we poll."""
        return self._receiver.routes if isinstance(self._receiver, Webhook) else {}

    def handle(self, desk: Desk, row: InboxRow) -> None:
        self._handling.handle(desk, row)

    async def run(self) -> None:
        """Receive until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._presses.run())
            group.create_task(self._receiver.run())
            group.create_task(self._fetcher.run())

    async def close(self) -> None:
        await self._wire.close()
        await self.messenger.close()

    def moved(self, old: str, new: str) -> None:
        with self._office.write(self._clock.now()) as desk:
            enroll.moved_chat(desk, CHANNEL, old, new)
            groups.moved_group(desk, CHANNEL, old, new)

    def left_topic(self, address: str, main: str) -> None:
        with self._office.write(self._clock.now()) as desk:
            groups.left_topic(desk, CHANNEL, address, main)

    def repeat_line(self, address: str) -> str:
        """The mark of a possible repeat, in the language of whoever is written to."""
        with self._office.read(self._clock.now()) as desk:
            contact = people.contact_at(desk.tx, CHANNEL, address)
            officer = people.officer_by_id(desk.tx, contact.officer_id) if contact else None
        return say(officer.language if officer else DEFAULT_LANGUAGE, "remind.repeat")

    def _handled(self, row_id: int) -> bool:
        with self._office.read(self._clock.now()) as desk:
            row = inbox.by_id(desk.tx, row_id)
        return row is not None and row.handled_at is not None and not row.error

    async def _greet(self, me: dict[str, Any]) -> None:
        self._me = Me(int(me["id"]), str(me.get("username", "")))
        await set_menus(self._wire.call)


def _id_in(token: str) -> int:
    """A token begins with the bot's id, so that what was stored before can be handled before Telegram answers."""
    number = token.strip().partition(":")[0]
    return int(number) if number.isdecimal() else 0
