"""The Feishu channel as the program holds it."""

import asyncio
import json
import logging
from typing import Any
from urllib.parse import quote

from bot.channels.common.api import Answer, Api, Body, Dialect
from bot.channels.common.aside import Pauses
from bot.channels.common.calls import Lost, Said, Unsent, meaning
from bot.channels.common.channel import Clock, beside, repeat_line
from bot.channels.common.drawing import Drawn, draw
from bot.channels.common.fetching import Fetcher, download, weighed
from bot.channels.common.foreign import require
from bot.channels.common.handling import Handling
from bot.channels.common.heard import Happening, Payload
from bot.channels.common.intake import Intake
from bot.channels.common.messenger import Manner, SteadyMessenger
from bot.channels.common.pacing import Limits
from bot.channels.common.pictures import MEDIA, NAME, picture_after
from bot.channels.feishu.cards import card, text
from bot.channels.feishu.errors import MEANINGS, STALE_TOKEN
from bot.channels.feishu.line import Line
from bot.channels.feishu.reading import read
from storage.rows import Evidence, InboxRow
from usecases.deliver import Outgoing, Picture
from usecases.office import Desk, Office

log = logging.getLogger(__name__)

CHANNEL = "feishu"
PUBLIC = "https://open.feishu.cn"
LIMITS = Limits(overall=((45, 1.0), (950, 60.0)), per_chat=((5, 1.0),))
"""Feishu allows an app 50 messages a second and 1000 a minute, one person or group 5 a second."""
MESSAGES = "/open-apis/im/v1/messages"
IMAGES = "/open-apis/im/v1/images"


class Feishu:
    """One app. `url`: another server than Feishu's own, such as Lark's."""

    channel = CHANNEL

    def __init__(  # noqa: PLR0913 - what the program hands to a channel
        self, app_id: str, secret: str, office: Office, clock: Clock, *, url: str = "", pauses: Pauses | None = None
    ) -> None:
        require("Feishu", "lark-oapi", "lark_oapi")
        self._me = ""
        self._toasts: dict[int, str] = {}
        self._domain = domain = (url or PUBLIC).rstrip("/")
        self._api = Api(domain, dialect(app_id, secret))
        intake = Intake(CHANNEL, app_id[:80], office, clock.now)
        self._line = Line(app_id, secret, domain, intake, lambda row_id: self._toasts.pop(row_id, ""), pauses)
        self._fetcher = Fetcher(CHANNEL, office, clock.now, weighed(self._fetch, MEANINGS))
        self._handling = Handling(CHANNEL, self._read, self._toasts.__setitem__, self._fetcher.expect)
        manner = Manner(CHANNEL, LIMITS, MEANINGS, repeats=False)
        self.messenger = SteadyMessenger(Carrier(self._api), manner, repeat_line(CHANNEL, office, clock))

    @property
    def trouble(self) -> str:
        """Why nothing comes in now; empty while all is well."""
        return self._line.aside.trouble

    def handle(self, desk: Desk, row: InboxRow) -> None:
        self._handling.handle(desk, row)

    async def run(self) -> None:
        await beside(self._know_me, self._line.aside.run, self._fetcher.run)

    async def close(self) -> None:
        await self._api.close()

    async def _fetch(self, row: Evidence) -> bytes:
        headers = {"Authorization": f"Bearer {await self._api.token()}"}
        ref, key = (quote(str(row.source[name]), safe="") for name in ("message", "key"))
        url = f"{self._domain}{MESSAGES}/{ref}/resources/{key}"
        return await download(url, headers, {"type": str(row.source["kind"])})

    def _read(self, event: Payload) -> Happening | None:
        return read(event, self._me)

    async def _know_me(self) -> None:
        """Learn the bot's own id, by which a group mentions it; without it any mention is taken for ours."""
        while not self._me:
            try:
                self._me = await whoami(self._api)
            except (Unsent, Lost, Said):
                await asyncio.sleep(60)


class Carrier:
    """Text or cards. The delivery's id goes along as uuid: within an hour the same message is taken once."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def carry(self, outgoing: Outgoing) -> str:
        drawn = draw(outgoing.message, links=True)
        if outgoing.edit_ref:
            if await self._changed(outgoing, drawn) or outgoing.kind == "edit":
                return outgoing.edit_ref
            outgoing = Outgoing(outgoing.delivery_id, "say", outgoing.address, outgoing.message)
        ref = await self._words(outgoing, drawn)
        await picture_after(outgoing, lambda picture: self._picture(outgoing, picture))
        return ref

    async def _words(self, outgoing: Outgoing, drawn: Drawn) -> str:
        as_card = bool(drawn.buttons) or outgoing.kind == "digest"
        try:
            return await self._send(outgoing, card(drawn, outgoing.address) if as_card else text(drawn))
        except Said as said:
            if not as_card or meaning(said, MEANINGS) != "plain":
                raise
        return await self._send(outgoing, text(draw(outgoing.message)), again="t")

    async def _picture(self, outgoing: Outgoing, picture: Picture) -> None:
        """Source: open.feishu.cn, im/v1/images (image_type message, at most 10 MB) and the message type image."""
        file = (NAME, picture.png, MEDIA)
        found = await self._api.upload(IMAGES, {"image_type": "message"}, "image", file)
        key = str((found.get("data") or {}).get("image_key", ""))
        await self._send(outgoing, ("image", json.dumps({"image_key": key})), again="p")

    async def _changed(self, outgoing: Outgoing, drawn: Drawn) -> bool:
        """Change the card in place; false when it cannot be changed any more."""
        _, content = card(drawn, outgoing.address)
        try:
            await self._api.call("PATCH", f"{MESSAGES}/{outgoing.edit_ref}", {"content": content})
        except Said as said:
            if meaning(said, MEANINGS) in {"stale", "refused", "plain"}:
                return False
            raise
        return True

    async def _send(self, outgoing: Outgoing, shown: tuple[str, str], again: str = "") -> str:
        kind, content = shown
        body: Body = {"msg_type": kind, "content": content, "uuid": f"ruqi-{outgoing.delivery_id}{again}"}
        if outgoing.reply_to.startswith("om_"):
            found = await self._api.call("POST", f"{MESSAGES}/{outgoing.reply_to}/reply", body)
        else:
            to = {"receive_id_type": "chat_id" if outgoing.address.startswith("oc_") else "open_id"}
            found = await self._api.call("POST", MESSAGES, {"receive_id": outgoing.address, **body}, **to)
        return str((found.get("data") or {}).get("message_id", ""))


def dialect(app_id: str, secret: str) -> Dialect:
    return Dialect(
        token=lambda: (
            "/open-apis/auth/v3/tenant_access_token/internal",
            {"app_id": app_id, "app_secret": secret},
        ),
        read_token=lambda body: (str(body["tenant_access_token"]), float(body["expire"])),
        header=lambda token: ("Authorization", f"Bearer {token}"),
        said=_said,
        stale_token=STALE_TOKEN,
    )


async def whoami(api: Api) -> str:
    """The bot's own open_id."""
    found: dict[str, Any] = await api.call("GET", "/open-apis/bot/v3/info", {})
    return str((found.get("bot") or {}).get("open_id", ""))


def _said(answer: Answer) -> Said | None:
    """Feishu's own word: a code other than 0, with HTTP 200, 400 or 429 alike."""
    code = answer.body.get("code")
    if type(code) is not int or code == 0:
        return None
    return Said(str(code), str(answer.body.get("msg", "")), after=answer.after)
