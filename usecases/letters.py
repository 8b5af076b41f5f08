"""督办单 and 通报 before they go out: what will be written to whom, and holding one step of one part back."""

from dataclasses import dataclass
from datetime import datetime

from storage.rows import Officer
from texts.values import Message, PartView
from usecases.answer import Act
from usecases.office import Desk

LETTERS = ("head", "bureau")
HELD = "held"
"""Why a reminder that the bureau held back was superseded; nothing plans it again but the bureau itself."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One step of one part: a 督办单 (`audience` head) or a line of the 通报 (bureau), as it would leave at `at`."""

    part: PartView
    rung: str
    audience: str
    at: datetime
    to: tuple[str, ...]
    copies: tuple[str, ...]
    message: Message
    held_by: str = ""
    held_why: str = ""


def letters(desk: Desk, officer: Officer, *, days: int = 1) -> list[Letter]:
    """What is to leave up to the end of the `days`-th working day from now, held ones too; in order of leaving."""
    raise NotImplementedError


def hold(desk: Desk, act: Act, part_id: int, rung: str) -> Letter:
    """Keep one step of one part back; `act.words` is the reason, and compulsory. Later steps stay as planned."""
    raise NotImplementedError


def let_go(desk: Desk, act: Act, part_id: int, rung: str) -> Letter:
    """What was held back goes out after all: at its moment, or at the next opening where that has passed."""
    raise NotImplementedError
