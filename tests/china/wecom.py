"""WeCom's AI bot: one connection of a bot at a time, no acknowledgement of events, cards changed within 5 seconds."""

import base64
import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tests.china.screens import Bubble
from tests.china.server import Fake

BOT, SECRET = "wecom-bot", "wecom-secret-canary"
WINDOW = 5.0
KEY = bytes(range(32))
Frame = dict[str, Any]


@dataclass
class WeComFake(Fake):
    presses: dict[str, tuple[str, float]] = field(default_factory=dict)
    """req_id → (task_id, when): what may still be answered."""
    tasks: set[str] = field(default_factory=set)

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/aibot", self._socket), web.get("/files/{name}", self.hand_out)]

    # People

    def says(self, person: str, text: str, *, group: str = "", quote: str = "") -> None:
        body = self._from(person, group) | {"msgtype": "text", "text": {"content": text}}
        if quote:
            body["quote"] = {"msgtype": "text", "text": {"content": quote}}
        self._tell("aibot_msg_callback", body)

    def sends_file(self, person: str, data: bytes) -> None:
        self.files["f1"] = sealed(data)
        found = {"url": f"{self.url}/files/f1", "aeskey": base64.b64encode(KEY).decode()}
        self._tell("aibot_msg_callback", self._from(person, "") | {"msgtype": "file", "file": found})

    def sends_sticker(self, person: str) -> None:
        self._tell("aibot_msg_callback", self._from(person, "") | {"msgtype": "emotion", "emotion": {}})

    def presses_button(self, person: str, bubble: Bubble, label: str) -> None:
        event = {
            "eventtype": "template_card_event",
            "template_card_event": {"event_key": bubble.data(label), "task_id": bubble.ref},
        }
        req_id = f"req-{self.number()}"
        self.presses[req_id] = (bubble.ref, time.monotonic())
        body = self._from(person, "") | {"msgtype": "event", "event": event}
        self._tell("aibot_event_callback", body, req_id)

    def _from(self, person: str, group: str) -> Frame:
        place = {"chattype": "group", "chatid": group} if group else {"chattype": "single"}
        return {"msgid": f"m{self.number()}", "aibotid": BOT, "from": {"userid": person}, **place}

    def _tell(self, cmd: str, body: Frame, req_id: str = "") -> None:
        assert self.live, "nobody is connected"
        frame = {"cmd": cmd, "headers": {"req_id": req_id or f"req-{self.number()}"}, "body": body}
        self.told.append(frame)
        self.run(self.live[-1].send_json(frame))

    # The wire

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                frame = json.loads(message.data)
                self.calls.append((frame["cmd"], frame.get("body")))
                if answer := await self._answer(socket, frame):
                    await self.push(socket.send_json({"headers": frame["headers"], **answer}))
        if socket in self.live:
            self.live.remove(socket)
        return socket

    async def _answer(self, socket: web.WebSocketResponse, frame: Frame) -> Frame | None:
        match frame["cmd"]:
            case "aibot_subscribe":
                return await self._subscribe(socket, frame["body"])
            case "ping":
                return {"errcode": 0, "errmsg": "ok"}
        if fault := self.strike(frame["cmd"] + json.dumps(frame["body"])):
            if not fault.lost:
                return {"errcode": fault.code, "errmsg": fault.words}
            self._act(frame)
            return None
        return self._act(frame)

    async def _subscribe(self, socket: web.WebSocketResponse, body: Frame) -> Frame:
        if body != {"bot_id": BOT, "secret": SECRET} or self.refuse_secret:
            return {"errcode": 853000, "errmsg": "invalid bot_id or secret"}
        for other in self.live:
            event = {"eventtype": "disconnected_event"}
            told = {"cmd": "aibot_event_callback", "headers": {"req_id": "x"}}
            body = {"msgtype": "event", "event": event, "from": {"userid": ""}}
            await self.push(other.send_json({**told, "body": body}))
            await other.close()
        self.live = [socket]
        self.connected += 1
        return {"errcode": 0, "errmsg": "ok"}

    def _act(self, frame: Frame) -> Frame:
        body = frame["body"]
        if frame["cmd"] == "aibot_respond_update_msg":
            return self._update(frame["headers"]["req_id"], body["template_card"])
        if body["chatid"] in self.blocked:
            return {"errcode": 93006, "errmsg": "invalid chatid"}
        if body["msgtype"] == "markdown":
            content = body["markdown"]["content"]
            if not 0 < len(content.encode()) <= 20480:
                self.complain(f"markdown of {len(content.encode())} bytes")
            self.screens.show(body["chatid"], Bubble(f"md{self.number()}", _shown(content)))
            return {"errcode": 0, "errmsg": "ok"}
        return self._card(body["chatid"], body["template_card"])

    def _card(self, chat: str, card: Frame) -> Frame:
        if card["task_id"] in self.tasks:
            return {"errcode": 42014, "errmsg": "task_id duplicated"}
        self.tasks.add(card["task_id"])
        self._look_at(card)
        self.screens.show(chat, Bubble(card["task_id"], _text(card), _buttons(card)))
        return {"errcode": 0, "errmsg": "ok"}

    def _update(self, req_id: str, card: Frame) -> Frame:
        task, at = self.presses.pop(req_id, ("", 0.0))
        if task != card["task_id"]:
            self.complain(f"a card was changed without a press: {card['task_id']}")
        if task != card["task_id"] or time.monotonic() - at > WINDOW:
            return {"errcode": 846605, "errmsg": "invalid req_id"}
        self._look_at(card)
        self.screens.change(task, _text(card), _buttons(card))
        return {"errcode": 0, "errmsg": "ok"}

    def _look_at(self, card: Frame) -> None:
        """What WeCom refuses or cuts off."""
        buttons = card.get("button_list", [])
        if card["card_type"] == "button_interaction" and not 1 <= len(buttons) <= 6:
            self.complain(f"a card with {len(buttons)} buttons")
        if card["card_type"] == "text_notice" and not card.get("card_action", {}).get("url"):
            self.complain("a card that leads nowhere")
        if len(card["main_title"]["title"]) > 26 or len(card.get("sub_title_text", "")) > 112:
            self.complain(f"a card whose text is cut off: {card}")


def sealed(data: bytes) -> bytes:
    """As WeCom hands files out: AES in blocks, filled up to 32 bytes."""
    fill = 32 - len(data) % 32
    encryptor = Cipher(algorithms.AES(KEY), modes.CBC(KEY[:16])).encryptor()
    return encryptor.update(data + bytes([fill]) * fill) + encryptor.finalize()


def _text(card: Frame) -> str:
    return "\n".join(part for part in (card["main_title"]["title"], card.get("sub_title_text", "")) if part)


def _buttons(card: Frame) -> tuple[tuple[str, str], ...]:
    return tuple((button["text"], button["key"]) for button in card.get("button_list", []))


def _shown(content: str) -> str:
    return content.replace("**", "")
