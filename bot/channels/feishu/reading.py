"""Reading an event of Feishu: what happened, in plain values. Pure; raises for what is not as promised.

Source: open.feishu.cn, events im.message.receive_v1, card.action.trigger, im.chat.member.bot.deleted_v1. A text names
whom it mentions by a key (@_user_1) that `mentions` explains.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.common.clipping import clean
from bot.channels.common.heard import Happening, Heard, Payload, Standing
from bot.turn import File

SAID = "im.message.receive_v1"
PRESSED = "card.action.trigger"
BOT_IN = "im.chat.member.bot.added_v1"
BOT_OUT = "im.chat.member.bot.deleted_v1"
BUTTON = "ruqi"
"""Where in a button's value our data is."""
_MENTION = re.compile(r"@_(?:user_\d+|all)\b")

Part = Mapping[str, Any]


def read(event: Payload, me: str = "") -> Happening | None:
    """What happened; None when it is nothing to us. `me`: the bot's own open_id, empty while unknown."""
    kind, inside = event["header"]["event_type"], event["event"]
    match kind:
        case "im.message.receive_v1":
            return _said(inside, me)
        case "card.action.trigger":
            return _press(inside)
        case "im.chat.member.bot.added_v1" | "im.chat.member.bot.deleted_v1":
            here = kind == BOT_IN
            return Standing(str(inside["chat_id"]), here, "" if here else "the bot was taken out of the group")
    return None


def _said(inside: Part, me: str) -> Heard | None:
    message, sender = inside["message"], inside["sender"]
    if sender.get("sender_type", "user") != "user":
        return None
    person, private = str(sender["sender_id"]["open_id"]), message["chat_type"] == "p2p"
    mentions = message.get("mentions") or []
    if not private and not _is_for_me(mentions, me):
        return None
    kind, content = message["message_type"], json.loads(message.get("content") or "{}")
    chat = person if private else str(message["chat_id"])
    return Heard(
        chat=chat,
        person=person,
        private=private,
        message_id=str(message["message_id"]),
        text=_MENTION.sub("", clean(_words(kind, content))).strip(),
        reply_to=str(message.get("parent_id") or ""),
        attachment=kind not in {"text", "post"} or _has_picture(content),
        files=tuple(_files(kind, content, {"chat": chat, "message": str(message["message_id"])})),
        at=_at(message.get("create_time")),
    )


def _press(inside: Part) -> Heard | None:
    value = inside["action"].get("value")
    data = value.get(BUTTON) if isinstance(value, dict) else None
    if not data:
        return None
    person, context = str(inside["operator"]["open_id"]), inside.get("context") or {}
    group = str(value.get("chat") or "")
    ref = str(context.get("open_message_id") or "")
    return Heard(group or person, person, not group, button=str(data), reply_to=ref, pressed=True)


def _is_for_me(mentions: list[Part], me: str) -> bool:
    """Whether the bot is mentioned; while its own id is unknown, any mention of somebody may be ours."""
    ids = [str((one.get("id") or {}).get("open_id", "")) for one in mentions]
    return me in ids if me else bool(ids)


def _words(kind: str, content: Part) -> str:
    """The text; of a post, its title and its paragraphs."""
    if kind == "text":
        return str(content.get("text", ""))
    if kind != "post":
        return ""
    lines = ["".join(str(run.get("text", "")) for run in line) for line in content.get("content") or []]
    return "\n".join(line for line in [str(content.get("title") or ""), *lines] if line)


def _has_picture(content: Part) -> bool:
    runs = content.get("content") or []
    return isinstance(runs, list) and any(run.get("tag") in {"img", "media"} for line in runs for run in line)


def _files(kind: str, content: Part, where: dict[str, str]) -> Iterator[File]:
    """Pictures and files, with the key by which the message hands them out."""
    if kind in {"image", "file"}:
        key = str(content.get(f"{kind}_key", ""))
        yield File(str(content.get("file_name") or "photo.jpg"), source={**where, "key": key, "kind": kind})
    elif kind in {"media", "audio"}:
        yield File(kind, problem="file_kind")
    elif kind == "post" and _has_picture(content):
        for run in (run for line in content["content"] for run in line if run.get("tag") == "img"):
            yield File("photo.jpg", source={**where, "key": str(run.get("image_key", "")), "kind": "image"})


def _at(millis: object) -> datetime | None:
    text = str(millis or "")
    return datetime.fromtimestamp(int(text) / 1000, UTC) if text.isdecimal() else None
