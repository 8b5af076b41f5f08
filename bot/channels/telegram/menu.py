"""The command menu behind Telegram's "/" button: in Chinese for everybody, in English for English apps."""

import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from telegram.error import TelegramError

from texts.catalogue import say

log = logging.getLogger(__name__)

COMMANDS = ("today", "week", "overdue", "list", "calendar", "undo", "help")
LANGUAGES = (("", "zh"), ("en", "en"))
"""(Telegram's language code, empty for all others; ours)."""


def menus() -> Iterator[dict[str, Any]]:
    """The parameters of each setMyCommands."""
    for code, language in LANGUAGES:
        items = [{"command": name, "description": say(language, f"telegram.menu.{name}")} for name in COMMANDS]
        yield {"commands": items} | ({"language_code": code} if code else {})


async def set_menus(call: Callable[..., Awaitable[Any]]) -> None:
    """Best effort: a menu is a convenience, and no reason not to receive."""
    try:
        for menu in menus():
            await call("setMyCommands", **menu)
    except TelegramError as error:
        log.info("the command menu could not be set: %s", error.message)
