"""What a digest tells: its parts as they stand now, each with what comes next and what it rests on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from schedules.civil import civil_date
from schedules.rungs import Ladder
from storage import deliveries, group_chats, leaves, parts, people, plans, reminders, timeline
from storage.rows import DeliveryRow, Officer, PartRow, ReminderRow
from texts.values import DigestView, LetterFacts, Nudge, PartView, ReminderView
from usecases.look import views
from usecases.office import Desk, Office
from usecases.owing import COPY
from usecases.plan_reminders import staff_of
from usecases.routing import addressee

Told = tuple[ReminderRow, PartRow]


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the reminders of some parts: every row of theirs, paper numbers, who nudged, people."""

    rows: Mapping[int, Sequence[ReminderRow]]
    numbers: Mapping[int, str]
    nudges: Mapping[int, Nudge]
    names: Mapping[int, str]
    copied: Mapping[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """What a message says of itself."""

    unit: str = ""
    late_since: datetime | None = None
    late_why: str = "down"
    possible_repeat: bool = False


def late_since(office: Office, told: Sequence[Told], at: datetime) -> datetime | None:
    """When what leaves `at` should have left; None where that is as good as now."""
    first = min(row.push_at for row, _ in told)
    return first if at - first > office.late_after else None


def ours(desk: Desk, delivery: DeliveryRow) -> list[Told]:
    """The reminders a delivery carries, with their parts read afresh."""
    items = deliveries.items(desk.tx, delivery.id)
    rows = reminders.by_ids(desk.tx, [reminder_id for _, reminder_id in items if reminder_id is not None])
    held = parts.by_ids(desk.tx, [part_id for part_id, _ in items])
    return [(rows[r], held[p]) for p, r in items if r in rows and p in held]


def view_of(desk: Desk, delivery: DeliveryRow, told: Sequence[Told]) -> DigestView:
    """What this delivery tells its person, or its group."""
    return digest_view(
        desk,
        people.officer_by_id(desk.tx, delivery.officer_id or 0),
        told,
        unit=_unit(desk, delivery),
        late_since=late_since(desk.office, told, delivery.sent_at or desk.now),
        possible_repeat=delivery.ambiguous > 0,
    )


def digest_view(  # noqa: PLR0913 what a message says of itself
    desk: Desk,
    officer: Officer | None,
    told: Sequence[Told],
    *,
    unit: str = "",
    late_since: datetime | None = None,
    possible_repeat: bool = False,
) -> DigestView:
    """Everything one person is told at one moment, each line with the rung that comes next."""
    shown = views(desk, [part for _, part in told])
    said = Said(unit, late_since, _late_why(desk, told, late_since), possible_repeat=possible_repeat)
    return compose(desk, officer, told, shown=shown, behind=_behind(desk, told), said=said)


def compose(  # noqa: PLR0913 all that was read
    desk: Desk, officer: Officer | None, told: Sequence[Told], *, shown: Sequence[PartView], behind: Behind, said: Said
) -> DigestView:
    """What is told, from what was read before; nothing more is read."""
    lines = [_line(desk, behind, one, part, officer) for one, part in zip(told, shown, strict=True)]
    return DigestView(
        officer=officer.name if officer else "",
        unit=said.unit,
        language=officer.language if officer else "zh",
        audience=told[0][0].audience,
        now=desk.now,
        today=desk.today,
        zone=desk.office.zone,
        reminders=tuple(lines),
        late_since=said.late_since,
        late_why=said.late_why,
        possible_repeat=said.possible_repeat,
    )


def _line(desk: Desk, behind: Behind, one: Told, part: PartView, officer: Officer | None) -> ReminderView:
    row, held = one
    ladder = desk.office.ladders.get(held.kind) or desk.office.ladders["standard"]
    rung, zone = ladder.rung(row.rung), desk.office.zone
    wanted = addressee(row, held)
    after = _after(behind.rows.get(row.part_id, ()), row)
    return ReminderView(
        part,
        row.rung,
        row.push_at,
        audience=row.audience,
        silent_since=_silent(desk, held) if rung and rung.silent and part.state == "received" else None,
        stands_for=behind.names.get(wanted, "") if officer and wanted != officer.id else "",
        nudge=behind.nudges.get(held.id) if row.rung.startswith("nudge") else None,
        letter=_letter(desk, behind, one, ladder),
        next_rung=after.rung if after else "",
        next_on=civil_date(after.push_at, zone) if after else None,
        next_audience=after.audience if after else "",
    )


def _unit(desk: Desk, delivery: DeliveryRow) -> str:
    if delivery.officer_id is None:
        group = group_chats.at(desk.tx, delivery.channel, delivery.address)
        unit_id = group.unit_id if group else 0
    else:
        officer = people.officer_by_id(desk.tx, delivery.officer_id)
        unit_id = officer.unit_id if officer else 0
    unit = people.unit_by_id(desk.tx, unit_id)
    return unit.name if unit else ""


def _behind(desk: Desk, told: Sequence[Told]) -> Behind:
    ids = [part.id for _, part in told]
    rows: dict[int, list[ReminderRow]] = {}
    for row in reminders.of_parts(desk.tx, ids):
        rows.setdefault(row.part_id, []).append(row)
    nudged = [row.part_id for row, _ in told if row.rung.startswith("nudge")]
    meant = {addressee(row, part) for row, part in told if addressee(row, part) == row.officer_id}
    officers = {one.id: one for one in people.officers_by_ids(desk.tx, None if nudged else meant)}
    letters = {part.plan_id for row, part in told if row.audience != "officer"}
    papers = {plan_id: plans.by_id(desk.tx, plan_id) for plan_id in letters}
    return Behind(
        rows,
        numbers={plan_id: plan.number for plan_id, plan in papers.items() if plan},
        nudges=_nudges(desk, nudged, officers),
        names={officer.id: officer.name for officer in officers.values()},
        copied=_copied(desk, {part.unit_id for row, part in told if row.audience != "officer"}),
    )


def _copied(desk: Desk, units: Collection[int]) -> Mapping[tuple[int, str], tuple[str, ...]]:
    """By unit and letter, the names on its copy list."""
    listed = staff_of(desk, units).listed if units else {}
    return {key: tuple(officer.name for officer in held) for key, held in listed.items()}


def _nudges(desk: Desk, part_ids: Sequence[int], officers: Mapping[int, Officer]) -> dict[int, Nudge]:
    units = {unit.id: unit.short or unit.name for unit in people.units(desk.tx)} if part_ids else {}
    found = {}
    for part_id, row in timeline.last_each(desk.tx, part_ids, "nudge").items():
        asker = officers.get(row.officer_id or 0)
        found[part_id] = Nudge(f"{units[asker.unit_id]} {asker.name}" if asker else "", row.words)
    return found


def _letter(desk: Desk, behind: Behind, one: Told, ladder: Ladder) -> LetterFacts | None:
    """The facts of a 督办单 or 通报; None for an ordinary reminder."""
    row, part = one
    rung = ladder.rung(row.rung)
    kind = row.audience.removeprefix(COPY)
    if kind == "officer":
        return None
    handed = [r for r in behind.rows.get(part.id, ()) if r.handed_at is not None and r.handed_at <= desk.now]
    asked = _days(desk, (r for r in handed if r.audience == "officer"))
    warned = _days(desk, (r for r in handed if r.audience == "head" and r.id != row.id))
    return LetterFacts(
        number=behind.numbers.get(part.plan_id, ""),
        reminded=len(asked),
        reminded_on=max(asked, default=None),
        warned_on=max(warned, default=None) if kind == "bureau" else None,
        answer_by=desk.calendar.add_workdays(desk.today, ladder.answer_within) if kind == "head" else None,
        copies=rung.copies if rung else (),
        copied=behind.copied.get((part.unit_id, kind), ()),
    )


def _days(desk: Desk, rows: Iterable[ReminderRow]) -> set[date]:
    return {civil_date(row.handed_at, desk.office.zone) for row in rows if row.handed_at is not None}


def _silent(desk: Desk, part: PartRow) -> date:
    return civil_date(part.changed_at, desk.office.zone)


def _after(rows: Sequence[ReminderRow], told: ReminderRow) -> ReminderRow | None:
    """The next planned reminder about the same part, to whom ever; in a 督办单 or 通报 the next one of those."""
    later = (row for row in rows if row.state == "planned" and row.push_at > told.push_at)
    letter = told.audience.removeprefix(COPY) != "officer"
    steps = (row for row in later if not row.audience.startswith(COPY))
    return next((row for row in steps if not letter or row.audience != "officer"), None)


def _late_why(desk: Desk, told: Sequence[Told], late_since: datetime | None) -> str:
    if late_since is None:
        return "down"
    plan_ids = {part.plan_id for _, part in told}
    paused = leaves.was_paused(desk.tx, late_since, civil_date(late_since, desk.office.zone), plan_ids)
    return "pause" if paused else "down"
