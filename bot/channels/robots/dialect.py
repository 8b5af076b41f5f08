"""What the platforms differ in: the address, the body of a message, the signature, and what their codes mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from bot.channels.posting import BUSY_WAIT
from bot.channels.robots.address import Robot
from schedules.retry import Again, Outcome, Refused, Sent
from texts.unseen import without_unseen
from texts.values import Message

Meaning: TypeAlias = Literal["gone", "refused", "wait", "again"]
"""gone: the robot is not there any more · refused: this message never · wait: too fast · again: their trouble."""
Letter = tuple[str, dict[str, Any]]
"""(where to post, the body)."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One platform. `codes` names the fields of an answer that may hold its verdict, zero meaning done."""

    channel: str
    public: str
    codes: tuple[str, ...]
    words: tuple[str, ...]
    table: Mapping[int, Meaning]
    write: Callable[[Robot, Message, datetime], Letter]
    rest: float = BUSY_WAIT
    """Seconds to leave a robot alone that was too fast."""

    def outcome(self, answer: Mapping[str, Any]) -> Outcome | None:
        """What the answer says, whatever the HTTP status was; None where it says nothing."""
        code = next((answer[name] for name in self.codes if isinstance(answer.get(name), int)), None)
        if code is None:
            return None
        if code == 0:
            return Sent()
        reason = f"{code} {_said(answer, self.words)}".strip()
        match self.table.get(code, "refused"):
            case "wait":
                return Again(after=self.rest, reason=reason)
            case "again":
                return Again(reason=reason)
            case means:
                return Refused(reason, gone=means == "gone")


LONGEST_WORDS = 120
SIGNS = str.maketrans(
    {"<": "＜", ">": "＞", "[": "［", "]": "］", "*": "＊", "_": "＿", "`": "｀", "~": "～", "#": "＃"}
)
"""No platform has an escape sign that all its apps understand, so a mark of markdown becomes its wide twin."""
BYTES_TO_A_SIGN = 4


def plain(text: str) -> str:
    """The text without anything that markdown, or a mention, could be made of."""
    return without_unseen(text).translate(SIGNS).replace("@", "＠")


def clip(text: str, most: int) -> str:
    """At most `most` bytes of UTF-8, whole characters, an ellipsis where something was cut."""
    data = text.encode()
    if len(data) <= most:
        return text
    return data[: most - BYTES_TO_A_SIGN].decode(errors="ignore").rstrip() + "…"


def _said(answer: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(answer[name]) for name in names if answer.get(name)), "")[:LONGEST_WORDS]
