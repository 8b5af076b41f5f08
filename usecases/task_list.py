"""The task list for reminders apps: its password, whom it opens for, and what ticking a task off means.

A reminders app sends the whole task back when its owner touches it. Only how far it is counts: ticked off is a report,
begun is a receipt, unticked is an undo while that is open. The rest is ours, and is put back or refused.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage import parts, people, tokens
from storage.rows import Officer, PartRow, Token
from usecases.answer import Act, receive, report, undo
from usecases.errors import FeedsOff, NoSuchPart, NothingToUndo, NotYours
from usecases.feed import needs_note
from usecases.feed_view import Reading
from usecases.office import Desk

KIND, DOOR = "tasks", "caldav"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 7, 4
"""28 of 31 signs that nobody mistakes for another: 138 bits, in groups that can be typed."""
USER = "ruqi"
DONE = frozenset({"reported", "verified"})
Progress = Literal["waiting", "begun", "done"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an app makes of a task: how far it is, when that was, and whether it changed words or dates as well."""

    progress: Progress
    at: datetime | None = None
    rewritten: bool = False


class NotForApps(Exception):
    """The list is kept by Ruqi: an app may tick a task off and nothing else."""


def user_name(officer: Officer) -> str:
    """What to type as the user: it says nothing about the person."""
    return f"{USER}{officer.id}"


def give_password(desk: Desk, officer: Officer, *, alarms: Sequence[int] = ()) -> str:
    """A new password; shown once, stored as a digest. The one before stops working at once. Raises FeedsOff."""
    if not desk.office.tasks_on:
        raise FeedsOff
    take_password(desk, officer)
    groups = ["".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS)]
    told = {"kind": KIND, "officer_id": officer.id, "options": {"alarms": list(alarms)}}
    tokens.add(desk.tx, "".join(groups), created_at=desk.now, **told)
    return "-".join(groups)


def take_password(desk: Desk, officer: Officer) -> None:
    for token in tokens.live(desk.tx, KIND, officer.id):
        tokens.change(desk.tx, token.id, revoked_at=desk.now)


def password_of(desk: Desk, officer: Officer) -> Token | None:
    """The live password's record, never the password."""
    return next(iter(tokens.live(desk.tx, KIND, officer.id)), None)


def sign_in(desk: Desk, user: str, password: str) -> Token | None:
    """The password's record if it is this user's and both are in use."""
    token = tokens.find(desk.tx, KIND, password.replace("-", "").replace(" ", "").lower())
    officer = _officer(desk, user)
    if token is None or officer is None or token.revoked_at is not None or token.officer_id != officer.id:
        return None
    return token if desk.office.tasks_on else None


def note_sign_in(desk: Desk, token: Token, agent: str) -> None:
    """Remember when and by what the list was last read, at most once an hour."""
    if needs_note(desk, token):
        tokens.change(desk.tx, token.id, last_used_at=desk.now, last_agent=agent[:120])


def reading_of_user(desk: Desk, user: str) -> Reading | None:
    """Whose list it is, and how they read it; None when nobody may."""
    officer = _officer(desk, user)
    token = password_of(desk, officer) if officer else None
    if officer is None or token is None or not desk.office.tasks_on:
        return None
    return Reading(officer, "person", None, token.created_at, todo=True, alarms=tuple(token.options.get("alarms", ())))


def take(desk: Desk, officer: Officer, uid: str, wanted: Wanted) -> None:
    """Do what the app asks for; what it may not ask is put back with a higher revision, so that the app sees it.

    Raises NotForApps when nothing but words or dates were changed, and whatever the acts raise.
    """
    part = _own(desk, officer, uid)
    act = Act(officer, DOOR, said_at=wanted.at)
    done = part.state in DONE
    if wanted.progress == "done" and not done:
        report(desk, act, part.id)
    elif wanted.progress == "begun" and part.state == "open":
        receive(desk, act, part.id)
    elif wanted.progress != "done" and done:
        _untick(desk, act, part)
    elif wanted.rewritten:
        raise NotForApps


def _untick(desk: Desk, act: Act, part: PartRow) -> None:
    try:
        undo(desk, act, part.id)
    except NothingToUndo:
        parts.change_part(desk.tx, part.id, changed_at=desk.now)


def _own(desk: Desk, officer: Officer, uid: str) -> PartRow:
    part = parts.by_uid(desk.tx, uid)
    if part is None:
        raise NoSuchPart(f"There is no part {uid}.", code=uid)
    if part.unit_id != officer.unit_id:
        raise NotYours(f"Part {uid} belongs to {part.unit_name}; nothing was changed.", unit=part.unit_name)
    return part


def _officer(desk: Desk, user: str) -> Officer | None:
    number = user.removeprefix(USER)
    if not (user.startswith(USER) and number.isascii() and number.isdigit() and len(number) <= 9):  # noqa: PLR2004 an id
        return None
    officer = people.officer_by_id(desk.tx, int(number))
    return officer if officer is not None and officer.active and number == str(officer.id) else None
