"""Units and people as they are named in a chat: in full, by the short name, or by what can only be one."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.grammar_text import fold
from bot.turn import Turn
from storage import people
from storage.rows import Officer, Unit
from usecases.remit import OVERSEERS, remit, within_reach

T = TypeVar("T")
LEAST = 2
SAMPLE = "示例·"


def units_named(turn: Turn, name: str) -> list[Unit]:
    """The units that the name may mean; one where it is clear. A bureau means those that it reaches."""
    within = remit(turn.desk, turn.officer) if turn.officer.role in OVERSEERS else None
    found = within_reach(turn.desk, within)
    return _named(found, name, lambda unit: (unit.name, unit.short))


def colleague(turn: Turn, name: str) -> Officer | None:
    """A person of the speaker's own unit, by the full name; of the sample's invented people without their mark, too."""
    staff, said = people.officers_of(turn.desk.tx, turn.speaks_for.unit_id), name.strip()
    found = [one for one in staff if said in {one.name, one.name.removeprefix(SAMPLE) if one.sample else one.name}]
    return found[0] if len(found) == 1 else None


def people_named(turn: Turn, name: str) -> list[Officer]:
    """张敏, 教育局张敏; of a unit alone its liaison officers."""
    said = "".join(name.split())
    if found := people.officers_named(turn.desk.tx, said):
        return found
    units = {unit.id: (unit.name, unit.short) for unit in people.units(turn.desk.tx)}
    staff = people.officers(turn.desk.tx)
    full = [o for o in staff if any(unit and said in {unit + o.name, f"{unit}的{o.name}"} for unit in units[o.unit_id])]
    if full:
        return full
    named = units_named(turn, said)
    return [o for o in staff if len(named) == 1 and o.unit_id == named[0].id and o.role == "officer"]


def _named(found: Sequence[T], name: str, names: Callable[[T], tuple[str, ...]]) -> list[T]:
    said = _plain(name)
    if not said:
        return []
    exact = [one for one in found if said in map(_plain, names(one))]
    if exact or len(said) < LEAST:
        return exact
    return [one for one in found if any(said in _plain(known) for known in names(one))]


def _plain(name: str) -> str:
    return fold(name).flat.replace(" ", "")
