"""A person's own data: given to them as a whole, or made nobody's once they have left.

Erasing takes the name, the ways, the messages and the words that they typed. What the office did stays: the parts with
what their unit reported, the dates, who of that number acted when. So statistics do not change, and the timeline's
seals go on fitting, because the erasure itself is an act that names its rows.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from storage import people, personal, timeline
from storage.append_only import ERASED
from storage.rows import Officer
from usecases.errors import AmbiguousOfficer, NoSuchOfficer, Refused
from usecases.office import Desk
from usecases.seal import VERB

SAID = frozenset({"note", "reason", "words", "name", "address", "way", "asked"})
"""What was typed, or says who somebody is, in what the timeline notes beside an act."""


class StillServing(Refused):
    """Only the data of somebody who left the roster can be erased."""

    key = "still_serving"


class StillTold(Refused):
    """A message to that person is on its way."""

    key = "still_told"


@dataclass(frozen=True, slots=True)
class Erased:
    """`acts`: how many rows of the timeline lost their words; `mentions`: those in which others wrote the name."""

    number: int
    acts: int
    mentions: tuple[int, ...]


def find_anybody(desk: Desk, name: str, unit: str | None = None) -> Officer:
    """The person of that name, whether they serve or left. Raises NoSuchOfficer, AmbiguousOfficer."""
    named = {one.id: one.name for one in people.units(desk.tx)}
    ids = {one.id for one in people.units(desk.tx) if unit in (None, one.name, one.short)}
    held = [one for one in people.officers(desk.tx, active_only=False) if one.name == name and one.unit_id in ids]
    if not held:
        raise NoSuchOfficer(f"Nobody called {name!r} is in the roster.", name=name)
    if len(held) > 1:
        units = "、".join(dict.fromkeys(named[one.unit_id] for one in held))
        raise AmbiguousOfficer(f"Several people are called {name!r}: {units}.", name=name, units=units)
    return held[0]


def personal_data(desk: Desk, officer: Officer) -> dict[str, Any]:
    """Everything that is remembered of them, by table, in plain values."""
    unit = people.unit_by_id(desk.tx, officer.unit_id)
    told = asdict(officer) | {"unit": unit.name if unit else ""}
    return {"person": told, "made_at": desk.now, **personal.rows_about(desk.tx, officer.id)}


def erase(desk: Desk, officer: Officer) -> Erased:
    """Make it nobody's, for good. Raises StillServing, StillTold."""
    if officer.active:
        raise StillServing("That person still serves; have them leave the roster first.", name=officer.name)
    if personal.waiting(desk.tx, officer.id):
        raise StillTold("A message to that person is on its way; try again later.", name=officer.name)
    own = [*personal.said_by(desk.tx, officer.id), *personal.asked_in(desk.tx, officer.id)]
    acts = {row: bare for row, words, detail in own if (bare := _bare(detail)) != detail or words not in ("", ERASED)}
    said = {"officer": officer.id, "rows": sorted(acts)}
    timeline.add(desk.tx, at=desk.now, verb=VERB, door="cli", detail=said)
    for row, detail in acts.items():
        personal.erase_words(desk.tx, row, detail)
    personal.make_nobodys(desk.tx, officer.id, desk.now)
    personal.forget_copies(desk.tx, officer.name)
    return Erased(officer.id, len(acts), tuple(personal.mentions(desk.tx, officer.name)))


def _bare(detail: Mapping[str, Any]) -> dict[str, Any]:
    """The same without what was typed."""
    return {key: _emptied(key, value) for key, value in detail.items()}


def _emptied(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return _bare(value)
    return ERASED if key in SAID and isinstance(value, str) and value else value
