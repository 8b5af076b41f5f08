"""Deciding what a plan unfolds into: a pure function of what was read; no answer is ever taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from schedules.fanout import Share
from schedules.occurrences import Due
from storage.rows import DutyRow, OccurrenceRow, PartRow, PlanRow

PLAN_REVISED, UNIT_LEFT = "plan_revised", "unit_left"
"""Why Ruqi itself waives a part; it comes back when the reason is gone."""

Identity = tuple[date, str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was read, for one plan."""

    plan: PlanRow
    duties: Sequence[DutyRow]
    dues: Mapping[int, Sequence[Due]]
    shares: Mapping[int, Share]
    occurrences: Sequence[OccurrenceRow]
    parts: Sequence[PartRow]
    today: date


@dataclass(slots=True)
class Changes:
    """Everything that should be written. A new part names its occurrence by (duty id, identity)."""

    add: list[tuple[int, Due, str]] = field(default_factory=list)
    move: list[tuple[OccurrenceRow, Due]] = field(default_factory=list)
    withdraw: list[OccurrenceRow] = field(default_factory=list)
    reinstate: list[OccurrenceRow] = field(default_factory=list)
    share: list[tuple[int, Identity, int, str]] = field(default_factory=list)
    waive: list[tuple[PartRow, str]] = field(default_factory=list)
    reopen: list[PartRow] = field(default_factory=list)


def decide(facts: Facts) -> Changes:
    """What should change; a pure function of what was read."""
    changes = Changes()
    known: dict[int, dict[Identity, OccurrenceRow]] = {duty.id: {} for duty in facts.duties}
    for occurrence in facts.occurrences:
        known[occurrence.duty_id][identity_of(occurrence)] = occurrence
    held: dict[int, list[PartRow]] = {}
    for part in facts.parts:
        held.setdefault(part.occurrence_id, []).append(part)
    for duty in facts.duties:
        _decide_occurrences(facts, duty, known[duty.id], changes)
    gone = {occurrence.id for occurrence in changes.withdraw}
    for duty in facts.duties:
        _decide_parts(facts, duty, known[duty.id], held, gone, changes)
    kept = {part.occurrence_id for part in facts.parts if part.occurrence_id in gone and _touched(part)}
    changes.withdraw = [occurrence for occurrence in changes.withdraw if occurrence.id not in kept]
    return changes


def _decide_occurrences(facts: Facts, duty: DutyRow, known: Mapping[Identity, OccurrenceRow], changes: Changes) -> None:
    wanted = {due.identity: due for due in facts.dues[duty.id]}
    for identity, due in wanted.items():
        occurrence = known.get(identity)
        if occurrence is None:
            changes.add.append((duty.id, due, "past" if due.day < facts.plan.tracked_from else "tracked"))
        elif occurrence.state == "withdrawn":
            changes.reinstate.append(occurrence)
        elif (occurrence.due, occurrence.provisional) != (due.day, due.provisional):
            changes.move.append((occurrence, due))
    changes.withdraw += [o for identity, o in known.items() if identity not in wanted and o.state != "withdrawn"]


def _decide_parts(  # noqa: PLR0913, PLR0917 one duty's slice of what was read
    facts: Facts,
    duty: DutyRow,
    known: Mapping[Identity, OccurrenceRow],
    held: Mapping[int, list[PartRow]],
    gone: set[int],
    changes: Changes,
) -> None:
    units = facts.shares[duty.id].units if duty.state == "live" else {}
    for identity, occurrence in known.items():
        mine = held.get(occurrence.id, [])
        if occurrence.id in gone:
            changes.waive += [(part, PLAN_REVISED) for part in mine if not _touched(part)]
            continue
        changes.waive += [(part, UNIT_LEFT) for part in mine if part.unit_id not in units and not _touched(part)]
        changes.reopen += [part for part in mine if part.unit_id in units and _taken_back(part)]
        if occurrence.state != "past" and occurrence.due >= facts.today:
            missing = units.keys() - {part.unit_id for part in mine}
            changes.share += [(duty.id, identity, unit_id, units[unit_id]) for unit_id in sorted(missing)]
    for duty_id, due, state in changes.add:
        if duty_id == duty.id and state == "tracked":
            changes.share += [(duty.id, due.identity, unit_id, role) for unit_id, role in sorted(units.items())]


def _touched(part: PartRow) -> bool:
    return part.state != "open" or part.counted > 0


def _taken_back(part: PartRow) -> bool:
    return part.state == "waived" and part.reason in (PLAN_REVISED, UNIT_LEFT)


def identity_of(occurrence: OccurrenceRow) -> Identity:
    return occurrence.rule_day, occurrence.stage, occurrence.event_key
