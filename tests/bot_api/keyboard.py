"""What Telegram checks in a reply_markup before it shows a single button."""

from urllib.parse import urlsplit

from tests.bot_api.errors import careless
from tests.bot_api.world import Json

KINDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
ACTIONS = [
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
]
MOST_BUTTONS = 100
MOST_DATA_BYTES = 64


def check_markup(markup: object) -> Json | None:
    """Return the markup when Telegram would take it; None for none."""
    if markup in (None, "", {}):
        return None
    if not isinstance(markup, dict) or not any(kind in markup for kind in KINDS):
        raise careless("object expected as reply markup")
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check_button(button)
    if sum(len(row) for row in markup.get("inline_keyboard", [])) > MOST_BUTTONS:
        raise careless("reply markup is too long")
    return markup if markup.get("inline_keyboard") != [] else None


def _check_button(button: object) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str) or not button["text"].strip():
        raise careless("can't parse inline keyboard button: Text buttons must be non-empty")
    actions = [name for name in ACTIONS if name in button]
    if not actions:
        raise careless("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise careless(f"can't parse inline keyboard button: more than one of {', '.join(actions)}")
    _check_action(actions[0], button[actions[0]])


def _check_action(action: str, value: object) -> None:
    if action == "callback_data" and not 1 <= len(str(value).encode()) <= MOST_DATA_BYTES:
        raise careless("BUTTON_DATA_INVALID")
    if action == "url":
        address = urlsplit(str(value))
        # Telegram takes no bare host name: a link to localhost in a button is refused.
        if address.scheme not in {"http", "https", "tg"} or (address.scheme != "tg" and "." not in address.netloc):
            raise careless(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
