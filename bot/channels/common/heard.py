"""What a chat told us, in plain values: somebody said or pressed something, or the chat opened or closed to us."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from bot.turn import File


@dataclass(frozen=True, slots=True)
class Heard:
    """Who acts is the person (`person`, the address of their own private chat too); where they act is the chat.

    `reply_to`: the message of ours that it is about, where the platform names it; `quoted`: its words, where it only
    repeats them. `pressed`: it came from a button.
    """

    chat: str
    person: str
    private: bool
    message_id: str = ""
    text: str = ""
    button: str = ""
    reply_to: str = ""
    quoted: str = ""
    pressed: bool = False
    attachment: bool = False
    """There was a file, a photo, a voice or the like, with or without words."""
    files: tuple[File, ...] = ()
    """Those of them that can be told apart, with all it takes to fetch them later."""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The bot was let in (`here`) or shut out."""

    chat: str
    here: bool
    reason: str = ""


Happening: TypeAlias = Heard | Standing
Payload: TypeAlias = Mapping[str, Any]
