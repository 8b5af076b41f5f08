"""The channel as the program holds it: something that sends, something that handles, something that runs."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, Protocol

from bot.channels.common.answering import DEFAULT_LANGUAGE
from storage import people
from texts.catalogue import say
from usecases.office import Office


class Clock(Protocol):
    def now(self) -> datetime: ...


async def beside(*works: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run several works until cancelled, or until one breaks down."""
    async with asyncio.TaskGroup() as group:
        for work in works:
            group.create_task(work())


def repeat_line(channel: str, office: Office, clock: Clock) -> Callable[[str], str]:
    """The mark of a possible repeat, in the language of whoever is written to. Blocking."""

    def line(address: str) -> str:
        with office.read(clock.now()) as desk:
            contact = people.contact_at(desk.tx, channel, address)
            officer = people.officer_by_id(desk.tx, contact.officer_id) if contact else None
        return say(officer.language if officer else DEFAULT_LANGUAGE, "remind.repeat")

    return line
