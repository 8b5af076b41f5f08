"""What people do in Telegram, and the updates the bot gets from it. AssertionError: no one could do that."""

import base64
import re
from itertools import count

from tests.bot_api.markup import utf16_length
from tests.bot_api.render import chat_json, file_json, inaccessible_json, member_json, message_json, user_json
from tests.bot_api.sending import photo_content
from tests.bot_api.world import HERE, Chat, Json, Message, Pressed, User, World

COMMAND = re.compile(r"(?<!\S)/(\w{1,32})(?:@(\w+))?")
press_numbers = count(4_300_000_000_000_001)


def write(world: World, now: float, message: Message) -> Message:
    """A person's message has landed: tell the bot, if it may read it."""
    if _reaches_bot(world, message):
        world.queue.push("message", message_json(world, message), now=now)
    return message


def say(world: World, now: float, person: User, chat: Chat, *, content: Json) -> Message:
    """A message before it is sent; the first one in a private chat starts the bot."""
    if chat.kind == "private":
        assert chat.standing.get(world.bot.id) != "kicked", f"{person.first_name} has blocked the bot; unblock it first"
        chat.standing[world.bot.id] = "member"
    else:
        assert chat.standing.get(person.id) in HERE, f"{person.first_name} is not in {chat.title}"
        assert chat.migrated_to is None, f"{chat.title} has become {chat.migrated_to}"
    return world.add_message(chat, person.id, now, content=content)


def text_of(text: str) -> Json:
    """A typed text with its commands marked, as every bot library expects them."""
    marks = [
        {"type": "bot_command", "offset": utf16_length(text[: found.start()]), "length": len(found[0])}
        for found in COMMAND.finditer(text)
    ]
    return {"text": text} | ({"entities": marks} if marks else {})


def document_of(world: World, name: str, content: str, *, kind: str, size: int | None) -> Json:
    file = world.add_file(name, base64.b64decode(content), folder="documents", size=size)
    return {"document": file_json(file) | {"file_name": name, "mime_type": kind}}


def photo_of(world: World, content: str) -> Json:
    return photo_content(world.add_file("photo.jpg", base64.b64decode(content), folder="photos"))


def edit(world: World, now: float, message: Message, text: str) -> None:
    message.content, message.edited_at = text_of(text), int(now)
    if _reaches_bot(world, message):
        world.queue.push("edited_message", message_json(world, message), now=now)


def press(world: World, now: float, person: User, chat: Chat, *, number: int, data: str) -> Pressed:
    """A press, with the message as it is now; for a deleted message Telegram sends only its number."""
    pressed = Pressed(str(next(press_numbers)), person.id, chat.id, number, data, now)
    world.presses[pressed.id] = pressed
    message = chat.messages.get(number)
    shown = message_json(world, message) if message else inaccessible_json(world, chat, number)
    body = {"id": pressed.id, "from": user_json(person), "message": shown, "chat_instance": str(chat.id), "data": data}
    world.queue.push("callback_query", body, now=now)
    return pressed


def set_bot_standing(world: World, now: float, chat: Chat, *, by: User, standing: str) -> None:
    """Block or unblock in a private chat; let in, promote or kick in a group."""
    old = chat.standing.get(world.bot.id, "left")
    chat.standing[world.bot.id] = standing
    body = {
        "chat": chat_json(world, chat),
        "from": user_json(by),
        "date": int(now),
        "old_chat_member": member_json(world.bot, old),
        "new_chat_member": member_json(world.bot, standing),
    }
    world.queue.push("my_chat_member", body, now=now)


def open_topic(world: World, now: float, chat: Chat, *, by: User, name: str) -> int:
    """A forum topic has the number of the service message that opened it."""
    assert chat.forum, f"{chat.title} is no forum"
    message = world.add_message(
        chat, by.id, now, content={"forum_topic_created": {"name": name, "icon_color": 7322096}}
    )
    message.topic = message.id
    chat.topics[message.id] = "open"
    return write(world, now, message).id


def migrate(world: World, now: float, chat: Chat, *, to: int) -> Chat:
    """A group becomes a supergroup: new id, new message numbers, one note on each side."""
    new = Chat(to, "supergroup", chat.title, standing=dict(chat.standing))
    world.chats[to] = new
    chat.migrated_to = to
    owner = next(number for number in chat.standing if number != world.bot.id)
    for side, note in ((chat, {"migrate_to_chat_id": to}), (new, {"migrate_from_chat_id": chat.id})):
        write(world, now, world.add_message(side, owner, now, content=note))
    return new


def _reaches_bot(world: World, message: Message) -> bool:
    """Privacy mode: in a group a plain bot hears commands for it, answers to its messages, and service notes.

    Source: core.telegram.org/bots/features#privacy-mode.
    """
    chat = world.chats[message.chat_id]
    standing = chat.standing.get(world.bot.id, "left")
    if chat.kind == "private" or standing == "administrator":
        return True
    if standing not in HERE:
        return False
    target = chat.messages.get(message.reply_to or 0)
    text = message.content.get("text", message.content.get("caption"))
    addressed = [found[2] for found in COMMAND.finditer(text or "")]
    to_bot = any(name in (None, world.bot.username) for name in addressed) or f"@{world.bot.username}" in (text or "")
    service = text is None and not {"document", "photo"} & set(message.content)
    return service or to_bot or (target is not None and target.sender_id == world.bot.id)
