"""What the fake remembers: people, chats, messages, files, presses. Plain state; who changes it brings the time."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.bot_api.updates import UpdateQueue

Json = dict[str, Any]

HERE = frozenset({"member", "administrator", "creator"})


@dataclass(slots=True)
class User:
    id: int
    first_name: str
    username: str = ""
    language_code: str = "zh-hans"
    is_bot: bool = False
    deactivated: bool = False


@dataclass(slots=True)
class Message:
    """One message. `content` holds the Bot API fields that depend on its kind: text, document, service note."""

    id: int
    chat_id: int
    sender_id: int
    date: int
    content: Json
    source: str = ""  # the text as the bot sent it, markup and all
    markup: Json | None = None
    reply_to: int | None = None
    topic: int | None = None
    edited_at: int | None = None
    silent: bool = False
    reactions: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's), a group or a supergroup. `standing` says what each member is in it."""

    id: int
    kind: str
    title: str = ""
    forum: bool = False
    topics: dict[int, str] = field(default_factory=dict)  # number of the topic: "open" or "closed"
    standing: dict[int, str] = field(default_factory=dict)
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=lambda: count(1))


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    unique_id: str
    path: str
    content: bytes
    size: int


@dataclass(slots=True)
class Pressed:
    """A button that somebody pressed, and what the bot let them read for it."""

    id: str
    person: int
    chat_id: int
    message_id: int
    data: str
    at: float
    answers: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class World:
    bot: User
    queue: UpdateQueue = field(default_factory=UpdateQueue)
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    presses: dict[str, Pressed] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    profile: dict[tuple[str, str], str] = field(default_factory=dict)
    webhook: Json = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=lambda: count(11))  # shared by private chats and plain groups

    def user(self, number: int) -> User:
        return self.bot if number == self.bot.id else self.users[number]

    def add_message(self, chat: Chat, sender_id: int, now: float, *, content: Json) -> Message:
        """Write a message into a chat. Supergroups count their own messages, all other chats share one counter."""
        number = next(chat.numbers if chat.kind == "supergroup" else self.numbers)
        message = Message(number, chat.id, sender_id, int(now), content)
        chat.messages[number] = message
        return message

    def add_file(self, name: str, content: bytes, *, folder: str, size: int | None = None) -> StoredFile:
        """Keep a file; `size` may claim more bytes than it has, to stand for a file too big to carry around."""
        number = len(self.files) + 1
        ending = name.rpartition(".")[2] if "." in name else "bin"
        path = f"{folder}/file_{number}.{ending}"
        stored = StoredFile(f"FAKE-{number:06}", f"U{number:06}", path, content, size or len(content))
        self.files[stored.id] = stored
        return stored
