"""A play by values: nobody answers, so all that the engine's own decisions are asked about fits in mind.

Plans are unfolded by the use case itself on the scratch store; what reminders are owed, which of them leave, what
lapses and what is said is decided by the functions that decide it in earnest. Only what the engine would write down
and read again between two of them (reminders, deliveries, claims) is kept here as values. A test holds a play by
values against one through the store, row by row.
"""

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from schedules.civil import local
from storage import people, plans
from storage.rows import Officer, PartRow, ReminderRow, Sibling
from texts.compose import line
from texts.letters import names_unit
from texts.reader import Reader
from texts.values import DigestView, PartView, ReminderView
from usecases.digest import Behind, Said, Told, compose, late_since
from usecases.look import Joint, bureau_of, is_asked, joint_of, written
from usecases.office import Desk, Office
from usecases.owing import Owing, Staff
from usecases.plan_reminders import staff_of
from usecases.played import Played
from usecases.remind import LAPSED, PERIOD_OVER, decide, lapsing, unfold_stale
from usecases.routing import Route
from usecases.terms import terms_changed

Like = tuple[int, int]
"""(duty id, unit id): parts of one kind, of which the newest ends the others."""


@dataclass(slots=True)
class Mind:
    """Everything a play has to know of its parts and reminders between two moments."""

    parts: dict[int, PartRow] = field(default_factory=dict)
    rows: list[ReminderRow] = field(default_factory=list)
    """By id, from 0."""
    of_part: dict[int, list[int]] = field(default_factory=dict)
    moments: dict[datetime, list[int]] = field(default_factory=dict)
    """Planned rows by the moment at which they are pushed."""
    _ahead: list[datetime] = field(default_factory=list)
    _together: dict[int, list[int]] = field(default_factory=dict)
    """Parts by occurrence."""
    _joints: dict[int, Joint] = field(default_factory=dict)
    _ending: dict[date, list[int]] = field(default_factory=dict)
    """Parts of recurring duties by due date."""
    _late: dict[Like, list[int]] = field(default_factory=dict)
    _staff: Staff | None = None
    _officers: dict[int, Officer] = field(default_factory=dict)
    _units: dict[int, str] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)
    _numbers: dict[int, str] = field(default_factory=dict)
    _bureau: str = ""
    _shown: dict[int, PartView] = field(default_factory=dict)
    """At this moment: parts by id, and lines by what they say."""
    _lines: dict[tuple[object, ...], str] = field(default_factory=dict)

    def plan(self, desk: Desk, asked: Sequence[PartRow], announced: Collection[int] = ()) -> int:
        """Plan what these parts owe, as `plan_reminders` does in rows."""
        owing, before = Owing(desk, self._read(desk)), len(self.rows)
        for part in asked:
            if part.id not in self.parts:
                self._take(part)
            held = [self.rows[i] for i in self.of_part.get(part.id, ())]
            missing, changes = owing.reconcile(part, held, assigned=part.id in announced)
            for values in missing:
                self._add(values)
            for row, values in changes:
                self._put(replace(row, **values))
        return len(self.rows) - before

    def next_moment(self, office: Office, now: datetime) -> datetime | None:
        """When the next reminder leaves, seen from `now`."""
        at = self.next_at()
        return None if at is None else office.opening.push_moment(max(at, now))

    def next_at(self) -> datetime | None:
        """The moment of the next planned reminder."""
        while self._ahead and self._ahead[0] not in self.moments:
            heapq.heappop(self._ahead)
        return self._ahead[0] if self._ahead else None

    def roll(self, desk: Desk) -> None:
        """The day's first work: what is over ends, the horizon moves on, changed terms put reminders elsewhere."""
        self._lapse(desk)
        unfold_stale(desk, self.plan)
        if terms_changed(desk):
            asked = [part for part in self.parts.values() if part.settled_at is None and part.plan_state == "on"]
            self.plan(desk, asked)

    def hand_over(self, desk: Desk) -> Iterator[tuple[Officer, list[Told]]]:
        """Who is told what, now that its moment has come; one message each."""
        if desk.office.opening.push_moment(desk.now) > desk.now:
            return
        due = [row for row in self._due(desk.now) if row.state == "planned"]
        decision = decide(due, self.parts, desk.office.ladders, Route(self._officers))
        for reason, ids in decision.superseded.items():
            for i in ids:
                self._put(replace(self.rows[i], state="superseded", reason=reason))
        for rows in decision.bundles.values():
            for row in rows:
                self.rows[row.id] = _handed(row, desk.now)
        self._shown, self._lines = {}, {}
        for officer_id, rows in decision.bundles.items():
            told = [(self.rows[row.id], part) for row in rows if is_asked(part := self.parts[row.part_id])]
            if told:
                yield self._officers[officer_id], told

    def view(self, desk: Desk, officer: Officer, told: Sequence[Told]) -> DigestView:
        """One message as the engine composes it."""
        shown = [self._show(desk, part) for _, part in told]
        rows = {part.id: self._in_order(part.id) for _, part in told}
        behind = Behind(rows, self._numbers, {}, self._names)
        said = Said(self._units[officer.unit_id], late_since(desk.office, told, desk.now))
        return compose(desk, officer, told, shown=shown, behind=behind, said=said)

    def in_short(self, desk: Desk, officer: Officer, told: Sequence[Told]) -> list[Played]:
        """One message by its lines alone."""
        at = local(desk.now, desk.office.zone)
        return [
            Played(
                at, part.item, part.unit_name, officer.name, row.rung, self._line(desk, officer, row, part), part.due
            )
            for row, part in told
        ]

    def _line(self, desk: Desk, officer: Officer, row: ReminderRow, part: PartRow) -> str:
        """Written once for all units that have the same part under the same code, unless it names the unit."""
        unit = part.unit_name if names_unit(row.audience) else ""
        stands = (part.occurrence_id, part.role, part.code, part.due, part.state, part.reason)
        key = (officer.language, row.rung, row.audience, unit, stands)
        if key not in self._lines:
            reader = Reader(officer.language, desk.today, desk.office.zone)
            shown = ReminderView(self._show(desk, part), row.rung, row.push_at, audience=row.audience)
            self._lines[key] = line(shown, reader)
        return self._lines[key]

    def _show(self, desk: Desk, part: PartRow) -> PartView:
        if part.id not in self._shown:
            joint = self._joint(part.occurrence_id)
            self._shown[part.id] = written(desk, part, joint=joint, bureau=self._bureau)
        return self._shown[part.id]

    def _joint(self, occurrence_id: int) -> Joint:
        if occurrence_id not in self._joints:
            mine = (self.parts[i] for i in sorted(self._together[occurrence_id]))
            self._joints[occurrence_id] = joint_of([_sibling(part) for part in mine])
        return self._joints[occurrence_id]

    def _in_order(self, part_id: int) -> list[ReminderRow]:
        return sorted((self.rows[i] for i in self.of_part.get(part_id, ())), key=lambda row: (row.push_at, row.id))

    def _due(self, now: datetime) -> Iterator[ReminderRow]:
        while (at := self.next_at()) is not None and at <= now:
            yield from (self.rows[i] for i in self.moments.pop(at))

    def _lapse(self, desk: Desk) -> None:
        """A part may lapse on the day after one of its like fell due: only those are looked at."""
        for key in {key for day in [day for day in self._ending if day < desk.today] for key in self._end(day)}:
            late = [self.parts[i] for i in self._late[key]]
            over = lapsing(late, {key: max(part.due for part in late)})
            for part in over:
                self.parts[part.id] = replace(
                    part, state=LAPSED, reason=PERIOD_OVER, settled_at=desk.now, changed_at=desk.now
                )
                self._joints.pop(part.occurrence_id, None)
            ended = {part.id for part in over}
            self._late[key] = [part.id for part in late if part.id not in ended]

    def _end(self, day: date) -> Iterable[Like]:
        for i in self._ending.pop(day):
            part = self.parts[i]
            self._late.setdefault((part.duty_id, part.unit_id), []).append(i)
            yield part.duty_id, part.unit_id

    def _read(self, desk: Desk) -> Staff:
        """People and plans: nobody joins or leaves during a play, plans are imported one after the other."""
        self._numbers = {plan.id: plan.number for plan in plans.all_plans(desk.tx)}
        if self._staff is None:
            units, self._staff = people.units(desk.tx), staff_of(desk)
            self._officers = {officer.id: officer for officer in people.officers(desk.tx)}
            self._names = {officer.id: officer.name for officer in self._officers.values()}
            self._units = {unit.id: unit.name for unit in units}
            self._bureau = bureau_of(units, self._officers.values())
        return self._staff

    def _take(self, part: PartRow) -> None:
        self.parts[part.id] = part
        self._together.setdefault(part.occurrence_id, []).append(part.id)
        self._joints.pop(part.occurrence_id, None)
        if part.period_end is not None:
            self._ending.setdefault(part.due, []).append(part.id)

    def _add(self, values: dict[str, Any]) -> None:
        row = ReminderRow(len(self.rows), state="planned", reason="", handed_at=None, **values)
        self.rows.append(row)
        self.of_part.setdefault(row.part_id, []).append(row.id)
        self._queue(row)

    def _put(self, row: ReminderRow) -> None:
        before, self.rows[row.id] = self.rows[row.id], row
        if row.state == "planned" and (before.state, before.push_at) != (row.state, row.push_at):
            self._queue(row)

    def _queue(self, row: ReminderRow) -> None:
        if row.push_at not in self.moments:
            self.moments[row.push_at] = []
            heapq.heappush(self._ahead, row.push_at)
        self.moments[row.push_at].append(row.id)


def _handed(row: ReminderRow, now: datetime) -> ReminderRow:
    """The same as `replace` in half the time: there are hundreds of thousands."""
    before = (row.id, row.part_id, row.officer_id, row.rung, row.due, row.audience, row.lies_at, row.push_at)
    return ReminderRow(*before, state="handed", reason="", handed_at=now)


def _sibling(part: PartRow) -> Sibling:
    return Sibling(part.id, part.occurrence_id, part.unit_name, part.role, part.state, part.reason, part.settled_at)
