"""Reading what DingTalk's stream tells: what happened, in plain values. Pure; raises for what is not as promised.

A group's address is its conversation with a mark before it, a person's their staff id. Source: dingtalk_stream.chatbot
and card_callback; open.dingtalk.com, "机器人接收消息": `originalProcessQueryKey` names the message that is quoted.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.common.clipping import clean
from bot.channels.common.heard import Heard, Payload
from bot.turn import File

SAID = "/v1.0/im/bot/messages/get"
PRESSED = "/v1.0/card/instances/callback"
GROUP = "group:"
GROUP_REF = "-g"
"""Stands in a card's own id before the group it was sent to: a press does not reliably say where it was pressed."""
AS_TEXT = re.compile(r"^[^\n]{1,40} \[(?P<data>v[0-9]+:[^\]\n]+)\]$")
"""A button of a plain message: pressing it sends these words in the person's name."""

Data = Mapping[str, Any]


def read(event: Payload) -> Heard | None:
    """What happened; None when it is nothing to us."""
    return _press(event["data"]) if event["topic"] == PRESSED else _said(event["data"])


def _said(data: Data) -> Heard | None:
    person, private = str(data.get("senderStaffId") or ""), str(data["conversationType"]) == "1"
    if not person or not (private or data.get("isInAtList", True)):
        return None  # people from outside the organisation have no staff id and cannot be written to
    text = clean(_words(data)).strip()
    button = AS_TEXT.match(text)
    chat = person if private else GROUP + str(data["conversationId"])
    return Heard(
        chat=chat,
        person=person,
        private=private,
        text="" if button else text,
        button=button["data"] if button else "",
        pressed=button is not None,
        reply_to=str(data.get("originalProcessQueryKey") or ""),
        quoted=_quoted(data),
        attachment=data.get("msgtype") not in {"text", "audio"} and not _only_words(data),
        files=tuple(_files(data, chat)),
        at=_at(data.get("createAt")),
    )


def _press(data: Data) -> Heard | None:
    content = json.loads(data.get("content") or "{}")
    ids = (content.get("cardPrivateData") or {}).get("actionIds") or []
    if not ids:
        return None
    person, ref = str(data["userId"]), str(data["outTrackId"])
    _, marked, conversation = ref.partition(GROUP_REF)
    chat = GROUP + conversation if marked else person
    return Heard(chat, person, not marked, button=str(ids[0]), reply_to=ref, pressed=True)


def _words(data: Data) -> str:
    """The text, what was spoken as DingTalk wrote it down, or the words between pictures."""
    content = data.get("content") or {}
    match data.get("msgtype"):
        case "text":
            return str(data["text"].get("content", ""))
        case "audio":
            return str(content.get("recognition", ""))
        case "richText":
            return "".join(str(run.get("text", "")) for run in content.get("richText") or [])
    return ""


def _files(data: Data, chat: str) -> Iterator[File]:
    """Pictures and files, with the code by which they are fetched."""
    content, kind = data.get("content") or {}, data.get("msgtype")
    if kind == "video":
        yield File(kind, problem="file_kind")
    runs = content.get("richText") or [] if kind == "richText" else [content] if kind in {"picture", "file"} else []
    for run in runs:
        if code := run.get("downloadCode"):
            yield File(str(run.get("fileName") or "photo.jpg"), source={"chat": chat, "code": str(code)})


def _only_words(data: Data) -> bool:
    runs = (data.get("content") or {}).get("richText") if data.get("msgtype") == "richText" else None
    return bool(runs) and all("text" in run for run in runs or [])


def _quoted(data: Data) -> str:
    replied = (data.get("text") or {}).get("repliedMsg") or {}
    content = replied.get("content") or {}
    if not isinstance(content, dict):
        return str(content)
    runs = content.get("richText") or []
    return str(content.get("text") or "".join(str(run.get("content") or run.get("text") or "") for run in runs))


def _at(millis: object) -> datetime | None:
    return datetime.fromtimestamp(millis / 1000, UTC) if type(millis) is int and millis else None
