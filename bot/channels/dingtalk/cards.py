"""Drawing for DingTalk: a card of the library's own template with buttons, or Markdown whose buttons send words.

Source: dingtalk_stream.card_instance (template and the names in its data); open.dingtalk.com, "企业机器人发送消息的消息
类型" (sampleMarkdown) and the address dtmd://dingtalkclient/sendMessage.
"""

import json
from typing import Any
from urllib.parse import quote

from bot.channels.common.clipping import clip, octets
from bot.channels.common.drawing import Drawn, as_markdown, is_link
from texts.values import Button

TEMPLATE = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
LONGEST = 5000
TITLE = 40
LINE_END = "  \n"
"""Markdown here breaks a line only after two spaces."""
MOST_BUTTONS = 20


def card_data(drawn: Drawn) -> dict[str, str]:
    buttons = [_button(button, first=not n) for n, button in enumerate(drawn.buttons[:MOST_BUTTONS])]
    return {
        "title": clip(drawn.head, TITLE),
        "markdown": clip(as_markdown(drawn.head, drawn.lines, LINE_END), LONGEST, octets),
        "tips": "",
        "sys_full_json_obj": json.dumps({"msgButtons": buttons}, ensure_ascii=False),
    }


def message(drawn: Drawn, *, private: bool) -> tuple[str, str]:
    """(msgKey, msgParam) of a plain message. In a group a sent word would not mention us: no buttons there."""
    said = clip(as_markdown(drawn.head, drawn.lines, LINE_END), LONGEST, octets)
    links = " | ".join(_word(button) for button in drawn.buttons if private and not button.url)
    text = f"{said}\n\n{links}" if links else said
    return "sampleMarkdown", json.dumps({"title": clip(drawn.head, TITLE), "text": text}, ensure_ascii=False)


def _button(button: Button, *, first: bool) -> dict[str, Any]:
    shown = {"text": button.label, "color": "blue" if first else "gray"}
    if button.url and is_link(button.url):
        return {**shown, "url": button.url}
    return {**shown, "id": button.data, "request": True}


def _word(button: Button) -> str:
    words = quote(f"{button.label} [{button.data}]", safe="")
    return f"[{button.label}](dtmd://dingtalkclient/sendMessage?content={words})"
