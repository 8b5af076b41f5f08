"""Methods that change what already stands in a chat, or answer a press."""

from tests.bot_api.calls import Call
from tests.bot_api.errors import BotApiError, careless
from tests.bot_api.keyboard import check_markup
from tests.bot_api.render import message_json
from tests.bot_api.sending import caption_content, text_content
from tests.bot_api.updates import LIFETIMES
from tests.bot_api.world import Json, Message

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
TWO_DAYS = 172_800
LONGEST_TOAST = 200
REACTIONS = frozenset(
    [
        "👍",
        "👎",
        "❤",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "😡",
    ]
)


def edit_message_text(call: Call) -> Json:
    content = text_content(call)
    message = _own(call)
    if "text" not in message.content:
        raise BotApiError(400, "there is no text in the message to edit")
    message.source = call.text("text")
    return _change(call, message, content)


def edit_message_caption(call: Call) -> Json:
    message = _own(call)
    media = {name: part for name, part in message.content.items() if name in {"document", "photo"}}
    if not media:
        raise BotApiError(400, "there is no caption in the message to edit")
    return _change(call, message, media | caption_content(call))


def edit_message_reply_markup(call: Call) -> Json:
    message = _own(call)
    return _change(call, message, message.content)


def delete_message(call: Call) -> bool:
    """A bot may delete for two days; a person's message only in private or as administrator."""
    chat, message = call.message("message to delete")
    foreign = message.sender_id != call.world.bot.id and chat.kind != "private"
    powerless = foreign and chat.standing.get(call.world.bot.id) != "administrator"
    if powerless or call.now - message.date > TWO_DAYS:
        raise BotApiError(400, "message can't be deleted")
    del chat.messages[message.id]
    chat.pinned = [number for number in chat.pinned if number != message.id]
    return True


def answer_callback_query(call: Call) -> bool:
    press = call.world.presses.get(call.text("callback_query_id"))
    if press is None or call.now - press.at > LIFETIMES["callback_query"]:
        raise BotApiError(400, "query is too old and response timeout expired or query ID is invalid")
    if len(call.text("text")) > LONGEST_TOAST:
        raise careless("MESSAGE_TOO_LONG")
    press.answers.append({"text": call.text("text"), "alert": call.flag("show_alert"), "url": call.text("url")})
    return True


def pin_chat_message(call: Call) -> bool:
    chat, message = call.message("message to pin")
    if chat.kind != "private" and chat.standing.get(call.world.bot.id) != "administrator":
        raise BotApiError(400, "not enough rights to manage pinned messages in the chat")
    chat.pinned = [*(number for number in chat.pinned if number != message.id), message.id]
    return True


def unpin_chat_message(call: Call) -> bool:
    chat = call.writable()
    number = call.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise BotApiError(400, "message to unpin not found")
    chat.pinned.remove(number)
    return True


def set_message_reaction(call: Call) -> bool:
    _, message = call.message("message to react")
    wanted = [str(item.get("emoji")) for item in call.items("reaction") or [] if isinstance(item, dict)]
    if len(wanted) > 1:
        raise careless("too many reactions: a bot may set one")
    if not REACTIONS.issuperset(wanted):
        raise careless("REACTION_INVALID")
    message.reactions = wanted
    return True


def _own(call: Call) -> Message:
    _, message = call.message("message to edit")
    if message.sender_id != call.world.bot.id:
        raise BotApiError(400, "message can't be edited")
    return message


def _change(call: Call, message: Message, content: Json) -> Json:
    """Write the new content. Leaving reply_markup out takes the buttons away, as Telegram does."""
    markup = check_markup(call.params.get("reply_markup"))
    if content == message.content and markup == message.markup:
        raise BotApiError(400, NOT_MODIFIED)
    message.content, message.markup, message.edited_at = content, markup, int(call.now)
    return message_json(call.world, message)
