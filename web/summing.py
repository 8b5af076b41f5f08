"""Summing up: many parts in a line or a short list, so that the first screen answers before anything is pressed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from texts.values import PartView

WEEK = timedelta(days=7)
NAMED = 3


@dataclass(frozen=True, slots=True)
class Together:
    """One duty with one due date over several units; `names` are the first few of them."""

    title: str
    plan: str
    plan_key: str
    due: date
    units: int
    names: str


def together(parts: Iterable[PartView]) -> list[Together]:
    """What falls due, each duty once, the nearest first."""
    found: dict[tuple[date, str, str], list[PartView]] = {}
    for part in parts:
        found.setdefault((part.due, part.plan_key, part.title), []).append(part)
    return [_together(found[key]) for key in sorted(found)]


def _together(held: Sequence[PartView]) -> Together:
    first, more = held[0], "…" if len(held) > NAMED else ""
    names = "、".join(part.unit for part in held[:NAMED]) + more
    return Together(first.title, first.plan, first.plan_key, first.due, len(held), names)


def counts(parts: Sequence[PartView], today: date) -> dict[str, int]:
    """How many are overdue, fall due today, within a week, and were not received yet; none of nothing."""
    found = {
        "overdue": sum(part.due < today for part in parts),
        "today": sum(part.due == today for part in parts),
        "week": sum(today < part.due <= today + WEEK for part in parts),
        "new": sum(part.state == "open" for part in parts),
    }
    return {word: number for word, number in found.items() if number}
