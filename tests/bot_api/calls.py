"""One call of the bot: its parameters read the way Telegram reads them, and the chat it may write to."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.bot_api.errors import BotApiError, careless
from tests.bot_api.world import HERE, Chat, Message, World


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Call:
    """`params` holds JSON values; numbers and booleans may still be text, as a form brings them. `now` in seconds."""

    method: str
    params: Mapping[str, object]
    uploads: Mapping[str, Upload]
    world: World
    now: float

    def text(self, name: str) -> str:
        value = self.params.get(name, "")
        return value if isinstance(value, str) else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise careless(f"{name} must be an integer, not {self.text(name)!r}") from None

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "1", "yes"}

    def items(self, name: str) -> list[object] | None:
        value = self.params.get(name)
        if value is not None and not isinstance(value, list):
            raise careless(f"expected an Array of {name}")
        return value

    def fields(self, name: str) -> dict[str, object]:
        value = self.params.get(name) or {}
        if not isinstance(value, dict):
            raise careless(f"object expected as {name}")
        return value

    def chat(self) -> Chat:
        """The chat that chat_id names. Source: telegram-bot-api, `check_chat`."""
        if not self.text("chat_id"):
            raise careless("chat_id is empty")
        chat = self.world.chats.get(self.integer("chat_id"))
        if chat is None:
            raise BotApiError(400, "chat not found")
        return chat

    def writable(self) -> Chat:
        """The same, when the bot may write there. Source: telegram-bot-api, `check_chat_access`."""
        chat = self.chat()
        if chat.migrated_to is not None:
            moved = {"migrate_to_chat_id": chat.migrated_to}
            raise BotApiError(400, "group chat was upgraded to a supergroup chat", parameters=moved)
        _refuse_private(self.world, chat) if chat.kind == "private" else _refuse_group(self.world, chat)
        return chat

    def message(self, purpose: str) -> tuple[Chat, Message]:
        """The message that message_id names; `purpose` is Telegram's word for it, "message to edit"."""
        chat = self.writable()
        message = chat.messages.get(self.integer("message_id"))
        if message is None:
            raise BotApiError(400, f"{purpose} not found")
        return chat, message


def _refuse_private(world: World, chat: Chat) -> None:
    if world.user(chat.id).deactivated:
        raise BotApiError(403, "user is deactivated")
    standing = chat.standing.get(world.bot.id)
    if standing is None:
        raise BotApiError(403, "bot can't initiate conversation with a user")
    if standing == "kicked":
        raise BotApiError(403, "bot was blocked by the user")


def _refuse_group(world: World, chat: Chat) -> None:
    standing = chat.standing.get(world.bot.id, "left")
    if standing == "kicked":
        raise BotApiError(403, f"bot was kicked from the {chat.kind} chat")
    if standing not in HERE:
        raise BotApiError(403, f"bot is not a member of the {chat.kind} chat")
