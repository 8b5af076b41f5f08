"""Reading a frame of WeCom's AI bot: what happened, in plain values. Pure; raises for what is not as promised.

In a group the bot is told only what mentions it. Source: developer.work.weixin.qq.com/document/path/101463 and
aibot.message_handler: body has msgid, chattype, chatid (groups), from.userid, msgtype, quote.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.common.clipping import clean
from bot.channels.common.heard import Heard, Payload
from bot.turn import File

CARD_PRESSED = "template_card_event"
KICKED = "disconnected_event"
_MENTION = re.compile(r"^@\S+\s*|\s*@\S+$")
"""WeCom puts the bot's name before or behind the words, and tells nobody what the name is."""

NAMES = {"image": "photo.jpg", "file": "file"}

Body = Mapping[str, Any]


def event_type(frame: Payload) -> str:
    event = frame.get("body", {}).get("event")
    return str(event.get("eventtype", "")) if isinstance(event, dict) else ""


def read(frame: Payload) -> Heard | None:
    """What happened; None when it is nothing to us."""
    body = frame["body"]
    person, private = str(body["from"]["userid"]), body.get("chattype", "single") != "group"
    chat = person if private else str(body["chatid"])
    if body["msgtype"] == "event":
        return _press(body, chat, person, private=private)
    said = clean(_words(body)).strip()
    return Heard(
        chat,
        person,
        private,
        text=said if private else _MENTION.sub("", said).strip(),
        quoted=_words(body["quote"]) if isinstance(body.get("quote"), dict) else "",
        attachment=body["msgtype"] not in {"text", "voice"},
        files=tuple(_files(body, chat)),
        at=_at(body),
    )


def _press(body: Body, chat: str, person: str, *, private: bool) -> Heard | None:
    pressed = body["event"].get(CARD_PRESSED)
    if not isinstance(pressed, dict) or not pressed.get("event_key"):
        return None
    ref, key = str(pressed.get("task_id", "")), str(pressed["event_key"])
    return Heard(chat, person, private, button=key, reply_to=ref, pressed=True)


def _words(body: Body) -> str:
    """What was said: as text, spoken and written down by WeCom, or between pictures."""
    kind = body.get("msgtype")
    if kind == "mixed":
        return "\n".join(_words(item) for item in body["mixed"]["msg_item"] if item.get("msgtype") == "text")
    said = body.get(str(kind)) if kind in {"text", "voice", "markdown"} else None
    return str(said.get("content", "")) if isinstance(said, dict) else ""


def _files(body: Body, chat: str) -> Iterator[File]:
    """Pictures and files, with an address that is good for five minutes and the key that opens them."""
    kind = str(body.get("msgtype"))
    if kind == "mixed":
        for item in body["mixed"]["msg_item"]:
            yield from _files(item, chat)
    elif kind in {"image", "file"} and body[kind].get("url"):
        found = body[kind]
        source = {"chat": chat, "url": str(found["url"]), "key": str(found.get("aeskey") or "")}
        yield File(str(found.get("name") or NAMES[kind]), source=source)
    elif kind == "video":
        yield File(kind, problem="file_kind")


def _at(body: Body) -> datetime | None:
    at = body.get("create_time")
    return datetime.fromtimestamp(at, UTC) if type(at) is int else None
