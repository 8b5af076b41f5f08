"""Comparing a revised plan with the stored one: which duty is which, so that answers stay with what they answered."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from schedules.plan import Duty
from schedules.timing_data import timing_to_dict
from storage.rows import DutyRow

ALIKE = 0.5
"""From this share of common words on, a duty under the same number is the old one revised, not another one."""

Pairs = dict[str, DutyRow]
"""Stored duties by the key of the duty that stands for them now."""


@dataclass(frozen=True, slots=True)
class Revision:
    """How the duties of a revised plan meet the ones that are stored."""

    same: tuple[tuple[Duty, DutyRow], ...]
    changed: tuple[tuple[Duty, DutyRow], ...]
    added: tuple[Duty, ...]
    dropped: tuple[DutyRow, ...]

    @property
    def back(self) -> frozenset[str]:
        """Keys of duties that an earlier revision had dropped: to the reader they are new again."""
        return frozenset(new.key for new, old in self.same if old.state != "live")

    @property
    def stayed(self) -> tuple[tuple[Duty, DutyRow], ...]:
        return tuple(pair for pair in self.same if pair[1].state == "live")


def compare(duties: Sequence[Duty], stored: Sequence[DutyRow]) -> Revision:
    """Pair duties with stored ones.

    First by all that they say, so that a renumbered duty is still itself; what is left by its title, then by its
    number where it says much the same. A number that was given to another duty pairs nothing: an answer must not end
    up under a duty it never answered.
    """
    rows = sorted(stored, key=lambda row: (row.state != "live", row.position))
    said = {duty.key: duty.digest for duty in duties}
    same = _pair(
        duties,
        rows,
        (
            lambda duty, row: said[duty.key] == row.digest and duty.key == row.key,
            lambda duty, row: said[duty.key] == row.digest,
        ),
    )
    rest = [duty for duty in duties if duty.key not in same]
    taken = {row.id for row in same.values()}
    live = [row for row in rows if row.id not in taken and row.state == "live"]
    changed = _pair(rest, live, (_is_called_the_same_there, _is_called_the_same, _is_revised))
    taken |= {row.id for row in changed.values()}
    return Revision(
        same=tuple((duty, same[duty.key]) for duty in duties if duty.key in same),
        changed=tuple((duty, changed[duty.key]) for duty in rest if duty.key in changed),
        added=tuple(duty for duty in rest if duty.key not in changed),
        dropped=tuple(row for row in stored if row.id not in taken and row.state == "live"),
    )


def _pair(duties: Iterable[Duty], rows: Iterable[DutyRow], rules: Iterable[Callable[[Duty, DutyRow], bool]]) -> Pairs:
    """Each duty with at most one row, the strictest rule first."""
    pairs: Pairs = {}
    free = list(rows)
    wanting = list(duties)
    for fits in rules:
        for duty in wanting:
            row = next((row for row in free if fits(duty, row)), None) if duty.key not in pairs else None
            if row is not None:
                pairs[duty.key] = row
                free.remove(row)
    return pairs


def _is_called_the_same(duty: Duty, row: DutyRow) -> bool:
    return row.title == duty.title


def _is_called_the_same_there(duty: Duty, row: DutyRow) -> bool:
    return row.key == duty.key and _is_called_the_same(duty, row)


def _is_revised(duty: Duty, row: DutyRow) -> bool:
    if row.key != duty.key:
        return False
    if not duty.text and not row.text and _binds_alike(duty, row):
        return True
    return SequenceMatcher(None, duty.title + duty.text, row.title + row.text, autojunk=False).ratio() >= ALIKE


def _binds_alike(duty: Duty, row: DutyRow) -> bool:
    """The same units by the same dates: of duties without a text nothing else tells a new name from a new duty."""
    roles = {role: list(names) for role, names in duty.roles.items()}
    return (roles, [timing_to_dict(timing) for timing in duty.due]) == (row.roles, row.timings)
