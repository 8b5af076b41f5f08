"""What a sentence needs to know: plain values that messages, cards, pages and feeds are written from."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The civil zone unless the settings name another."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what it says and what comes back when it is pressed (at most 64 bytes, the Bot API's limit)."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What Ruqi says, for any channel: lines of plain text (the first is the headline) and rows of buttons."""

    lines: tuple[str, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class CountedFrom:
    """The completion from which a due date was counted: `n` months, calendar days or working days, by `unit`."""

    done: date
    n: int
    unit: str


@dataclass(frozen=True, slots=True)
class PartView:
    """One unit's share of one occurrence, as a person is told of it, at one moment.

    `days_left` counts working days after today up to the due date (negative once it is past); `phase` is a derived
    word of `schedules.lifecycle` (upcoming, due_soon, overdue, late, settled), `state` the stored one.
    """

    id: int
    uid: str
    code: int
    title: str
    item: str
    text: str
    section: str
    plan_key: str
    plan: str
    unit: str
    unit_id: int
    role: str
    state: str
    phase: str
    due: date
    rule_day: date
    stage: str
    days_left: int
    calendar_days_left: int
    provisional: bool
    last_workday: date
    """The working day on which to act at the latest: the due date, or the one before when it falls on a holiday."""
    counted: Decimal
    target: Decimal
    unit_of_measure: str
    measure: str
    note: str
    received_by: str
    received_at: datetime | None
    reported_by: str
    reported_at: datetime | None
    verification: str
    confidential: bool
    bureau: str = ""
    siblings: int = 1
    siblings_done: int = 0
    waiting_for: tuple[str, ...] = ()
    """Units whose part is not in yet, told to the lead only."""
    reason: str = ""
    """Why the bureau sent it back, while it has not been reported again."""
    occurrence_id: int = 0
    any_one: bool = False
    """Whether one unit's report is enough for all units of the occurrence."""
    original_due: date | None = None
    """The date before it was extended; None where it was not."""
    asked_due: date | None = None
    """The date that the unit asks for, and its reason, while the bureau has not decided."""
    extension_reason: str = ""
    delegate: str = ""
    """The colleague of the unit to whom it was handed, by name."""
    came_from: str = ""
    """The unit it was moved here from, and the unit it was moved to, by name."""
    rerouted_to: str = ""
    evidence: int = 0
    """How many files came with it."""
    counted_from: CountedFrom | None = None
    """Where the date was counted from the completion of the last one."""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a 督办单 or a 通报 rests on: the paper, how often and when the unit was reminded, by when to answer.

    `warned_on` is the day the 督办单 went out; `copies` says who else gets this one: officer, head or bureau, `copied`
    who by name.
    """

    number: str = ""
    reminded: int = 0
    reminded_on: date | None = None
    warned_on: date | None = None
    answer_by: date | None = None
    copies: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nudge:
    """Who of the bureau asks again by hand, and in which words."""

    by: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReminderView:
    """One line of a digest: which rung of the ladder it is and what it is about.

    The next rung comes on `next_on` and is addressed to `next_audience` (officer, head or bureau). `audience` is in
    which capacity this person hears of it (``copy_head``: a copy of what the head gets); empty: as the digest says.
    `silent_since` is the day a received part last changed, `stands_for` is who is away.
    """

    part: PartView
    rung: str
    push_at: datetime
    next_rung: str = ""
    next_on: date | None = None
    next_audience: str = ""
    audience: str = ""
    silent_since: date | None = None
    stands_for: str = ""
    nudge: Nudge | None = None
    letter: LetterFacts | None = None


@dataclass(frozen=True, slots=True)
class DigestView:
    """Everything one person is told at one moment. `late_since` is set when it should have left earlier.

    `late_why`: down (the program stood still) or pause (reminding was paused).
    """

    officer: str
    unit: str
    language: str
    audience: str
    now: datetime
    today: date
    reminders: tuple[ReminderView, ...]
    late_since: datetime | None = None
    possible_repeat: bool = False
    zone: ZoneInfo = SHANGHAI
    late_why: str = "down"
