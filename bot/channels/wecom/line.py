"""The line to WeCom: the official library's client in a thread of its own. What comes is stored, what goes is answered.

WeCom lets one connection of a bot live: a second one ends the first. It asks for no acknowledgement of what it tells;
so it is stored the moment it comes.
"""

import asyncio
import contextlib
import hashlib
import json
import time
from typing import Any

from bot.channels.common.aside import Aside, Pauses, Trouble
from bot.channels.common.foreign import bring
from bot.channels.common.intake import Intake
from bot.channels.wecom.errors import read_error
from bot.channels.wecom.reading import CARD_PRESSED, KICKED, event_type

HELLO = 10.0
"""Seconds for WeCom to take the bot's secret."""
KICKED_WAIT = 60.0
STEP = 0.1
NOTE_EVERY = 30.0
WINDOW = 4.5
"""Seconds after a press in which the card may be changed; WeCom allows 5."""
MOST_PRESSES = 500

Frame = dict[str, Any]


class _Silent:
    """Takes the place of the library's printing logger, whose lines hold what people said."""

    def debug(self, message: str, *args: object) -> None:
        """Say nothing."""

    info = warn = error = debug


class Line:
    """`run` with `aside.run`; `send` and `update` from the program's own loop."""

    def __init__(self, bot_id: str, secret: str, url: str, intake: Intake, pauses: Pauses | None = None) -> None:
        self._bot_id = bot_id
        self._secret = secret
        self._url = url
        self._intake = intake
        self._client: Any = None
        self._end: Trouble | None = None
        self._presses: dict[str, tuple[str, float]] = {}
        self.aside = Aside("WeCom", lambda aside: aside.in_loop(self._connection()), pauses)

    async def send(self, address: str, body: Frame) -> None:
        """Send to a person or a group; raises Unsent, Lost or Said."""
        await self._ask(lambda client: client.send_message(address, body))

    async def update(self, ref: str, card: Frame) -> bool:
        """Change the card that was pressed just now; false when it is too late for that."""
        req_id, at = self._presses.pop(ref, ("", 0.0))
        if not req_id or time.monotonic() - at > WINDOW:
            return False
        await self._ask(lambda client: client.update_template_card({"headers": {"req_id": req_id}}, card))
        return True

    async def _ask(self, call: Any) -> None:  # noqa: ANN401 - a call of the library's client
        async def work() -> None:
            try:
                await call(self._client)
            except Exception as error:  # noqa: BLE001 - whatever it is, it says what became of the frame
                raise read_error(error) from None

        await self.aside.call(work)

    async def _connection(self) -> None:
        client = self._client = self._make()
        self._end = None
        hello = asyncio.Event()
        client.on("authenticated", hello.set)
        client.on("message", self._take)
        client.on("event", self._take)
        client.on("error", lambda error: self._failed(error, hello))
        try:
            await client.connect()
            await self._greeted(hello)
            self.aside.up()
            await self._stand(client)
            if self._end is not None:
                raise self._end
        finally:
            client.disconnect()
            with contextlib.suppress(Exception):
                await asyncio.sleep(STEP)

    async def _stand(self, client: Any) -> None:  # noqa: ANN401 - the library has no types
        """Until the connection ends. WeCom keeps nothing for later: how long nobody was heard is noted."""
        noted = 0.0
        while client.is_connected and self._end is None:
            if time.monotonic() - noted > NOTE_EVERY:
                self._intake.alive()
                noted = time.monotonic()
            await asyncio.sleep(STEP)

    def _make(self) -> Any:  # noqa: ANN401 - the library has no types
        """A fresh client. Its own reconnecting is off: it calls itself ever deeper, and misses a clean end."""
        aibot = bring("aibot")
        if self._url.startswith("ws://"):
            vars(bring("aibot.ws"))["_SSL_CONTEXT"] = None  # it would pass one to plain addresses too
        options = {"bot_id": self._bot_id, "secret": self._secret, "ws_url": self._url}
        return aibot.WSClient(aibot.WSClientOptions(**options, max_reconnect_attempts=0, logger=_Silent()))

    async def _greeted(self, hello: asyncio.Event) -> None:
        try:
            async with asyncio.timeout(HELLO):
                await hello.wait()
        except TimeoutError:
            raise Trouble("WeCom does not answer") from None
        if self._end is not None:
            raise self._end

    def _failed(self, error: Exception, hello: asyncio.Event) -> None:
        """What ended the connection; the first cause counts. A fault while storing is the intake's to tell."""
        words = str(error)
        if "Authentication failed" in words:
            refused = "the bot's id or secret is refused, check RUQI_WECOM_BOT_ID and RUQI_WECOM_SECRET"
            self._end = self._end or Trouble(refused, wait=KICKED_WAIT / 4)
        elif not self.aside.trouble and self._client.is_connected:
            return
        else:
            self._end = self._end or Trouble(
                "the connection to WeCom ended" if hello.is_set() else "WeCom cannot be reached"
            )
        hello.set()

    def _take(self, frame: Frame) -> None:
        kind = event_type(frame)
        if kind == KICKED:
            words = "another program has connected with the same bot; WeCom lets only one live"
            self._end = Trouble(words, wait=KICKED_WAIT)
            return
        self._remember(frame, kind)
        self._intake.take(_name(frame), frame)

    def _remember(self, frame: Frame, kind: str) -> None:
        """The press whose card may be changed for some seconds."""
        if kind != CARD_PRESSED:
            return
        while len(self._presses) >= MOST_PRESSES:
            del self._presses[next(iter(self._presses))]
        pressed = frame["body"]["event"].get(CARD_PRESSED) or {}
        self._presses[str(pressed.get("task_id", ""))] = (str(frame["headers"]["req_id"]), time.monotonic())


def _name(frame: Frame) -> str:
    """What makes an event the same when it comes twice."""
    known = str(frame.get("body", {}).get("msgid", ""))
    return known or hashlib.sha256(json.dumps(frame.get("body"), sort_keys=True).encode()).hexdigest()
