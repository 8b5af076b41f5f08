"""Drawing for Feishu: plain text, or an interactive card where there are buttons. A card can be changed for 14 days.

Source: open.feishu.cn, 发送消息 (a card of 30 KB at most) and 卡片 JSON 1.0; marks in lark_md are written as entities.
"""

import json
import re
from typing import Any

from bot.channels.common.clipping import clip, octets
from bot.channels.common.drawing import LINK, Drawn, is_link
from bot.channels.feishu.reading import BUTTON
from texts.values import Button

LONGEST = 18_000
TITLE = 60
_MARKS = re.compile(r"[&*~_`<>\[\]()#+!:|-]")


def text(drawn: Drawn) -> tuple[str, str]:
    """(message type, content): for what has no buttons, and for what Feishu does not like as a card."""
    return "text", json.dumps({"text": clip(drawn.text, LONGEST, octets)}, ensure_ascii=False)


def card(drawn: Drawn, address: str) -> tuple[str, str]:
    """(message type, content): a headline, the lines, a row of buttons for each of ours."""
    shown: dict[str, Any] = {
        "config": {"update_multi": True, "wide_screen_mode": True},
        "header": {"title": _plain(clip(drawn.head, TITLE)), "template": "blue"},
        "elements": [*_body(drawn), *({"tag": "action", "actions": _row(row, address)} for row in drawn.rows)],
    }
    return "interactive", json.dumps(shown, ensure_ascii=False)


def _body(drawn: Drawn) -> list[dict[str, Any]]:
    lines = drawn.lines if len(drawn.head) <= TITLE else (drawn.head, *drawn.lines)
    said = clip("\n".join(lines), LONGEST // 3, octets)  # entities make it longer
    return [{"tag": "div", "text": {"tag": "lark_md", "content": _escaped(said)}}] if said else []


def _row(row: tuple[Button, ...], address: str) -> list[dict[str, Any]]:
    return [_button(button, address, first=not n) for n, button in enumerate(row)]


def _button(button: Button, address: str, *, first: bool) -> dict[str, Any]:
    shown = {"tag": "button", "text": _plain(button.label), "type": "primary" if first else "default"}
    if button.url and is_link(button.url):
        return {**shown, "url": button.url}
    group = {"chat": address} if address.startswith("oc_") else {}
    return {**shown, "value": {BUTTON: button.data, **group}}


def _plain(words: str) -> dict[str, str]:
    return {"tag": "plain_text", "content": words}


def _escaped(said: str) -> str:
    links, rest = LINK.findall(said), LINK.split(said)
    shown = [_MARKS.sub(_entity, part) for part in rest]
    return "".join(part + (f"[{link}]({link})" if link else "") for part, link in zip(shown, [*links, ""], strict=True))


def _entity(mark: re.Match[str]) -> str:
    return f"&#{ord(mark[0])};"
