"""Whom a reminder reaches today: the colleague a part was handed to, whoever stands in during a leave, or the head."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage import leaves, people
from storage.rows import Officer, PartRow, ReminderRow
from usecases.office import Desk


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
        if wanted not in self.away:
            return wanted
        deputy = self.away[wanted]
        if deputy in self.staff and deputy not in self.away:
            return deputy or wanted
        return self._head(part.unit_id) or wanted if row.audience == "officer" else wanted

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
