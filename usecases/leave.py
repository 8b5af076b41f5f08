"""Leave (请假): who is away from when to when, and who stands in (AB角)."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from storage import leaves, people, timeline
from storage.rows import Leave, Officer
from texts import notices
from usecases.errors import BadLeave, NotAllowed, NotAway, NotColleague
from usecases.office import Desk
from usecases.remit import reaches
from usecases.tell import tell_people

FOR_OTHERS = frozenset({"bureau", "administrator"})
"""Roles that may say of anybody they reach that they are away; so may a head, and everybody of themselves."""


def take_leave(  # noqa: PLR0913 who, from when to when, who stands in, who says so
    desk: Desk, officer: Officer, first: date, last: date, *, deputy_id: int | None = None, by: Officer
) -> Leave:
    """`officer` is away from `first` to `last`, both included; a leave that overlaps gives way to this one.

    Without a deputy named, whoever stands in for the unit does. Raises BadLeave, NotColleague, NotAllowed.
    """
    _may(desk, officer, by)
    if last < first or last < desk.today:
        raise BadLeave(f"A leave from {first} to {last} cannot be taken.", first=first, last=last)
    deputy = None if deputy_id is None else _deputy(desk, officer, deputy_id)
    held = _of(desk, officer)
    same = next((row for row in held if (row.first_day, row.last_day, row.deputy_id) == (first, last, deputy_id)), None)
    if same is not None:
        return same
    for row in held:
        if row.first_day <= last and first <= row.last_day:
            leaves.end_leave(desk.tx, row.id, desk.now)
    said = {"officer_id": officer.id, "deputy_id": deputy_id, "first_day": first, "last_day": last}
    leave_id = leaves.add_leave(desk.tx, created_by=by.id, created_at=desk.now, **said)
    _log(desk, "leave", officer, by, f"{first} – {last}")
    if deputy is not None and deputy.id != by.id:
        tell_people(desk, [deputy], partial(notices.stands_in, name=officer.name, first=first, last=last))
    return next(row for row in _of(desk, officer) if row.id == leave_id)


def end_leave(desk: Desk, officer: Officer, by: Officer) -> list[Leave]:
    """Back again: every leave of the officer that is running or to come ends; gives those that ended."""
    _may(desk, officer, by)
    ended = _of(desk, officer)
    if not ended:
        raise NotAway(f"{officer.name} is not on leave.", name=officer.name)
    for row in ended:
        leaves.end_leave(desk.tx, row.id, desk.now)
    _log(desk, "back", officer, by, "")
    return ended


def stand_ins(desk: Desk, day: date) -> Mapping[int, int | None]:
    """Who is away on `day`: officer id → the deputy who was named, or None."""
    rows = leaves.leaves(desk.tx, since=day)
    return {row.officer_id: row.deputy_id for row in rows if row.first_day <= day}


def _may(desk: Desk, officer: Officer, by: Officer) -> None:
    theirs = by.role in {"head", *FOR_OTHERS} and reaches(desk, by, officer.unit_id)
    if not (by.active and (by.id == officer.id or theirs)):
        raise NotAllowed(f"The role {by.role} may not say when {officer.name} is away.", role=by.role, verb="leave")


def _deputy(desk: Desk, officer: Officer, deputy_id: int) -> Officer:
    deputy = people.officer_by_id(desk.tx, deputy_id)
    if deputy is None or not deputy.active or deputy.id == officer.id or deputy.unit_id != officer.unit_id:
        raise NotColleague(f"Officer {deputy_id} is no colleague of {officer.name}.", name=officer.name)
    return deputy


def _of(desk: Desk, officer: Officer) -> list[Leave]:
    return [row for row in leaves.leaves(desk.tx, since=desk.today) if row.officer_id == officer.id]


def _log(desk: Desk, verb: str, officer: Officer, by: Officer, words: str) -> None:
    timeline.add(desk.tx, at=desk.now, verb=verb, officer_id=by.id, on_behalf_of=officer.id, door="", words=words)
