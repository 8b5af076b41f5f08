"""Deciding what a plan unfolds into: a pure function of what was read; no report is ever taken away."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schedules.chain import is_linked
from schedules.fanout import Share
from schedules.occurrences import Due
from storage.rows import DutyRow, OccurrenceRow, PartRow, PlanRow

PLAN_REVISED, UNIT_LEFT = "plan_revised", "unit_left"
EVENT_OFF, LAST_REOPENED = "event_off", "last_reopened"
TAKEN_BACK = frozenset({PLAN_REVISED, UNIT_LEFT, EVENT_OFF, LAST_REOPENED})
"""Why Ruqi itself waives a part; it comes back when the reason is gone."""

EVENT_UNDONE = "event_undone"
"""Why a part ends whose event was registered by mistake and taken back: it never comes back, and is never counted."""

LONG_AGO = date(1990, 1, 1)
"""Earlier than any plan's dates: a plan tracked from here is chased, its past dates are followed up too."""

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
    only: Collection[int] | None = None
    """The duties that were read, where not all of them were."""


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
    standing = _Standing.after(changes, facts.today)
    for duty in facts.duties:
        units = facts.shares[duty.id].units if duty.state == "live" else {}
        for occurrence in known[duty.id].values():
            _decide_parts(occurrence, held.get(occurrence.id, ()), units, duty=duty, changes=changes, standing=standing)
    for duty_id, due, state in changes.add:
        units = facts.shares[duty_id].units if state == "tracked" else {}
        changes.share += [(duty_id, due.identity, unit_id, role) for unit_id, role in sorted(units.items())]
    return changes


def differing(
    duties: Iterable[DutyRow], dues: Mapping[int, Sequence[Due]], occurrences: Iterable[OccurrenceRow]
) -> set[int]:
    """The duties whose due dates differ from their occurrences."""
    held: dict[int, dict[Identity, OccurrenceRow]] = {}
    for one in occurrences:
        held.setdefault(one.duty_id, {})[identity_of(one)] = one
    return {duty.id for duty in duties if _differ(dues[duty.id], held.get(duty.id, {}))}


def _differ(wanted: Sequence[Due], known: Mapping[Identity, OccurrenceRow]) -> bool:
    identities = set()
    for due in wanted:
        one = known.get(due.identity)
        if one is None or one.state == "withdrawn" or _has_moved(one, due):
            return True
        identities.add(due.identity)
    return any(identity not in identities and one.state != "withdrawn" for identity, one in known.items())


def _has_moved(occurrence: OccurrenceRow, due: Due) -> bool:
    return any(getattr(occurrence, name) != value for name, value in told_by(due).items())


def _decide_occurrences(facts: Facts, duty: DutyRow, known: Mapping[Identity, OccurrenceRow], changes: Changes) -> None:
    wanted = {due.identity: due for due in facts.dues[duty.id]}
    for identity, due in wanted.items():
        occurrence = known.get(identity)
        if occurrence is None:
            changes.add.append((duty.id, due, "past" if _is_history(facts, due) else "tracked"))
            continue
        if occurrence.state == "withdrawn":
            changes.reinstate.append(occurrence)
        if _has_moved(occurrence, due):
            changes.move.append((occurrence, due))
    changes.withdraw += [o for identity, o in known.items() if identity not in wanted and o.state != "withdrawn"]


def _is_history(facts: Facts, due: Due) -> bool:
    """Whether a due date that nobody knew of yet lies behind us and is not followed up.

    An event is registered on purpose, so its due date counts from when the plan came, however late it is registered.
    """
    asked_since = facts.plan.tracked_from
    chased = asked_since == LONG_AGO
    return due.day < (asked_since if chased or due.event else facts.today)


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where known occurrences stand once the changes are written."""

    gone: frozenset[int]
    back: frozenset[int]
    moved_to: Mapping[int, date]
    today: date

    @classmethod
    def after(cls, changes: Changes, today: date) -> "_Standing":
        gone = frozenset(occurrence.id for occurrence in changes.withdraw)
        back = frozenset(occurrence.id for occurrence in changes.reinstate)
        return cls(gone, back, {occurrence.id: due.day for occurrence, due in changes.move}, today)

    def asks(self, occurrence: OccurrenceRow) -> bool:
        """Whether units that have no part in it should get one: it is followed up and not over yet."""
        tracked = occurrence.state == "tracked" or occurrence.id in self.back
        due = self.moved_to.get(occurrence.id, occurrence.due)
        return tracked and occurrence.id not in self.gone and due >= self.today


def _decide_parts(  # noqa: PLR0913 one occurrence, who has a part in it, and who should
    occurrence: OccurrenceRow,
    mine: Sequence[PartRow],
    units: Mapping[int, str],
    *,
    duty: DutyRow,
    changes: Changes,
    standing: _Standing,
) -> None:
    reason = _why_gone(occurrence, duty) if occurrence.id in standing.gone else UNIT_LEFT
    let_go = [part for part in mine if occurrence.id in standing.gone or not _is_theirs(part, units)]
    changes.waive += [(part, reason) for part in let_go if _unfinished(part)]
    if standing.asks(occurrence):
        changes.reopen += [part for part in mine if _is_theirs(part, units) and taken_back(part)]
        missing = set() if _enough(duty, mine) else units.keys() - {part.unit_id for part in mine}
        identity = identity_of(occurrence)
        changes.share += [(occurrence.duty_id, identity, unit_id, units[unit_id]) for unit_id in sorted(missing)]


def _why_gone(occurrence: OccurrenceRow, duty: DutyRow) -> str:
    if duty.state != "live" or not occurrence.event_key:
        return PLAN_REVISED
    return LAST_REOPENED if is_linked(occurrence.event_key) else EVENT_OFF


def _is_theirs(part: PartRow, units: Mapping[int, str]) -> bool:
    """The plan names the unit, or the bureau has moved the part there."""
    return part.unit_id in units or part.came_from is not None


def _enough(duty: DutyRow, mine: Sequence[PartRow]) -> bool:
    """One unit is enough, and one has reported: nobody else is asked."""
    return duty.any_one and any(part.state in ("reported", "verified") for part in mine)


def _unfinished(part: PartRow) -> bool:
    """Still asked for: what is only received would go on being chased, what is reported stays as it was answered."""
    return part.state in ("open", "received")


def taken_back(part: PartRow) -> bool:
    return part.state == "waived" and part.reason in TAKEN_BACK and part.rerouted_to is None


def identity_of(occurrence: OccurrenceRow) -> Identity:
    return occurrence.rule_day, occurrence.stage, occurrence.event_key


def told_by(due: Due) -> dict[str, Any]:
    """The columns of an occurrence that follow its rule: a revision or a holiday notice may change them."""
    return {
        "due": due.day,
        "provisional": due.provisional,
        "period_start": due.period_start,
        "period_end": due.period_end,
        "target": due.target,
        "unit_of_measure": due.unit_of_measure,
    }
