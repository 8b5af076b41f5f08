"""What waits for the bureau: reports to verify, extensions, "not ours", people nobody reaches, who is late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from schedules.civil import civil_date
from storage import extensions, parts, people
from storage.rows import Joining, Officer
from texts.values import PartView
from usecases.dead_groups import DeadGroup, dead_groups
from usecases.joining import waiting_for
from usecases.look import OWED, views
from usecases.office import Desk
from usecases.remit import covers, remit
from usecases.unreachable import Unreachable, unreachable


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit asks for more time: until `day`, because of `reason`. The part keeps its date until it is granted."""

    part: PartView
    extension_id: int
    day: date
    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with something overdue; `days` are the working days of the longest."""

    unit_id: int
    unit: str
    days: int
    parts: tuple[PartView, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """`count` is what the bureau itself has to decide; who is late or unreachable is for its eyes."""

    to_verify: tuple[PartView, ...] = ()
    extensions: tuple[Asked, ...] = ()
    refused: tuple[PartView, ...] = ()
    unreachable: tuple[Unreachable, ...] = ()
    groups: tuple[DeadGroup, ...] = ()
    """Units' groups that hear nothing any more."""
    joinings: tuple[Joining, ...] = ()
    """Requests to join."""
    overdue: tuple[LateUnit, ...] = ()
    """The longest overdue first."""

    @property
    def count(self) -> int:
        return len(self.to_verify) + len(self.extensions) + len(self.refused) + len(self.joinings)


def decisions(desk: Desk, officer: Officer) -> Decisions:
    """Everything of plans that are followed, as it stands now, of the units that the person's role reaches."""
    within = remit(desk, officer)
    rows = [row for row in parts.to_decide(desk.tx, desk.today) if covers(within, row)]
    shown = dict(zip((row.id for row in rows), views(desk, rows), strict=True))
    return Decisions(
        to_verify=tuple(part for part in shown.values() if part.state == "reported"),
        extensions=tuple(_asked(desk, shown)),
        refused=tuple(part for part in shown.values() if part.state == "refused"),
        unreachable=tuple(unreachable(desk, within)),
        groups=tuple(dead_groups(desk, within)),
        joinings=tuple(waiting_for(desk, officer)),
        overdue=tuple(_late(desk, shown.values())),
    )


def _asked(desk: Desk, shown: Mapping[int, PartView]) -> list[Asked]:
    names = {officer.id: officer.name for officer in people.officers(desk.tx, active_only=False)}
    return [
        Asked(
            shown[part_id],
            row.id,
            row.asked_due,
            row.reason,
            names.get(row.asked_by or 0, ""),
            civil_date(row.asked_at, desk.office.zone),
        )
        for part_id, row in extensions.waiting(desk.tx).items()
        if part_id in shown
    ]


def _late(desk: Desk, shown: Iterable[PartView]) -> list[LateUnit]:
    by_unit: dict[tuple[int, str], list[PartView]] = {}
    for part in shown:
        if part.due < desk.today and part.state in OWED:
            by_unit.setdefault((part.unit_id, part.unit), []).append(part)
    found = [
        LateUnit(unit_id, unit, max(-part.days_left for part in held), tuple(held))
        for (unit_id, unit), held in by_unit.items()
    ]
    return sorted(found, key=lambda late: (-late.days, -len(late.parts), late.unit))
