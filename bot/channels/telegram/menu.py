"""The command menus behind Telegram's "/" button: for one person and for groups, in Chinese and for English apps."""

import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from telegram.error import TelegramError

from texts.catalogue import say

log = logging.getLogger(__name__)

ALONE = ("today", "week", "overdue", "list", "calendar", "undo", "leave", "back", "test", "help")
IN_GROUPS = ("today", "list", "bind", "unbind", "help")
MENUS = ((None, ALONE), ({"type": "all_group_chats"}, IN_GROUPS))
"""(Telegram's scope, None for everywhere else; the commands there)."""
LANGUAGES = (("", "zh"), ("en", "en"))
"""(Telegram's language code, empty for all others; ours)."""


def menus() -> Iterator[dict[str, Any]]:
    """The parameters of each setMyCommands."""
    for scope, names in MENUS:
        for code, language in LANGUAGES:
            items = [{"command": name, "description": say(language, f"telegram.menu.{name}")} for name in names]
            yield {"commands": items} | ({"language_code": code} if code else {}) | ({"scope": scope} if scope else {})


async def set_menus(call: Callable[..., Awaitable[Any]]) -> None:
    """Best effort: a menu is a convenience, and no reason not to receive."""
    try:
        for menu in menus():
            await call("setMyCommands", **menu)
    except TelegramError as error:
        log.info("the command menu could not be set: %s", error.message)
