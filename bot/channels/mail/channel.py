"""The channel: a letter for each message, a few connections at a time, and never twice the same link."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime

from bot.channels.mail.letter import write
from bot.channels.mail.post import BROKEN, Mailbox, post
from bot.channels.personal import PersonalLinks
from schedules.retry import Again, Outcome, Refused, Unknown
from usecases.deliver import Outgoing
from usecases.office import Office

log = logging.getLogger(__name__)

CHANNEL = "mail"
AT_ONCE = 4
"""Connections at a time: mail servers think little of more."""
PATIENCE = 3.5
"""Seconds a letter may wait for one; longer waits go back to the queue."""
LATER = 5.0


class Mail:
    """Letters through one mail server."""

    channel = CHANNEL

    def __init__(self, box: Mailbox, office: Office, now: Callable[[], datetime]) -> None:
        self._box = box
        self._now = now
        self._links = PersonalLinks(office, now)
        self._room = asyncio.Semaphore(AT_ONCE)
        self._alarmed = False

    @property
    def messenger(self) -> "Mail":
        return self

    async def send(self, outgoing: Outgoing) -> Outcome:
        if outgoing.kind == "edit":
            return Refused("a letter cannot be changed")
        if not outgoing.message.lines or not outgoing.message.lines[0].strip():
            return Refused("there is no text to send")
        try:
            async with asyncio.timeout(PATIENCE):
                await self._room.acquire()
        except TimeoutError:
            return Again(after=LATER, reason="many letters at once")
        try:
            return self._told(await asyncio.to_thread(self._post, outgoing))
        finally:
            self._room.release()

    async def close(self) -> None:
        """Nothing is held open between letters."""

    def _post(self, outgoing: Outgoing) -> Outcome:
        try:
            invitation = self._links.make(CHANNEL, outgoing.address)
            lines = outgoing.message.lines
            if outgoing.kind == "say" and outgoing.possible_repeat:
                lines = (*lines, self._links.repeat_line(CHANNEL, outgoing.address))
            letter = write(outgoing, self._box.sender, invitation, lines)
            letter["Date"] = format_datetime(self._now())
        except Exception as error:  # noqa: BLE001 - whatever it is, it may hold the link
            why = type(error).__name__
            log.error("delivery %s could not be written as a letter: %s", outgoing.delivery_id, why)  # noqa: TRY400 - as above
            return Refused("it could not be written")
        try:
            return post(self._box, outgoing.address, letter)
        except Exception as error:  # noqa: BLE001 - a fault of ours on the way: it may have gone out
            return Unknown(type(error).__name__)

    def _told(self, outcome: Outcome) -> Outcome:
        """A server that does not let us in concerns every letter: said loudly, once."""
        shut = isinstance(outcome, Again) and outcome.after == BROKEN
        if shut and not self._alarmed:
            log.critical("the mail server does not let us in (%s): check RUQI_MAIL_*", getattr(outcome, "reason", ""))
        self._alarmed = shut
        return outcome
