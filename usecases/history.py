"""The history of parts: every act with who did it, on whose behalf, when, through which door, in which words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from storage import people, timeline
from storage.rows import TimelineRow
from usecases.office import Desk


@dataclass(frozen=True, slots=True)
class Moment:
    """One row of a part's history."""

    at: datetime
    who: str
    on_behalf_of: str
    verb: str
    words: str
    door: str
    to: str = ""
    """The unit that a refusal names."""


def histories(desk: Desk, part_ids: Collection[int]) -> dict[int, tuple[Moment, ...]]:
    """What was done to these parts, oldest first."""
    names = {officer.id: officer.name for officer in people.officers(desk.tx, active_only=False)}
    found: dict[int, list[Moment]] = {}
    for row in timeline.of_parts(desk.tx, part_ids):
        found.setdefault(row.part_id or 0, []).append(_moment(row, names))
    return {part_id: tuple(moments) for part_id, moments in found.items()}


def _moment(row: TimelineRow, names: dict[int, str]) -> Moment:
    who, behalf = names.get(row.officer_id or 0, ""), names.get(row.on_behalf_of or 0, "")
    to = str(row.detail.get("to", "")) if row.verb == "refuse" else ""
    return Moment(row.at, who, behalf, row.verb, row.words, row.door, to)
