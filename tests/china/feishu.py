"""Feishu: a long connection that waits for acknowledgements, messages with uuid, cards that can be changed."""

import base64
import html
import json
import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from bot.channels.common.foreign import bring
from tests.china.screens import Bubble
from tests.china.server import LOST, Fake, hang_up, read_form

APP, SECRET = "cli_feishu", "feishu-secret-canary"
TOKEN = "feishu-token-canary"
BOT = "ou_bot"
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
Body = dict[str, Any]


@dataclass
class FeishuFake(Fake):
    unheard: dict[str, tuple[Body, str]] = field(default_factory=dict)
    """Event id → (event, who pressed): told and not acknowledged yet; told again to the next connection."""
    taken: dict[str, str] = field(default_factory=dict)
    """uuid → message id."""
    cards: set[str] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)
    """Message of a person → where an answer to it shows."""

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/callback/ws/endpoint", self._endpoint),
            web.get("/ws", self._socket),
            web.post("/open-apis/auth/v3/tenant_access_token/internal", self._token),
            web.get("/open-apis/bot/v3/info", self._info),
            web.post("/open-apis/im/v1/images", self._image),
            web.post("/open-apis/im/v1/messages", self._create),
            web.post("/open-apis/im/v1/messages/{ref}/reply", self._create),
            web.get("/open-apis/im/v1/messages/{ref}/resources/{name}", self._resource),
            web.patch("/open-apis/im/v1/messages/{ref}", self._patch),
        ]

    # People

    def says(self, person: str, text: str, *, group: str = "", quote: str = "", mention: str = BOT) -> None:
        mentions = [{"key": "@_user_1", "id": {"open_id": mention}, "name": "如期"}] if group and mention else []
        message = self._message(group) | {
            "message_type": "text",
            "content": json.dumps({"text": f"@_user_1 {text}" if mentions else text}),
            "parent_id": quote,
            "mentions": mentions,
        }
        self._said(person, message)

    def sends_file(self, person: str, data: bytes) -> None:
        self.files["k1"] = data
        content = json.dumps({"file_key": "k1", "file_name": "签到表.pdf"})
        self._said(person, self._message("") | {"message_type": "file", "content": content})

    def sends_sticker(self, person: str) -> None:
        self._said(person, self._message("") | {"message_type": "sticker", "content": '{"file_key": "s"}'})

    def presses_button(self, person: str, bubble: Bubble, label: str) -> None:
        value = json.loads(bubble.data(label))
        event = {
            "operator": {"open_id": person, "tenant_key": "t"},
            "token": "c",
            "action": {"value": value, "tag": "button"},
            "context": {"open_message_id": bubble.ref, "open_chat_id": "oc_x"},
        }
        self._tell("card.action.trigger", event, person)

    def _said(self, person: str, message: Body) -> None:
        self.places[message["message_id"]] = message["chat_id"] if message["chat_type"] == "group" else person
        sender = {"sender_id": {"open_id": person}, "sender_type": "user", "tenant_key": "t"}
        self._tell("im.message.receive_v1", {"sender": sender, "message": message})

    def _message(self, group: str) -> Body:
        place = {"chat_id": group or "oc_private", "chat_type": "group" if group else "p2p"}
        return {"message_id": f"om_in{self.number()}", "create_time": "", **place}

    def _tell(self, kind: str, event: Body, person: str = "") -> None:
        number = f"ev{self.number()}"
        header = {"event_id": number, "event_type": kind, "create_time": "1", "token": "", "app_id": APP}
        self.unheard[number] = ({"schema": "2.0", "header": header | {"tenant_key": "t"}, "event": event}, person)
        self.told.append(self.unheard[number][0])
        if self.live:
            self.run(self.push(self.live[-1].send_bytes(_frame(number, self.unheard[number][0]))))

    # The long connection

    async def _endpoint(self, request: web.Request) -> web.Response:
        body = await request.json()
        if (body["AppID"], body["AppSecret"]) != (APP, SECRET) or self.refuse_secret:
            return web.json_response({"code": 10014, "msg": "app secret invalid"})
        config = {"ReconnectCount": -1, "ReconnectInterval": 120, "ReconnectNonce": 30, "PingInterval": 120}
        url = f"{self.ws}/ws?device_id=1&service_id=1&ticket=ticket-canary"
        return web.json_response({"code": 0, "msg": "ok", "data": {"URL": url, "ClientConfig": config}})

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.live.append(socket)
        self.connected += 1
        for number, (event, _) in list(self.unheard.items()):
            await self.push(socket.send_bytes(_frame(number, event)))
        async for message in socket:
            if message.type == WSMsgType.BINARY:
                self._acknowledged(message.data)
        if socket in self.live:
            self.live.remove(socket)
        return socket

    def _acknowledged(self, data: bytes) -> None:
        frame = _empty_frame()
        frame.ParseFromString(data)
        if frame.method != 1:
            return
        number = next(header.value for header in frame.headers if header.key == "message_id")
        answer = json.loads(frame.payload)
        if answer["code"] != 200:
            return
        _, person = self.unheard.pop(number, ({}, ""))
        shown = json.loads(base64.b64decode(answer["data"])) if answer.get("data") else {}
        if words := (shown.get("toast") or {}).get("content"):
            self.screens.toast(person, words)

    # The calls

    async def _token(self, request: web.Request) -> web.Response:
        body = await request.json()
        if body != {"app_id": APP, "app_secret": SECRET}:
            return web.json_response({"code": 10014, "msg": "app secret invalid"})
        return web.json_response({"code": 0, "msg": "ok", "tenant_access_token": TOKEN, "expire": 7200})

    async def _info(self, _: web.Request) -> web.Response:
        return web.json_response({"code": 0, "msg": "ok", "bot": {"open_id": BOT, "app_name": "如期"}})

    async def _create(self, request: web.Request) -> web.Response:
        body = await request.json()
        replied = request.match_info.get("ref", "")
        address = body.get("receive_id") or self.places.get(replied, "nowhere")
        if refusal := self._refusal(request, "create", body):
            return refusal
        if not replied and request.query["receive_id_type"] != ("chat_id" if address.startswith("oc_") else "open_id"):
            self.complain(f"{address} is no {request.query['receive_id_type']}")
        if address in self.blocked:
            return web.json_response({"code": 230053, "msg": "The user has stopped the bot"}, status=400)
        ref = self.taken.get(body["uuid"]) or self._show(address, body, replied)
        self.taken[body["uuid"]] = ref
        return self._answer(request, {"code": 0, "msg": "success", "data": {"message_id": ref}})

    def _show(self, address: str, body: Body, replied: str) -> str:
        ref = f"om_{self.number()}"
        if len(body["content"].encode()) > 30_000 or len(body["uuid"]) > 50:
            self.complain("a message that is too long")
        if body["msg_type"] == "interactive":
            self.cards.add(ref)
        if body["msg_type"] == "image" and json.loads(body["content"])["image_key"] not in self.pictures:
            self.complain("a picture that nobody sent")
        text, buttons = _drawn(body["msg_type"], json.loads(body["content"]))
        self.screens.show(address, Bubble(ref, text, buttons, reply_to=replied))
        return ref

    async def _image(self, request: web.Request) -> web.Response:
        """A form with the kind of use and one file, as the official library sends it."""
        if refusal := self._refusal(request, "image", {}):
            return refusal
        fields, file = await read_form(request)
        if fields != {"image_type": "message"} or file is None or file.field != "image" or not file.is_png:
            self.complain(f"a picture that is refused: {fields}, {file}")
            return web.json_response({"code": 234011, "msg": "can't recognize image format"}, status=400)
        key = f"img_{self.number()}"
        self.pictures[key] = file.data
        return self._answer(request, {"code": 0, "msg": "success", "data": {"image_key": key}})

    async def _resource(self, request: web.Request) -> web.Response:
        if refusal := self._refusal(request, "resource", {}):
            return refusal
        if request.query["type"] != "file":
            return web.json_response({"code": 234001, "msg": "no such file"}, status=400)
        return await self.hand_out(request)

    async def _patch(self, request: web.Request) -> web.Response:
        body, ref = await request.json(), request.match_info["ref"]
        if refusal := self._refusal(request, "patch", body):
            return refusal
        if ref not in self.cards:
            self.complain(f"{ref} is no card")
            return web.json_response({"code": 230001, "msg": "not a card"}, status=400)
        self.screens.change(ref, *_drawn("interactive", json.loads(body["content"])))
        return self._answer(request, {"code": 0, "msg": "success", "data": {}})

    def _refusal(self, request: web.Request, kind: str, body: Body) -> web.Response | None:
        self.calls.append((kind, body))
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"code": 99991663, "msg": "token invalid"}, status=400)
        fault = self.strike(kind)
        if fault and not fault.lost:
            return web.json_response({"code": fault.code, "msg": fault.words}, status=400)
        request[LOST] = fault is not None
        return None

    def _answer(self, request: web.Request, answer: Body) -> web.Response:
        return hang_up(request) if request[LOST] else web.json_response(answer)


def _empty_frame() -> Any:  # noqa: ANN401 - a message of the library
    return bring("lark_oapi.ws.pb.pbbp2_pb2").Frame()


def _frame(number: str, event: Body) -> bytes:
    frame = _empty_frame()
    frame.SeqID, frame.LogID, frame.service, frame.method = 1, 0, 1, 1
    values = {"type": "event", "message_id": number, "trace_id": "t", "sum": "1", "seq": "0"}
    for key, value in values.items():
        header = frame.headers.add()
        header.key, header.value = key, value
    frame.payload = json.dumps(event).encode()
    return bytes(frame.SerializeToString())


def _drawn(kind: str, content: Body) -> tuple[str, tuple[tuple[str, str], ...]]:
    if kind == "text":
        return content["text"], ()
    if kind == "image":
        return f"[{content['image_key']}]", ()
    lines, buttons = [content["header"]["title"]["content"]], []
    for element in content["elements"]:
        if element["tag"] == "div":
            lines.append(html.unescape(_LINK.sub(r"\2", element["text"]["content"])))
        actions = [action for action in element.get("actions", []) if "value" in action]
        buttons += [(action["text"]["content"], json.dumps(action["value"])) for action in actions]
    return "\n".join(lines), tuple(buttons)
