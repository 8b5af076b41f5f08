"""Whom a reminder reaches today: the colleague a part was handed to, whoever stands in during a leave, or the head."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage import leaves, people
from storage.rows import Officer, PartRow, ReminderRow
from usecases.office import Desk
from usecases.plan_reminders import staff_of


@dataclass(frozen=True, slots=True)
class Route:
    """`away`: who is on leave today, with the deputy that was named or None."""

    staff: Mapping[int, Officer] = field(default_factory=dict)
    away: Mapping[int, int | None] = field(default_factory=dict)

    def recipient(self, row: ReminderRow, part: PartRow) -> int:
        """The officer id the message goes to; the one it was planned for where nobody can stand in."""
        wanted = addressee(row, part)
        if wanted not in self.staff:
            wanted = row.officer_id
        return self.stand_in(wanted, part.unit_id if row.audience == "officer" else None)

    def stand_in(self, officer_id: int, unit_id: int | None = None) -> int:
        """Who acts for that person today: themselves, their deputy, or the head of the unit, where one is named."""
        if officer_id not in self.away:
            return officer_id
        deputy = self.away[officer_id]
        if deputy in self.staff and deputy not in self.away:
            return deputy or officer_id
        return officer_id if unit_id is None else self._head(unit_id) or officer_id

    def _head(self, unit_id: int) -> int | None:
        heads = (
            o.id for o in self.staff.values() if o.unit_id == unit_id and o.role == "head" and o.id not in self.away
        )
        return next(heads, None)


def addressee(row: ReminderRow, part: PartRow) -> int:
    """Whose business it is: a part that was handed to a colleague is the colleague's."""
    return part.delegate_id if part.delegate_id is not None and row.audience == "officer" else row.officer_id


def route(desk: Desk) -> Route:
    away: dict[int, int | None] = {}
    for leave in leaves.leaves(desk.tx, since=desk.today):
        if leave.first_day <= desk.today:
            away[leave.officer_id] = leave.deputy_id or away.get(leave.officer_id)
    return Route({officer.id: officer for officer in people.officers(desk.tx)}, away)


def concerned(desk: Desk, part: PartRow) -> list[Officer]:
    """Whom news of a part concerns: those whom its reminders reach today, and whoever reported it."""
    to = route(desk)
    liaison = staff_of(desk, {part.unit_id}).recipients(part.unit_id, "officer")
    wanted = [officer.id for officer in liaison if officer.role != "bureau"]
    if part.delegate_id is not None and part.delegate_id in to.staff:
        wanted = [part.delegate_id]
    told = [to.stand_in(officer_id, part.unit_id) for officer_id in wanted]
    reporter = to.staff.get(part.reported_by or 0)
    if reporter is not None and reporter.unit_id == part.unit_id:
        told.append(reporter.id)
    return [to.staff[officer_id] for officer_id in dict.fromkeys(told) if officer_id in to.staff]
