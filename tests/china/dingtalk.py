"""DingTalk: a stream that tells again what was not acknowledged, cards that change in place, plain robot messages."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from aiohttp import WSMsgType, web

from tests.china.screens import Bubble
from tests.china.server import LOST, Fake, hang_up, read_form

APP, SECRET = "ding-app", "ding-secret-canary"
TOKEN = "ding-token-canary"
SAID, PRESSED = "/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback"
_LINK = re.compile(r"\[([^\]]+)\]\(dtmd://dingtalkclient/sendMessage\?content=([^)]+)\)")
Body = dict[str, Any]


@dataclass
class DingTalkFake(Fake):
    unheard: dict[str, Body] = field(default_factory=dict)
    """Told and not acknowledged yet: told again to the next connection."""
    no_cards: bool = False

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/v1.0/gateway/connections/open", self._gateway),
            web.get("/stream", self._socket),
            web.post("/v1.0/oauth2/accessToken", self._token),
            web.post("/v1.0/card/instances/createAndDeliver", self._create),
            web.put("/v1.0/card/instances", self._change),
            web.post("/v1.0/robot/oToMessages/batchSend", self._plain),
            web.post("/v1.0/robot/groupMessages/send", self._plain),
            web.post("/v1.0/robot/messageFiles/download", self._where),
            web.post("/media/upload", self._media),
            web.get("/files/{name}", self.hand_out),
        ]

    # People

    def says(self, person: str, text: str, *, group: str = "", quote: str = "") -> None:
        said: Body = {"content": text}
        if quote:
            said |= {"isReplyMsg": True, "repliedMsg": {"msgType": "interactiveCard", "content": {"text": quote}}}
        self._tell(SAID, self._from(person, group) | {"msgtype": "text", "text": said})

    def sends_file(self, person: str, data: bytes) -> None:
        self.files["c1"] = data
        content = {"fileName": "签到表.pdf", "downloadCode": "c1"}
        self._tell(SAID, self._from(person, "") | {"msgtype": "file", "content": content})

    def sends_sticker(self, person: str) -> None:
        self._tell(SAID, self._from(person, "") | {"msgtype": "unknownMsgType", "content": {}})

    def presses_button(self, person: str, bubble: Bubble, label: str) -> None:
        data = bubble.data(label)
        if not bubble.ref.startswith("ruqi"):  # a plain message: the press says something in the person's name
            self.says(person, data)
            return
        content = {"cardPrivateData": {"actionIds": [data], "params": {}}}
        pressed = {"outTrackId": bubble.ref, "userId": person, "corpId": "c", "content": json.dumps(content)}
        self._tell(PRESSED, pressed | {"extension": "{}"})

    def _from(self, person: str, group: str) -> Body:
        place = {"conversationType": "2" if group else "1", "conversationId": group or f"cid-{person}"}
        return {
            "msgId": f"msg{self.number()}",
            "senderStaffId": person,
            "senderId": f"$:{person}",
            "senderNick": person,
            "isInAtList": bool(group),
            "robotCode": APP,
            "createAt": 0,
            **place,
        }

    def _tell(self, topic: str, data: Body) -> None:
        number = f"n{self.number()}"
        headers = {"topic": topic, "messageId": number, "contentType": "application/json", "time": "1"}
        frame = {"specVersion": "1.0", "type": "CALLBACK", "headers": headers, "data": json.dumps(data)}
        self.unheard[number] = frame
        self.told.append(frame)
        if self.live:
            self.run(self.push(self.live[-1].send_json(frame)))

    # The wire

    async def _gateway(self, request: web.Request) -> web.Response:
        body = await request.json()
        if (body["clientId"], body["clientSecret"]) != (APP, SECRET) or self.refuse_secret:
            return web.json_response({"code": "authFailed", "message": "no"}, status=401)
        if {one["topic"] for one in body["subscriptions"]} != {SAID, PRESSED}:
            self.complain(f"subscribed to {body['subscriptions']}")
        return web.json_response({"endpoint": f"{self.ws}/stream", "ticket": "ticket-canary"})

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.live.append(socket)
        self.connected += 1
        for frame in list(self.unheard.values()):
            await self.push(socket.send_json(frame))
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                answer = json.loads(message.data)
                if answer.get("code") == 200:
                    self.unheard.pop(answer["headers"]["messageId"], None)
        if socket in self.live:
            self.live.remove(socket)
        return socket

    async def _token(self, request: web.Request) -> web.Response:
        body = await request.json()
        if body != {"appKey": APP, "appSecret": SECRET}:
            return web.json_response({"code": "invalidClientIdOrSecret", "message": "no"}, status=400)
        return web.json_response({"accessToken": TOKEN, "expireIn": 7200})

    async def _create(self, request: web.Request) -> web.Response:
        body = await request.json()
        if refusal := self._refusal(request, body):
            return refusal
        kind, _, place = body["openSpaceId"].removeprefix("dtv1.card//").partition(".")
        if self.no_cards:
            code = "Forbidden.AccessDenied.AccessTokenPermissionDenied"
            return web.json_response({"code": code, "message": "Card.Instance.Write"}, status=403)
        delivered = not {place, f"group:{place}"} & self.blocked
        if delivered:
            self._show(("group:" if kind == "IM_GROUP" else "") + place, body)
        results = [{"spaceId": place, "spaceType": kind, "success": delivered, "errorMsg": "" if delivered else "no"}]
        answer = {"success": True, "result": {"outTrackId": body["outTrackId"], "deliverResults": results}}
        return self._answer(request, body, answer)

    def _show(self, chat: str, body: Body) -> None:
        text, buttons = self._card(body)
        self.screens.show(chat, Bubble(body["outTrackId"], text, buttons))

    async def _change(self, request: web.Request) -> web.Response:
        body = await request.json()
        if refusal := self._refusal(request, body):
            return refusal
        if not self.screens.change(body["outTrackId"], *self._card(body)):
            return web.json_response({"code": "param.outTrackIdNotExist", "message": "no card"}, status=400)
        return self._answer(request, body, {"success": True, "result": True})

    def _card(self, body: Body) -> tuple[str, tuple[tuple[str, str], ...]]:
        data = body["cardData"]["cardParamMap"]
        if not all(isinstance(value, str) for value in data.values()):
            self.complain(f"card data that is no text: {data}")
        buttons = json.loads(data["sys_full_json_obj"])["msgButtons"]
        return _shown(data["markdown"]), tuple((one["text"], one["id"]) for one in buttons if "id" in one)

    async def _where(self, request: web.Request) -> web.Response:
        body = await request.json()
        if refusal := self._refusal(request, body):
            return refusal
        return web.json_response({"downloadUrl": f"{self.url}/files/{body['downloadCode']}"})

    async def _media(self, request: web.Request) -> web.Response:
        """The older address: the token stands in the query, a no in a number with HTTP 200."""
        if fault := self.strike("media"):
            return web.json_response({"errcode": int(fault.code), "errmsg": fault.words})
        fields, file = await read_form(request)
        good = request.query.get("access_token") == TOKEN and fields == {"type": "image"}
        if not good or file is None or file.field != "media" or not file.is_png:
            self.complain(f"a file that is refused: {fields}, {file}")
            return web.json_response({"errcode": 40004, "errmsg": "invalid media type"})
        key = f"@lAL{self.number()}"
        self.pictures[key] = file.data
        return web.json_response({"errcode": 0, "errmsg": "ok", "type": "image", "media_id": key, "created_at": 1})

    async def _plain(self, request: web.Request) -> web.Response:
        body = await request.json()
        if refusal := self._refusal(request, body):
            return refusal
        people = body.get("userIds", [])
        gone = [person for person in people if person in self.blocked]
        if "group:" + body.get("openConversationId", "") in self.blocked:
            return web.json_response(
                {"code": "robot.notInGroup", "message": "the robot is not in the group"}, status=400
            )
        key = f"key{self.number()}"
        param = json.loads(body["msgParam"])
        if body["msgKey"] == "sampleImageMsg":
            if param["photoURL"] not in self.pictures:
                self.complain("a picture that nobody sent")
            param = {"text": f"[{param['photoURL']}]"}
        if len(param["text"].encode()) > 20000 or body["robotCode"] != APP:
            self.complain(f"a message that is refused: {body}")
        links = tuple((label, unquote(words)) for label, words in _LINK.findall(param["text"]))
        for chat in [*people, *(["group:" + body["openConversationId"]] if "openConversationId" in body else [])]:
            if chat not in self.blocked:
                self.screens.show(chat, Bubble(key, _shown(param["text"]), links))
        answer = {"processQueryKey": key, "invalidStaffIdList": gone, "flowControlledStaffIdList": []}
        return self._answer(request, body, answer)

    def _refusal(self, request: web.Request, body: Body) -> web.Response | None:
        self.calls.append((f"{request.method} {request.path}", body))
        if request.headers.get("x-acs-dingtalk-access-token") != TOKEN:
            return web.json_response({"code": "InvalidAuthentication", "message": "no"}, status=401)
        fault = self.strike(f"{request.method} {request.path}")
        if fault and not fault.lost:
            return web.json_response({"code": fault.code, "message": fault.words}, status=400)
        request[LOST] = fault is not None
        return None

    def _answer(self, request: web.Request, body: Body, answer: Body) -> web.Response:
        return hang_up(request) if request[LOST] else web.json_response(answer)


def _shown(markdown: str) -> str:
    return _LINK.sub(r"\1", markdown).replace("  \n", "\n").replace("**", "")
