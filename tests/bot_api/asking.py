"""Methods that ask about the bot, a chat, a member or a file, and those that set the bot's face."""

import json
import re

from tests.bot_api.calls import Call
from tests.bot_api.errors import BotApiError, careless
from tests.bot_api.render import chat_json, file_json, member_json, user_json
from tests.bot_api.world import HERE, Json

BIGGEST_DOWNLOAD = 20 * 1024 * 1024
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
PROFILE = {"name": 64, "description": 512, "short_description": 120}  # what can be set, and its longest form
GIFTS = ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"]


def get_me(call: Call) -> Json:
    abilities = [
        "can_read_all_group_messages",
        "supports_inline_queries",
        "can_connect_to_business",
        "has_main_web_app",
    ]
    return user_json(call.world.bot) | {"can_join_groups": True} | dict.fromkeys(abilities, False)


def get_chat(call: Call) -> Json:
    details = {"accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(GIFTS, False)}
    return chat_json(call.world, call.chat()) | details


def get_chat_member(call: Call) -> Json:
    chat, number = call.chat(), call.integer("user_id")
    if number not in call.world.users and number != call.world.bot.id:
        raise BotApiError(400, "user not found")
    return member_json(call.world.user(number), chat.standing.get(number, "left"))


def get_chat_member_count(call: Call) -> int:
    return sum(standing in HERE for standing in call.chat().standing.values())


def get_chat_administrators(call: Call) -> list[Json]:
    chat = call.chat()
    if chat.kind == "private":
        raise BotApiError(400, "there are no administrators in the private chat")
    chiefs = [number for number, standing in chat.standing.items() if standing in {"administrator", "creator"}]
    return [member_json(call.world.user(number), chat.standing[number]) for number in chiefs]


def get_file(call: Call) -> Json:
    file = call.world.files.get(call.text("file_id").removesuffix("-s"))
    if file is None:
        raise BotApiError(400, "wrong file_id or the file is temporarily unavailable")
    if file.size > BIGGEST_DOWNLOAD:
        raise BotApiError(400, "file is too big")
    return file_json(file) | {"file_path": file.path}


def set_my_commands(call: Call) -> bool:
    commands = [item for item in call.items("commands") or [] if isinstance(item, dict)]
    if len(commands) > MOST_COMMANDS:
        raise careless("BOT_COMMANDS_TOO_MUCH")
    for item in commands:
        if not COMMAND.fullmatch(str(item.get("command", ""))):
            raise careless("BOT_COMMAND_INVALID")
        if not 1 <= len(str(item.get("description", ""))) <= 256:
            raise careless("BOT_COMMAND_DESCRIPTION_INVALID")
    call.world.commands[_audience(call)] = commands
    return True


def get_my_commands(call: Call) -> list[Json]:
    return call.world.commands.get(_audience(call), [])


def delete_my_commands(call: Call) -> bool:
    call.world.commands.pop(_audience(call), None)
    return True


def set_profile(call: Call) -> bool:
    """setMyName, setMyDescription, setMyShortDescription: one text per language."""
    part = _profile_part(call)
    if len(call.text(part)) > PROFILE[part]:
        raise careless(f"{part} is too long")
    call.world.profile[part, call.text("language_code")] = call.text(part)
    return True


def get_profile(call: Call) -> Json:
    part = _profile_part(call)
    texts = call.world.profile
    return {part: texts.get((part, call.text("language_code")), texts.get((part, ""), ""))}


def _audience(call: Call) -> tuple[str, str]:
    scope = call.fields("scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), call.text("language_code")


def _profile_part(call: Call) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", call.method[len("getMy") :]).lower()
