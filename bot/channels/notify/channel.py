"""The channel: an apprise address is the way, one message at a time to each, in a thread because the library blocks."""

import asyncio
import logging
import warnings
from collections.abc import Callable, Collection
from datetime import datetime

import apprise

from bot.channels.notify.listening import listen_in, verdict
from bot.channels.personal import PersonalLinks
from schedules.retry import Again, Outcome, Refused, Unknown
from texts.unseen import without_unseen
from usecases.deliver import Outgoing
from usecases.office import Office

log = logging.getLogger(__name__)

CHANNEL = "notify"
AT_ONCE = 4
PATIENCE = 3.5
LATER = 5.0
CHATTY = ("apprise", "urllib3", "requests")
"""Loggers that write addresses, and here an address is a secret."""


class Notify:
    """`services` are the kinds of address (their schemes) that the office uses; others are refused."""

    channel = CHANNEL

    def __init__(self, services: Collection[str], office: Office, now: Callable[[], datetime]) -> None:
        for name in CHATTY:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        _load()
        self._services = frozenset(services)
        self._links = PersonalLinks(office, now)
        self._room = asyncio.Semaphore(AT_ONCE)

    @property
    def messenger(self) -> "Notify":
        return self

    async def send(self, outgoing: Outgoing) -> Outcome:
        if outgoing.kind == "edit":
            return Refused("a notification cannot be changed")
        if not outgoing.message.lines or not outgoing.message.lines[0].strip():
            return Refused("there is no text to send")
        try:
            async with asyncio.timeout(PATIENCE):
                await self._room.acquire()
        except TimeoutError:
            return Again(after=LATER, reason="many notifications at once")
        try:
            return await asyncio.to_thread(self._push, outgoing)
        finally:
            self._room.release()

    async def close(self) -> None:
        """Nothing is held open between notifications."""

    def _push(self, outgoing: Outgoing) -> Outcome:
        service = outgoing.address.partition("://")[0]
        try:
            plugin = apprise.Apprise.instantiate(outgoing.address) if service in self._services else None
        except Exception:  # noqa: BLE001 - whatever is wrong with it, its words may hold the address
            plugin = None
        if plugin is None:
            return Refused("no address of a service that is used here", gone=True)
        try:
            title, body = self._written(outgoing)
            listen_in(plugin)
            return verdict(service, sent=bool(plugin.notify(body=body, title=title)))
        except Exception as error:  # noqa: BLE001 - as above
            why = type(error).__name__
            log.error("delivery %s met a fault in the notification library: %s", outgoing.delivery_id, why)  # noqa: TRY400 - as above
            return Unknown(why)

    def _written(self, outgoing: Outgoing) -> tuple[str, str]:
        title, *rest = outgoing.message.lines
        if outgoing.kind == "say" and outgoing.possible_repeat:
            rest.append(self._links.repeat_line(CHANNEL, outgoing.address))
        if invitation := self._links.make(CHANNEL, outgoing.address):
            rest += [invitation.label, invitation.url, invitation.note]
        return without_unseen(title), without_unseen("\n".join(rest) or title)


def _load() -> None:
    """Import all the library's services now: some of them bring warnings of the libraries they use along."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        apprise.Apprise.instantiate("json://localhost")
