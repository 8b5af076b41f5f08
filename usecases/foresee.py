"""What a plan will bring, before it is switched on: every reminder planned, the first messages word for word.

The plan is imported into a store in memory by the very code that will import it. Messages are counted from the
reminders it plans, as people are told in one message of what falls at one moment; only the first few are composed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from schedules.civil import civil_date, instant, local
from schedules.plan import Plan
from storage import parts, people, plans
from storage.rows import DutyRow, PartRow
from usecases.enroll import roster_of
from usecases.import_plan import ImportReport
from usecases.office import Desk, Office
from usecases.play import Play, PlayedMessage, turns
from usecases.play_ground import Span, scratch_office, set_up
from usecases.play_values import Mind


@dataclass(frozen=True, slots=True)
class Foreseen:
    """`months` and `people` count messages; `due` are (day, item, title, stage) in order."""

    report: ImportReport
    messages: int
    first: tuple[PlayedMessage, ...]
    months: tuple[tuple[str, int], ...]
    people: tuple[tuple[str, str, int], ...]
    due: tuple[tuple[date, str, str, str], ...]


def foresee(office: Office, plan: Plan, now: datetime, last: date, *, chase: bool, first: int) -> Foreseen:  # noqa: PLR0913 what is asked for
    """From `now` to the end of `last`, with the roster as it is; nothing is written to the office's own store."""
    with office.read(now) as desk:
        roster = roster_of(desk)
    end = instant(last + timedelta(days=1), time(0), office.zone)
    with scratch_office(office) as scratch:
        mind = Mind()
        (report,) = set_up(scratch, [plan], roster, now, chase=chase, planner=mind.plan)
        with scratch.read(now) as desk:
            months, told, due = *_messages(desk, mind, end), _dues(desk, last)
        shown = _first(scratch, mind, Span(now, last, office.zone), first)
    return Foreseen(report, sum(months.values()), shown, tuple(sorted(months.items())), told, due)


def _messages(desk: Desk, mind: Mind, end: datetime) -> tuple[Counter[str], tuple[tuple[str, str, int], ...]]:
    """Messages by month and by person, whoever hears most first."""
    over = _lapses(mind.parts.values())
    rows = [
        row
        for row in mind.rows
        if row.push_at < end and civil_date(row.push_at, desk.office.zone) <= over.get(row.part_id, date.max)
    ]
    at_once = {(row.officer_id, row.push_at) for row in rows}
    months = Counter(f"{local(at, desk.office.zone):%Y-%m}" for _, at in at_once)
    units = {unit.id: unit.name for unit in people.units(desk.tx)}
    staff = {officer.id: (units[officer.unit_id], officer.name) for officer in people.officers(desk.tx)}
    heard = Counter(officer_id for officer_id, _ in at_once)
    return months, tuple((*staff[officer_id], n) for officer_id, n in heard.most_common())


def _lapses(held: Iterable[PartRow]) -> dict[int, date]:
    """The last day a part of a recurring duty is reminded of where nobody acts: the next one's due date."""
    over: dict[int, date] = {}
    before: dict[tuple[int, int], PartRow] = {}
    for part in sorted((part for part in held if part.period_end), key=lambda part: part.due):
        if (key := (part.duty_id, part.unit_id)) in before and before[key].due < part.due:
            over[before[key].id] = part.due
        before[key] = part
    return over


def _dues(desk: Desk, last: date) -> tuple[tuple[date, str, str, str], ...]:
    found: set[tuple[date, int, str]] = set()
    duties: dict[int, DutyRow] = {}
    for plan in plans.all_plans(desk.tx):
        duties |= {duty.id: duty for duty in plans.duties(desk.tx, plan.id)}
        for one in parts.occurrences(desk.tx, plan.id):
            if desk.today <= one.due <= last and one.state == "tracked" and one.duty_id in duties:
                found.add((one.due, one.duty_id, one.stage))
    ordered = sorted(found, key=lambda one: (one[0], duties[one[1]].position, one[2]))
    return tuple((day, duties[duty].item, duties[duty].title, stage) for day, duty, stage in ordered)


def _first(scratch: Office, mind: Mind, span: Span, most: int) -> tuple[PlayedMessage, ...]:
    """The first messages, as they will be."""
    done = Play()
    for _ in turns(scratch, mind, span, done):
        if len(done.messages) >= most:
            break
    return tuple(done.messages[:most])
