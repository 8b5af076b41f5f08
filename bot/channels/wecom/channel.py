"""The WeCom channel as the program holds it."""

import asyncio
import secrets

from bot.channels.common.aside import Pauses
from bot.channels.common.calls import Lost, Said, meaning
from bot.channels.common.channel import Clock, beside, repeat_line
from bot.channels.common.drawing import Drawn, draw
from bot.channels.common.fetching import NOT_THERE, Fetcher, download, weighed
from bot.channels.common.foreign import bring, require
from bot.channels.common.handling import Handling
from bot.channels.common.intake import Intake
from bot.channels.common.messenger import Manner, SteadyMessenger
from bot.channels.common.pacing import Limits
from bot.channels.wecom.cards import card, fits, markdown
from bot.channels.wecom.errors import MEANINGS
from bot.channels.wecom.line import Line
from bot.channels.wecom.reading import read
from storage.rows import Evidence, InboxRow
from usecases.deliver import Outgoing
from usecases.office import Desk, Office

CHANNEL = "wecom"
LIMITS = Limits(overall=((20, 1.0),), per_chat=((28, 60.0), (990, 3600.0)))
"""WeCom allows a conversation 30 messages a minute and 1000 an hour."""
HALVES = 1000


class WeCom:
    """One AI bot. `url`: another server than WeCom's own."""

    channel = CHANNEL

    def __init__(  # noqa: PLR0913 - what the program hands to a channel
        self, bot_id: str, secret: str, office: Office, clock: Clock, *, url: str = "", pauses: Pauses | None = None
    ) -> None:
        require("WeCom", "wecom-aibot-python-sdk", "aibot")
        intake = Intake(CHANNEL, bot_id[:80], office, clock.now)
        self._line = Line(bot_id, secret, url, intake, pauses)
        self._fetcher = Fetcher(CHANNEL, office, clock.now, weighed(fetch, MEANINGS))
        self._handling = Handling(CHANNEL, read, expect=self._fetcher.expect)
        carrier = Carrier(self._line, office.base_url or "https://work.weixin.qq.com")
        self.messenger = SteadyMessenger(
            carrier, Manner(CHANNEL, LIMITS, MEANINGS), repeat_line(CHANNEL, office, clock)
        )

    @property
    def trouble(self) -> str:
        """Why nothing comes in now; empty while all is well."""
        return self._line.aside.trouble

    def handle(self, desk: Desk, row: InboxRow) -> None:
        self._handling.handle(desk, row)

    async def run(self) -> None:
        await beside(self._line.aside.run, self._fetcher.run)

    async def close(self) -> None:
        """The connection ended with `run`."""


async def fetch(row: Evidence) -> bytes:
    """A file's bytes, opened with the key that came along."""
    data, key = await download(str(row.source["url"])), str(row.source["key"])
    if not key:
        return data
    try:
        return bytes(await asyncio.to_thread(bring("aibot.crypto_utils").decrypt_file, data, key))
    except (RuntimeError, ValueError):
        raise Said(NOT_THERE, "the file does not open with its key") from None


class Carrier:
    """A message as text, as a card, or as text with a card of buttons below it; a pressed card is changed in time."""

    def __init__(self, line: Line, home: str) -> None:
        self._line = line
        self._home = home
        self._told: dict[int, None] = {}
        """Deliveries whose text went out although their card did not: a second try brings the card only."""

    async def carry(self, outgoing: Outgoing) -> str:
        drawn, ref = draw(outgoing.message), outgoing.edit_ref
        if ref and (await self._updated(ref, drawn) or outgoing.kind == "edit"):
            return ref  # what can no longer be changed stays as it is: nothing is said twice
        return await self._send(outgoing, drawn)

    async def _updated(self, ref: str, drawn: Drawn) -> bool:
        try:
            return await self._line.update(ref, card(drawn, ref, home=self._home))
        except (Said, Lost):
            return False

    async def _send(self, outgoing: Outgoing, drawn: Drawn) -> str:
        ref = f"r{outgoing.delivery_id}-{secrets.token_hex(4)}"
        whole = bool(drawn.buttons) and fits(drawn)
        if not whole and outgoing.delivery_id not in self._told:
            await self._line.send(outgoing.address, markdown(drawn))
        if drawn.buttons:
            self._half(outgoing.delivery_id, done=whole)
            await self._card(outgoing.address, drawn, ref, whole=whole)
        self._told.pop(outgoing.delivery_id, None)
        return ref

    async def _card(self, address: str, drawn: Drawn, ref: str, *, whole: bool) -> None:
        message = {"msgtype": "template_card", "template_card": card(drawn, ref, home=self._home, whole=whole)}
        try:
            await self._line.send(address, message)
        except Said as said:
            if meaning(said, MEANINGS) != "plain":
                raise
            if whole:
                await self._line.send(address, markdown(drawn))

    def _half(self, delivery_id: int, *, done: bool) -> None:
        if not done:
            self._told[delivery_id] = None
        while len(self._told) > HALVES:
            del self._told[next(iter(self._told))]
