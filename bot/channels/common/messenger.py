"""The messenger: one outgoing message, one outcome. It never raises, never retries by itself, and keeps the pace."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from bot.channels.common.calls import CONFIG_WAIT, Meaning, Said, meaning, outcome
from bot.channels.common.pacing import Limits
from schedules.retry import Again, Outcome, Refused, Sent, Unknown
from texts.values import Message
from usecases.deliver import Outgoing

log = logging.getLogger(__name__)

LONGEST_CALL = 20.0
"""Seconds for one message with all it needs; with the pace's patience still below what a delivery may take (30)."""


class Carrier(Protocol):
    """What a platform's own part does. `carry` gives the sent message's ref and raises Unsent, Lost or Said."""

    async def carry(self, outgoing: Outgoing) -> str: ...


@dataclass(frozen=True, slots=True)
class Manner:
    """How a platform wants it. `repeats`: a message may come twice, so that a second copy has to say so."""

    channel: str
    limits: Limits
    meanings: Mapping[str, Meaning]
    repeats: bool = True


class SteadyMessenger:
    """`usecases.deliver.Messenger` around a carrier. `repeat_line` blocks and is called in a thread."""

    def __init__(self, carrier: Carrier, manner: Manner, repeat_line: Callable[[str], str]) -> None:
        self._carrier = carrier
        self._manner = manner
        self._repeat_line = repeat_line
        self._pacing = manner.limits.pacing()
        self._alarmed = False

    @property
    def channel(self) -> str:
        return self._manner.channel

    async def send(self, outgoing: Outgoing) -> Outcome:
        if not outgoing.message.text.strip():
            return Refused("there is no text to send")
        try:
            marked = replace(outgoing, message=await self._marked(outgoing))
        except Exception as error:
            log.exception("delivery %s could not be marked as a possible repeat", outgoing.delivery_id)
            return Again(reason=type(error).__name__)
        async with self._pacing.turn(outgoing.address) as wait:
            if wait:
                return Again(after=wait, reason="the pace of this chat")
            return await self._carry(marked)

    async def _marked(self, outgoing: Outgoing) -> Message:
        """Digests carry the mark of a possible repeat in their text already; an edit repeats nothing."""
        marked = outgoing.possible_repeat and outgoing.kind == "say" and not outgoing.edit_ref
        if not marked or not self._manner.repeats:
            return outgoing.message
        mark = await asyncio.to_thread(self._repeat_line, outgoing.address)
        return replace(outgoing.message, lines=(*outgoing.message.lines, mark))

    async def _carry(self, outgoing: Outgoing) -> Outcome:
        try:
            async with asyncio.timeout(LONGEST_CALL):
                ref = await self._carrier.carry(outgoing)
        except TimeoutError:
            return Unknown(f"no answer within {LONGEST_CALL:g} s")
        except Exception as error:  # noqa: BLE001 - every error becomes an outcome
            return self._weigh(error, outgoing)
        self._alarmed = False
        return Sent(ref)

    def _weigh(self, error: Exception, outgoing: Outgoing) -> Outcome:
        found = outcome(error, self._manner.meanings)
        means = meaning(error, self._manner.meanings) if isinstance(error, Said) else ""
        if means == "config":
            self._alarm(error)
        if means == "busy" and isinstance(found, Again) and found.after:
            self._pacing.rest(outgoing.address, found.after)
        return found

    def _alarm(self, error: Exception) -> None:
        """Nothing would get through until somebody acts: messages wait together, and a person is told once."""
        self._pacing.rest_all(CONFIG_WAIT)
        if not self._alarmed:
            log.critical("%s refuses to send until its settings are put right: %s", self.channel, error)
        self._alarmed = True
