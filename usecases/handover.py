"""Handing over: when another officer answers for a unit, what is open goes with the unit and the newcomer hears of it.

Whoever left is silent from this moment: no reminder, no chat, no invitation. Rungs that were told are not told again;
the newcomer gets one message with what is open, as of something new, and the rest of the ladder from there.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from schedules.rungs import ASSIGNED
from storage import parts, people, reminders, timeline, tokens
from storage.rows import Officer, PartRow, ReminderRow
from usecases.office import Desk
from usecases.plan_reminders import Staff, staff_of

LEFT = "left"
"""Why a chat is dead: its person left. The chat wakes when the person comes back."""
_SILENT = ("reported", "refused")
"""States in which the unit has nothing to do; the bureau has."""


@dataclass(frozen=True, slots=True)
class Handover:
    """Who answered for a unit and who does now, by name, and how many open parts the newcomers are told of."""

    unit: str
    left: tuple[str, ...]
    came: tuple[str, ...]
    parts: int


def hand_over(desk: Desk, before: Staff) -> list[Handover]:
    """Silence who left since `before`, and tell of what is open whoever now gets a unit's reminders and did not."""
    after = staff_of(desk)
    names = {officer.id: officer for officer in people.officers(desk.tx, active_only=False)}
    for officer_id in sorted(before.active - after.active):
        _silence(desk, officer_id)
    _wake(desk, after.active - before.active)
    owed = _owed(desk)
    done = []
    for unit in people.units(desk.tx):
        old, new = ({o.id for o in staff.recipients(unit.id, "officer")} for staff in (before, after))
        left, came = [names[i] for i in sorted(old - after.active)], [names[i] for i in sorted(new - old)]
        _take_back(desk, old - new, owed.get(unit.id, ()))
        told = _tell(desk, came, left, owed.get(unit.id, ()))
        if left or told:
            done.append(Handover(unit.name, _named(left), _named(came), told))
    return done


def _named(officers: Iterable[Officer]) -> tuple[str, ...]:
    return tuple(officer.name for officer in officers)


def _silence(desk: Desk, officer_id: int) -> None:
    for contact in people.contacts(desk.tx, [officer_id]):
        people.change_contact(desk.tx, contact.channel, contact.address, state="dead", reason=LEFT)
    for kind in ("invite", "link", "session"):
        for token in tokens.live(desk.tx, kind, officer_id):
            tokens.change(desk.tx, token.id, revoked_at=desk.now)
    timeline.add(desk.tx, at=desk.now, verb="left", officer_id=officer_id, door="ruqi")


def _wake(desk: Desk, came: Collection[int]) -> None:
    for contact in people.ended_contacts(desk.tx, LEFT) if came else ():
        if contact.officer_id in came:
            people.change_contact(desk.tx, contact.channel, contact.address, state="live", reason="")


def _owed(desk: Desk) -> dict[int, list[PartRow]]:
    """What units have to do, as far as it is worth a message now: overdue, started by an event, next of its duty."""
    found: dict[int, list[PartRow]] = {}
    seen: set[tuple[int, int]] = set()
    for part in parts.asked_for(desk.tx):
        if part.state in _SILENT:
            continue
        coming = part.due >= desk.today
        if not coming or part.event_key or (part.duty_id, part.unit_id) not in seen:
            found.setdefault(part.unit_id, []).append(part)
        if coming:
            seen.add((part.duty_id, part.unit_id))
    return found


def _take_back(desk: Desk, officer_ids: Collection[int], owed: Sequence[PartRow]) -> None:
    """A deputy who stood in is not told any more what waited to be told."""
    rows = reminders.of_parts(desk.tx, [part.id for part in owed if officer_ids])
    ids = [row.id for row in rows if row.officer_id in officer_ids and row.rung == ASSIGNED]
    reminders.change(desk.tx, ids, state="cancelled", reason="replanned")


def _tell(desk: Desk, came: Sequence[Officer], left: Sequence[Officer], owed: Sequence[PartRow]) -> int:
    """Owe each newcomer the `assigned` reminder of each part, unless they have it; gives the number of parts told."""
    if not came or not owed:
        return 0
    rows = reminders.of_parts(desk.tx, [part.id for part in owed])
    known = {(row.part_id, row.due, row.officer_id): row for row in rows if row.rung == ASSIGNED}
    told: set[int] = set()
    for part in owed:
        for officer in came:
            if _promise(desk, part, officer, known.get((part.id, part.due, officer.id))):
                told.add(part.id)
                _log(desk, part, officer, left)
    return len(told)


def _promise(desk: Desk, part: PartRow, officer: Officer, held: ReminderRow | None) -> bool:
    """Plan the reminder, or plan it again where it was cancelled. Who was told already is not told twice."""
    moments = {"lies_at": desk.now, "push_at": desk.office.opening.push_moment(desk.now)}
    if held is None:
        row = {"part_id": part.id, "officer_id": officer.id, "rung": ASSIGNED, "due": part.due, "audience": "officer"}
        reminders.add(desk.tx, [row | moments])
    elif held.state == "cancelled":
        reminders.plan_again(desk.tx, held.id, **moments)
    else:
        return False
    return True


def _log(desk: Desk, part: PartRow, officer: Officer, left: Sequence[Officer]) -> None:
    detail = {"from": [before.id for before in left]}
    words = f"{'、'.join(_named(left))} → {officer.name}" if left else ""
    timeline.add(
        desk.tx,
        at=desk.now,
        verb="handover",
        part_id=part.id,
        officer_id=officer.id,
        door="ruqi",
        words=words,
        detail=detail,
    )
