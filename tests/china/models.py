"""What our fakes tell and what we send, held against the official libraries' own models: every key has to be theirs."""

import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType, SimpleNamespace
from typing import Any
from unittest.mock import patch

from bot.channels.common.foreign import bring
from tests.china.server import Fake

Body = dict[str, Any]
IM = "lark_oapi.api.im.v1.model"
ALSO_TOLD = {"emotion", "event", "disconnected_event"}
"""WeCom's documents have these; its library knows no names for them and hands them on."""
ALSO_SAID = {"isReplyMsg", "repliedMsg"}
"""DingTalk's documents have these in a text that quotes; its library keeps them as they are."""

ALSO_SENT = {"/imRobotOpenDeliverModel/robotCode"}
"""DingTalk's own model of this call has it (dingtalkcard_1_0, CreateAndDeliverRequest), its stream library does not."""


def strange(fake: Fake) -> list[str]:
    """What the library of this platform has no name for; empty where all is as it should be."""
    return list(JUDGES[type(fake).__name__](fake))


def _feishu(fake: Fake) -> Iterator[str]:
    lark = bring("lark_oapi")
    kinds = {
        "im.message.receive_v1": bring(f"{IM}.p2_im_message_receive_v1").P2ImMessageReceiveV1,
        "card.action.trigger": bring("lark_oapi.event.callback.model.p2_card_action_trigger").P2CardActionTrigger,
    }
    for event in fake.told:
        read = lark.JSON.unmarshal(json.dumps(event), kinds[event["header"]["event_type"]])
        yield from _lost(event, json.loads(lark.JSON.marshal(read)), "event")
    bodies = {"create": "create_message", "reply": "reply_message", "patch": "patch_message", "image": "create_image"}
    known = {
        name: vars(getattr(bring(f"{IM}.{file}_request_body"), _camel(f"{file}_request_body"))()).keys()
        for name, file in bodies.items()
    }
    for kind, body in fake.calls:
        name = "reply" if kind == "create" and "receive_id" not in body else kind
        yield from (f"{name}: {key}" for key in body.keys() - known.get(name, ()))


def _dingtalk(fake: Fake) -> Iterator[str]:
    stream = bring("dingtalk_stream")
    for frame in fake.told:
        message = stream.CallbackMessage.from_dict(frame)
        yield from (f"frame: {key}" for key in (*message.extensions, *message.headers.extensions))
        data = json.loads(frame["data"])
        if message.headers.topic == stream.Card_Callback_Router_Topic:
            pressed = stream.CardCallbackMessage.from_dict(data).to_dict()
            yield from (f"pressed: {key}" for key in data.keys() - pressed.keys())
        else:
            said = stream.ChatbotMessage.from_dict(data)
            text = said.text.extensions if said.text else {}
            yield from (f"said: {key}" for key in said.extensions.keys() - {"text", "content"})
            yield from (f"text: {key}" for key in text.keys() - ALSO_SAID)
    theirs = _card_bodies(stream)
    for kind, body in fake.calls:
        if "/card/" in kind:
            yield from (f"{kind}: {path}" for path in _paths(body) - theirs[kind] - ALSO_SENT)


def _card_bodies(stream: Any) -> Mapping[str, set[str]]:  # noqa: ANN401 - the library's
    """The keys that the library itself sends for a card: made, in a group and in private, and changed."""
    sent: dict[str, set[str]] = {}

    def keep(verb: str) -> Callable[..., Any]:
        def call(url: str, **options: Any) -> Any:  # noqa: ANN401 - an answer
            path = url.partition("//")[2].partition("/")[2]
            sent.setdefault(f"{verb} /{path}", set()).update(_paths(options["json"]))
            return SimpleNamespace(raise_for_status=lambda: None, json=dict, status_code=200)

        return call

    credential = SimpleNamespace(client_id="app")
    client = SimpleNamespace(credential=credential, get_access_token=lambda: "t", logger=None)
    replier = bring("dingtalk_stream.card_replier")
    with patch.object(replier, "requests", SimpleNamespace(post=keep("POST"), put=keep("PUT"))):
        for place in ("1", "2"):
            said = stream.ChatbotMessage.from_dict({"conversationType": place, "conversationId": "c", "msgId": "m"})
            made = replier.CardReplier(client, said)
            made.create_and_deliver_card("template", {"a": "b"}, callback_type="STREAM", userIdType=1)
            made.put_card_data("card", {"a": "b"}, cardUpdateOptions={"updateCardDataByKey": True})
    return sent


def _wecom(fake: Fake) -> Iterator[str]:
    types = bring("aibot.types")
    commands = {value for name, value in vars(types.WsCmd).items() if name.isupper()}
    names = {str(one.value) for kind in (types.MessageType, types.EventType) for one in kind} | ALSO_TOLD
    cards = {str(one.value) for one in types.TemplateCardType}
    for frame in fake.told:
        body = frame["body"]
        said = {body["msgtype"], *([body["event"]["eventtype"]] if "event" in body else [])}
        yield from (f"told: {name}" for name in {frame["cmd"]} - commands | said - names)
    for command, body in fake.calls:
        card = (body or {}).get("template_card", {}).get("card_type")
        yield from (f"sent: {name}" for name in {command} - commands | ({card} - cards if card else set()))


JUDGES: Mapping[str, Callable[[Fake], Iterator[str]]] = MappingProxyType(
    {"FeishuFake": _feishu, "DingTalkFake": _dingtalk, "WeComFake": _wecom}
)


def _lost(told: object, read: object, where: str) -> Iterator[str]:
    """What the model did not keep; what is empty it leaves out."""
    if isinstance(told, dict):
        held = read if isinstance(read, dict) else {}
        for key, value in told.items():
            if value not in (None, "", [], {}) or key in held:
                yield from _lost(value, held[key], f"{where}.{key}") if key in held else [f"{where}.{key}"]
    elif isinstance(told, list) and isinstance(read, list):
        for one, other in zip(told, read, strict=True):
            yield from _lost(one, other, where)
    elif told != read:
        yield f"{where}: {told!r} became {read!r}"


def _paths(body: object, where: str = "") -> set[str]:
    """The keys of a body down to the data of a card, which is a template's own."""
    if not isinstance(body, dict) or where.endswith("cardParamMap"):
        return {where} - {""}
    return {path for key, value in body.items() for path in _paths(value, f"{where}/{key}")}


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
