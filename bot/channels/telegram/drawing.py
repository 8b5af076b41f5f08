"""Drawing a message for Telegram: HTML with a bold first line, or plain text, and the buttons below."""

import logging
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram.clipping import clean, clip
from texts.values import Button, Message

log = logging.getLogger(__name__)

LONGEST_DATA = 64
MOST_BUTTONS = 100
"""Source: core.telegram.org/bots/api#inlinekeyboardbutton; the number of buttons as the server refuses it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message as it goes out. `text` is empty when there is nothing to show."""

    text: str
    parse_mode: str | None
    keyboard: InlineKeyboardMarkup | None


def draw(message: Message) -> Drawn:
    """Everything escaped once; the first line bold, because on a lock screen it is all there is."""
    text = clip(_visible(message))
    head, line_end, rest = escape(text, quote=False).partition("\n")
    return Drawn(f"<b>{head}</b>{line_end}{rest}" if text else "", "HTML", _keyboard(message))


def draw_plain(message: Message) -> Drawn:
    """The same without markup and without links behind buttons, for when Telegram does not like ours."""
    return Drawn(clip(_visible(message, all_links=True)), None, _keyboard(message, links=False))


def _visible(message: Message, *, all_links: bool = False) -> str:
    """The lines, and each address that cannot stand behind a button as a line of its own."""
    behind = [button for row in message.buttons for button in row if button.url]
    shown = [f"{button.label} {button.url}" for button in behind if all_links or not _is_link(button.url)]
    return clean("\n".join([*message.lines, *shown])).strip()


def _keyboard(message: Message, *, links: bool = True) -> InlineKeyboardMarkup | None:
    rows = [[drawn for button in row if (drawn := _button(button, links=links))] for row in message.buttons]
    rows = [row for row in rows if row]
    while sum(map(len, rows)) > MOST_BUTTONS:
        rows.pop()
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button, *, links: bool) -> InlineKeyboardButton | None:
    label = clean(button.label).strip()
    if not label:
        return None
    if button.url:
        return InlineKeyboardButton(label, url=button.url) if links and _is_link(button.url) else None
    if not 1 <= len(button.data.encode()) <= LONGEST_DATA:
        log.error("the button %r is left out: its data is %r, Telegram takes 1 to 64 bytes", label, button.data)
        return None
    return InlineKeyboardButton(label, callback_data=button.data)


def _is_link(url: str) -> bool:
    """Telegram takes no bare host name behind a button: a link to localhost is refused."""
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    return address.scheme in {"http", "https"} and "." in (address.hostname or "")
