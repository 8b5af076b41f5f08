"""From the fake's state to the objects of the Bot API, as JSON."""

from tests.bot_api.world import Chat, Json, Message, StoredFile, User, World

RIGHTS = [
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
]


def user_json(user: User) -> Json:
    optional = {"username": user.username, "language_code": "" if user.is_bot else user.language_code}
    return {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name} | _filled(optional)


def chat_json(world: World, chat: Chat) -> Json:
    if chat.kind == "private":
        user = world.user(chat.id)
        return {"id": chat.id, "type": "private", "first_name": user.first_name} | _filled({"username": user.username})
    return {"id": chat.id, "type": chat.kind, "title": chat.title} | ({"is_forum": True} if chat.forum else {})


def message_json(world: World, message: Message, *, nested: bool = False) -> Json:
    """A Message. The message it answers is shown one level deep, as Telegram does."""
    chat = world.chats[message.chat_id]
    return {
        "message_id": message.id,
        "from": user_json(world.user(message.sender_id)),
        "chat": chat_json(world, chat),
        "date": message.date,
        **({"edit_date": message.edited_at} if message.edited_at else {}),
        **({"message_thread_id": message.topic, "is_topic_message": True} if message.topic else {}),
        **({} if nested else _reply(world, chat, message)),
        **message.content,
        **({"reply_markup": message.markup} if "inline_keyboard" in (message.markup or {}) else {}),
    }


def inaccessible_json(world: World, chat: Chat, number: int) -> Json:
    return {"message_id": number, "chat": chat_json(world, chat), "date": 0}


def member_json(user: User, standing: str) -> Json:
    more: dict[str, Json] = {"kicked": {"until_date": 0}, "creator": {"is_anonymous": False}}
    if standing == "administrator":
        more[standing] = dict.fromkeys(RIGHTS, False) | {"can_pin_messages": True, "can_manage_topics": True}
    return {"user": user_json(user), "status": standing, **more.get(standing, {})}


def file_json(file: StoredFile) -> Json:
    return {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}


def _reply(world: World, chat: Chat, message: Message) -> Json:
    # A message in a topic that answers nothing still names the topic's first message there (telegram-bot-api,
    # get_implicit_reply_to_message_id): a bot that takes every reply_to_message for an answer falls into this.
    target = chat.messages.get(message.reply_to or message.topic or 0)
    if target is None or target is message:
        return {}
    return {"reply_to_message": message_json(world, target, nested=True)}


def _filled(fields: dict[str, str]) -> Json:
    return {name: value for name, value in fields.items() if value}
