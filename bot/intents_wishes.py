"""What an officer may wish beside the daily acts: more time, another unit, a colleague, days off, another hour."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Topic: TypeAlias = Literal[
    "extend", "refuse", "transfer", "leave", "digest", "behalf", "order", "return", "grant", "waive", "pause"
]
"""What a hint explains."""


@dataclass(frozen=True, slots=True)
class Extend:
    """延12 12月20日 材料未齐: `words` hold the day and the reason as typed. Not `sure`: asked about first."""

    codes: tuple[int, ...] = ()
    words: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class NotOurs:
    """不是我们，应由水务局办: `words` are the reason, `to` the unit named there. Not `sure`: asked about first."""

    codes: tuple[int, ...] = ()
    words: str = ""
    to: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Transfer:
    """转12 给李四, 教育局 12 转水务局: to a colleague, or, by the bureau, to another unit."""

    to: str
    codes: tuple[int, ...] = ()
    unit: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class TakeLeave:
    """请假 12月1日到12月5日 由李四代: the days as typed."""

    days: str = ""
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class EndLeave:
    """销假."""


@dataclass(frozen=True, slots=True)
class DigestTime:
    """每天8点40提醒我: HH:MM, empty for the office's own time."""

    at: str = ""


@dataclass(frozen=True, slots=True)
class TryOut:
    """测试消息."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Speaks of an act, asks about it or denies it, and is none: how it would be said."""

    topic: Topic
