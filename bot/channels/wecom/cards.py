"""Drawing for WeCom: Markdown, and a card with buttons. What does not fit on a card stands above it as text.

Source: developer.work.weixin.qq.com/document/path/101032 (template cards: a title of 26 and a text of 112 characters
are shown in full, six buttons at most; a card without buttons must lead somewhere) and 101031 (20480 bytes of text).
"""

from typing import Any

from bot.channels.common.clipping import clip, octets
from bot.channels.common.drawing import Drawn, as_markdown

LONGEST = 20480
TITLE = 26
SUBTITLE = 112
MOST_BUTTONS = 6
LABEL = 10
BLUE, GREY = 1, 2


def markdown(drawn: Drawn) -> dict[str, Any]:
    content = clip(as_markdown(drawn.head, drawn.lines), LONGEST, octets)
    return {"msgtype": "markdown", "markdown": {"content": content}}


def fits(drawn: Drawn) -> bool:
    """Whether a card shows all of it."""
    return len(drawn.head) <= TITLE and len(drawn.body) <= SUBTITLE


def card(drawn: Drawn, ref: str, *, home: str, whole: bool = True) -> dict[str, Any]:
    """The card; not `whole`, it only carries the buttons of the text above it."""
    shown: dict[str, Any] = {"main_title": {"title": clip(drawn.head, TITLE)}, "task_id": ref}
    if whole and drawn.body:
        shown["sub_title_text"] = clip(drawn.body, SUBTITLE)
    if not drawn.buttons:
        return {"card_type": "text_notice", "card_action": {"type": 1, "url": home}, **shown}
    buttons = [
        {"text": clip(button.label, LABEL), "style": GREY if n else BLUE, "key": button.data}
        for n, button in enumerate(drawn.buttons[:MOST_BUTTONS])
    ]
    return {"card_type": "button_interaction", "button_list": buttons, **shown}
