"""The messenger: one outgoing message, one outcome. It never raises, never retries by itself, and keeps the pace."""

import asyncio
import logging
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Protocol

import telegram
from telegram.error import TelegramError

from bot.channels.common.pacing import Pacing
from bot.channels.telegram import pacing as paces
from bot.channels.telegram.drawing import Drawn, draw, draw_plain
from bot.channels.telegram.endpoint import Endpoint
from bot.channels.telegram.errors import BAD_TOKEN, TOKEN_WAIT, meaning, outcome
from bot.channels.telegram.photos import fits_under, picture_after, with_picture
from bot.channels.telegram.places import chat_of, place_in
from bot.channels.telegram.reading import Said
from bot.channels.telegram.wire import Line
from schedules.retry import Again, Outcome, Refused, Sent, Unknown
from texts.values import Message
from usecases.deliver import Outgoing

log = logging.getLogger(__name__)

CHANNEL = "telegram"
LONGEST_CALL = 20.0
"""Seconds for one message with all it needs; with the pace's patience still below what a delivery may take (30)."""
LONGEST_TOAST = 200


class Addresses(Protocol):
    """What the messenger has to know and tell of addresses. Both block and are called in a thread."""

    def moved(self, old: str, new: str) -> None: ...
    def left_topic(self, address: str, main: str) -> None: ...
    def repeat_line(self, address: str) -> str: ...


