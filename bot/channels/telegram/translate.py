"""Translating an update into what happened, in plain values. Pure; what cannot be understood raises or is nothing.

Who acts is the person (`person`, the id of their own private chat too); where they act is the chat. In a group only
what is addressed to the bot counts: a command, a mention, a reply to one of its messages, a press.
Source: core.telegram.org/bots/api, Update, Message, CallbackQuery, ChatMemberUpdated.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, MaybeInaccessibleMessage, Message, Update, User
from telegram.constants import ChatType

from bot.channels.telegram.clipping import clean
from bot.channels.telegram.enclosures import Enclosed, enclosed
from bot.grouping import BARE

HERE = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER, ChatMember.RESTRICTED)
COMMAND = re.compile(r"^(/\w+)@(\w+)")


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself. `username` is empty until Telegram has told it."""

    id: int
    username: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody said something or pressed a button. `reply_to` is the message of ours that it is about."""

    chat: str
    person: str
    private: bool
    message_id: str = ""
    text: str = ""
    button: str = ""
    reply_to: str = ""
    press_id: str = ""
    attachment: bool = False
    """There was a file, a photo, a place or the like, with or without words."""
    enclosed: Enclosed | None = None
    album: str = ""
    """The number that the messages of one album share."""
    at: datetime | None = None
    """When it was said, where Telegram tells: of a press it does not."""


@dataclass(frozen=True, slots=True)
class Faceless:
    """An anonymous administrator spoke in a group: nobody knows who."""

    chat: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Somebody changed a message of theirs in a private chat."""

    chat: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The bot was let in or unblocked (`here`), or kicked or blocked."""

    chat: str
    here: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup."""

    old: str
    new: str


Happening: TypeAlias = Heard | Faceless | Rewritten | Standing | Moved


def translate(update: Update, me: Me) -> Happening | None:
    """What happened; None when it is nothing to us. Raises for an update that is not what the Bot API promises."""
    if update.callback_query:
        return _press(update.callback_query)
    if update.my_chat_member:
        return _standing(update.my_chat_member)
    if update.edited_message:
        chat = update.edited_message.chat
        return Rewritten(str(chat.id)) if chat.type == ChatType.PRIVATE else None
    return _message(update.message, me) if update.message else None


def _press(query: CallbackQuery) -> Heard | None:
    person, data = str(query.from_user.id), _text(query.data)
    if not data:
        return None
    pressed = Heard(person, person, private=True, button=data, press_id=query.id)
    if query.message is None:
        return pressed
    place, number = query.message.chat, str(query.message.message_id)
    if place.type != ChatType.PRIVATE:
        return replace(pressed, chat=_address(query.message), private=False, reply_to=number)
    own = str(place.id) == person  # else it is somebody else's card, and its number means nothing in this chat
    return replace(pressed, reply_to=number) if own else pressed


def _standing(change: ChatMemberUpdated) -> Standing:
    status = change.new_chat_member.status
    return Standing(str(change.chat.id), status in HERE, "" if status in HERE else f"bot is {status} there")


def _message(message: Message, me: Me) -> Happening | None:
    if message.migrate_to_chat_id:
        return Moved(str(message.chat.id), str(message.migrate_to_chat_id))
    if message.migrate_from_chat_id:
        return Moved(str(message.migrate_from_chat_id), str(message.chat.id))
    heard = _heard(message, me)
    return _in_private(message, heard) if heard.private else _in_group(message, heard, me)


def _in_private(message: Message, heard: Heard) -> Heard | None:
    return heard if (heard.text or heard.attachment) and not _is_machine(message.from_user) else None


def _in_group(message: Message, heard: Heard, me: Me) -> Heard | Faceless | None:
    if not (heard.text or heard.enclosed) or not _is_for_me(heard, me):
        return None
    if message.sender_chat:
        return Faceless(heard.chat, heard.message_id)
    return None if _is_machine(message.from_user) else replace(heard, text=_without_name(heard.text, me))


def _heard(message: Message, me: Me) -> Heard:
    sender = message.from_user
    return Heard(
        chat=_address(message),
        person=str(sender.id) if sender else "",
        private=message.chat.type == ChatType.PRIVATE,
        message_id=str(message.message_id),
        text=clean(_text(message.text) or _text(message.caption)).strip(),
        reply_to=_answered(message, me),
        attachment=message.effective_attachment is not None,
        enclosed=enclosed(message),
        album=message.media_group_id or "",
        at=message.date,
    )


def _address(message: MaybeInaccessibleMessage) -> str:
    """The chat, or ``chat/topic`` for what stands in a topic of a forum."""
    chat, topic = message.chat, message.message_thread_id if isinstance(message, Message) else None
    in_topic = topic and chat.type != ChatType.PRIVATE and isinstance(message, Message) and message.is_topic_message
    return f"{chat.id}/{topic}" if in_topic else str(chat.id)


def _answered(message: Message, me: Me) -> str:
    """The message of ours that was replied to. A forum's messages "reply" to their topic; that is no answer."""
    target = message.reply_to_message
    ours = target is not None and target.from_user is not None and target.from_user.id == me.id
    return str(target.message_id) if target is not None and ours else ""


def _is_for_me(heard: Heard, me: Me) -> bool:
    command = COMMAND.match(heard.text)
    if command:
        return not me.username or command[2].lower() == me.username.lower()
    return heard.text.startswith(("/", *BARE)) or bool(heard.reply_to) or bool(_name(me).search(heard.text))


def _without_name(text: str, me: Me) -> str:
    """What was said without our name: "/today@ruqi_bot" is "/today", "@ruqi_bot 办12" is "办12"."""
    return _name(me).sub("", COMMAND.sub(r"\1", text)).strip()


def _name(me: Me) -> re.Pattern[str]:
    """Our name as a mention; other letters than a name's may follow at once, as Chinese does."""
    return re.compile(rf"@{re.escape(me.username or '?')}(?![A-Za-z0-9_])", re.IGNORECASE)


def _is_machine(sender: User | None) -> bool:
    return sender is None or sender.is_bot


def _text(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    raise TypeError(f"a text that is {type(value).__name__}")
