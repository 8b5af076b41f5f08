"""Who gets copies (抄送) of a unit's letters by name: active, and still one of those who may look at its parts."""

from collections.abc import Collection, Iterable

from storage.rows import CopyTo, Officer, Unit
from usecases.remit import Tree

LETTERS = ("head", "bureau")
"""The letters that are copied: the 督办单 and the 通报, by whom they go to."""


def named(known: Tree, held: Iterable[CopyTo], staff: Iterable[Officer]) -> dict[tuple[int, str], list[Officer]]:
    """By unit and letter, in the order of the list; `staff` are active."""
    by_id, found = {one.id: one for one in staff}, dict[tuple[int, str], list[Officer]]()
    for row in held:
        person, unit = by_id.get(row.officer_id), known.units.get(row.unit_id)
        if person is not None and unit is not None and may_get(known, person, [unit]):
            found.setdefault((row.unit_id, row.letter), []).append(person)
    return found


def may_get(known: Tree, person: Officer, units: Collection[Unit]) -> bool:
    return person.role != "administrator" and any(known.reaches(person, unit.id) for unit in units)
