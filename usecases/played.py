"""What a played period came to: reminders, and the messages that told of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from schedules.civil import local
from texts import compose
from texts.reader import Reader
from texts.values import DigestView, Message
from usecases.import_plan import ImportReport


class Played(NamedTuple):
    """One reminder that was sent: `at` is local with its offset, `text` the line of the message that speaks of it.

    A tuple, because a year of a province makes half a million.
    """

    at: datetime
    item: str
    unit: str
    officer: str
    rung: str
    text: str
    due: date


@dataclass(frozen=True, slots=True)
class PlayedMessage:
    """One message as it would have been seen."""

    at: datetime
    officer: str
    unit: str
    message: Message


@dataclass(slots=True)
class Play:
    """What a played period came to, in the order in which it happened. Without `words` messages are only counted."""

    due: list[tuple[str, date, str]] = field(default_factory=list)
    reminders: list[Played] = field(default_factory=list)
    messages: list[PlayedMessage] = field(default_factory=list)
    imports: list[ImportReport] = field(default_factory=list)
    words: bool = True
    told: int = 0
    """How many messages there were."""
    _lines: dict[str, str] = field(default_factory=dict, repr=False)

    def note(self, view: DigestView, message: Message | None = None) -> None:
        """One message was sent: what it tells, and how it says so where words are kept."""
        at, reader = local(view.now, view.zone), Reader(view.language, view.today, view.zone)
        self.told += 1
        if self.words:
            self.messages.append(PlayedMessage(at, view.officer, view.unit, message or compose.digest(view)))
        for line in view.reminders:
            part, text = line.part, compose.line(line, reader, audience=view.audience)
            text = self._lines.setdefault(text, text)
            self.reminders.append(Played(at, part.item, part.unit, view.officer, line.rung, text, part.due))

    def count(self, told: Sequence[Played]) -> None:
        """One message was sent of which only the lines are kept."""
        self.told += 1
        self.reminders += told

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; the same play gives the same bytes."""
        names = ("item", "unit", "officer", "rung", "text")
        told = [{"at": r.at.isoformat(), **{name: getattr(r, name) for name in names}} for r in self.reminders]
        due = [{"item": item, "date": day.isoformat(), "stage": stage} for item, day, stage in self.due]
        people_told = {(r.unit, r.officer) for r in self.reminders}
        counts = {
            "due": len(due),
            "parts": sum(report.parts for report in self.imports),
            "reminders": len(told),
            "messages": self.told,
            "officers": len(people_told),
        }
        return {"due": due, "reminders": told, "counts": counts}
