"""What the bureau says: decisions about a unit's part, and what goes to many."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Order: TypeAlias = Literal[
    "verify", "return", "nudge", "grant", "decline", "waive", "skip", "reopen", "agree", "disagree"
]
ORDERS: tuple[Order, ...] = get_args(Order)
Topic: TypeAlias = Literal["decisions", "unreachable", "weekly"]


@dataclass(frozen=True, slots=True)
class Decide:
    """退回 教育局 12 缺签到表; without a unit and codes, of what the message replied to shows.

    `words`: the reason, and of an extension the day, as typed. agree and disagree: whatever waits there for a decision.
    """

    order: Order
    unit: str = ""
    codes: tuple[int, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class NudgeLate:
    """催办 逾期的."""


@dataclass(frozen=True, slots=True)
class Behalf:
    """代张敏 办12 …: what the bureau enters for somebody, in that person's words."""

    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Announce:
    """通知：…, 通知乡镇街道：…: the text, and to whom as it was typed."""

    words: str
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Confirm:
    """确认发送: what was shown before goes out."""


@dataclass(frozen=True, slots=True)
class Pause:
    """暂停提醒 到12月1日 原因; 暂停 执法工作方案 到12月1日 原因. `plan`: which, as typed; empty for everything."""

    words: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Resume:
    """恢复提醒; 恢复 执法工作方案."""

    plan: str = ""


@dataclass(frozen=True, slots=True)
class MoveEvent:
    """改期 自方案发布之日 3月5日."""

    name: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class CancelEvent:
    """取消登记 自方案发布之日."""

    name: str


@dataclass(frozen=True, slots=True)
class Admit:
    """同意加入 3 教育局, 不同意加入 3 原因; without a number: which requests wait."""

    yes: bool = True
    number: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """待定, 联系不上, 周报."""

    topic: Topic