class TelegramMessenger:
    """Sends and edits through python-telegram-bot's Bot. `usecases.deliver.Messenger` for the channel telegram."""

    def __init__(
        self,
        endpoint: Endpoint,
        addresses: Addresses,
        *,
        proxy: str | None = None,
        pacing: Pacing | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._addresses = addresses
        self._pacing = pacing or paces.pacing()
        self._line = Line(endpoint, proxy)
        self._bot = telegram.Bot(
            endpoint.token,
            base_url=endpoint.bots,
            base_file_url=endpoint.files,
            request=self._line,
            get_updates_request=self._line,
        )
        self._moved: dict[str, str] = {}
        self._alarmed = False

    def __repr__(self) -> str:
        return f"TelegramMessenger({self._endpoint!r})"

    @property
    def channel(self) -> str:
        return CHANNEL

    async def send(self, outgoing: Outgoing) -> Outcome:
        """Send or edit one message; every error becomes one of the four outcomes."""
        addressed = self._redirected(outgoing)
        try:
            marked = replace(addressed, message=await self._marked(addressed))
        except Exception as error:
            log.exception("delivery %s could not be marked as a possible repeat", outgoing.delivery_id)
            return Again(reason=type(error).__name__)
        async with self._pacing.turn(chat_of(addressed.address)) as wait:
            if wait:
                return Again(after=wait, reason="the pace of this chat")
            return await self._deliver(marked)

    async def answer_press(self, press_id: str, words: str) -> None:
        """Answer a pressed button, best effort: Telegram forgets a press after 150 s, and the effect stands anyway."""
        try:
            await self._bot.answer_callback_query(press_id, text=words[:LONGEST_TOAST] or None)
        except TelegramError as error:
            log.info("a pressed button could not be answered: %s", self._endpoint.hide(str(error)))

    async def close(self) -> None:
        await self._line.shutdown()

    def _redirected(self, outgoing: Outgoing) -> Outgoing:
        """A chat that moved left its messages behind: their numbers mean other messages in the new one."""
        chat, slash, topic = outgoing.address.partition("/")
        address = self._moved.get(outgoing.address)
        if address is None and chat in self._moved:
            address = f"{self._moved[chat]}{slash}{topic}"
        return outgoing if address is None else replace(outgoing, address=address, reply_to="", edit_ref="")

    async def _marked(self, outgoing: Outgoing) -> Message:
        """Digests carry the mark of a possible repeat in their text already; an edit repeats nothing."""
        if outgoing.kind != "say" or outgoing.edit_ref or not outgoing.possible_repeat:
            return outgoing.message
        mark = await asyncio.to_thread(self._addresses.repeat_line, outgoing.address)
        return replace(outgoing.message, lines=(*outgoing.message.lines, mark))

    async def _deliver(self, outgoing: Outgoing) -> Outcome:
        try:
            async with asyncio.timeout(LONGEST_CALL):
                return await self._try(outgoing)
        except TimeoutError:
            return Unknown(f"no answer within {LONGEST_CALL:g} s")
        except Exception as error:
            log.exception("delivery %s met a fault on its way out", outgoing.delivery_id)
            return Unknown(type(error).__name__)

    async def _try(self, outgoing: Outgoing) -> Outcome:
        try:
            return await self._call(outgoing, draw(outgoing.message))
        except Said as said:
            if meaning(said) != "plain":
                return await self._weigh(said, outgoing)
            log.warning("Telegram does not like our markup, sending plain text: %s", said.words)
        except TelegramError as error:
            return await self._weigh(error, outgoing)
        try:
            return await self._call(outgoing, draw_plain(outgoing.message))
        except TelegramError as error:
            return await self._weigh(error, outgoing)

    async def _call(self, outgoing: Outgoing, drawn: Drawn) -> Outcome:
        if not drawn.text:
            return Refused("there is no text to send")
        if outgoing.kind == "edit" and not outgoing.edit_ref.isdecimal():
            return Refused("the message to edit is not in this chat")
        said = {
            "text": drawn.text,
            "parse_mode": drawn.parse_mode,
            "reply_markup": drawn.keyboard,
            "link_preview_options": telegram.LinkPreviewOptions(is_disabled=True),
        }
        ref = await self._place(outgoing, said)
        self._alarmed = False
        return Sent(ref)

    async def _place(self, outgoing: Outgoing, said: dict[str, Any]) -> str:
        """Edit or send. An answer whose question cannot be changed any more comes as a message of its own."""
        if not outgoing.edit_ref.isdecimal():
            return await self._send(outgoing, said)
        try:
            return await self._edit(outgoing, said)
        except Said as error:
            final = error.code == HTTPStatus.BAD_REQUEST and meaning(error) == "refused" and not error.migrate_to
            if outgoing.kind == "edit" or not final:
                raise
        return await self._send(outgoing, said)

    async def _send(self, outgoing: Outgoing, said: dict[str, Any]) -> str:
        picture = outgoing.picture
        together = picture is not None and fits_under(outgoing)
        if picture and together and (ref := await with_picture(self._bot, outgoing, picture, said)):
            return ref
        sent = await self._bot.send_message(**place_in(outgoing), **said)
        if picture and not together:
            await picture_after(self._bot, outgoing, picture)
        return str(sent.message_id)

    async def _edit(self, outgoing: Outgoing, said: dict[str, Any]) -> str:
        await self._bot.edit_message_text(chat_id=chat_of(outgoing.address), message_id=int(outgoing.edit_ref), **said)
        return outgoing.edit_ref

    async def _weigh(self, error: TelegramError, outgoing: Outgoing) -> Outcome:
        if isinstance(error, Said) and error.code in BAD_TOKEN:
            self._stop_sending(error)
        if isinstance(error, Said) and error.migrate_to is not None:
            return await self._follow(chat_of(outgoing.address), str(error.migrate_to))
        if isinstance(error, Said) and meaning(error) == "topic" and "/" in outgoing.address:
            return await self._leave_topic(outgoing.address)
        found = outcome(error, ref=outgoing.edit_ref)
        if isinstance(found, Again) and isinstance(error, Said) and error.retry_after:
            self._pacing.rest(chat_of(outgoing.address), error.retry_after)
        return found if isinstance(found, Sent) else replace(found, reason=self._endpoint.hide(found.reason))

    async def _follow(self, old: str, new: str) -> Outcome:
        """A group became a supergroup: from now on everything for the old address goes to the new one."""
        self._moved[old] = new
        await asyncio.to_thread(self._addresses.moved, old, new)
        return Again(after=0.0, reason=f"the chat {old} is now {new}")

    async def _leave_topic(self, address: str) -> Outcome:
        """A topic was closed or deleted: from now on everything for it goes to the group itself."""
        main = chat_of(address)
        await asyncio.to_thread(self._addresses.left_topic, address, main)
        return Again(after=0.0, reason=f"the topic {address} is closed")

    def _stop_sending(self, said: Said) -> None:
        """The token is refused: no message would get through, so they wait together, and a person is told once."""
        self._pacing.rest_all(TOKEN_WAIT)
        if not self._alarmed:
            log.critical("Telegram refuses the bot's token, nothing can be sent: check RUQI_TELEGRAM_TOKEN (%s)", said)
        self._alarmed = True
