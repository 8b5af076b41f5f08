"""Enrolling: finding people of the roster, invitations, and binding a chat to a person."""

import secrets

from storage import deliveries, people, timeline, tokens
from storage.rows import Officer
from usecases.errors import AmbiguousOfficer, BadInvite, NoSuchOfficer
from usecases.office import Desk
from usecases.take_roster import RosterReport, load_roster, roster_of

__all__ = [
    "RosterReport",
    "bind",
    "find_officer",
    "found_chat",
    "invite",
    "load_roster",
    "lost_chat",
    "moved_chat",
    "roster_of",
    "set_language",
    "who",
]

CODE_BYTES = 16
"""128 random bits, as long as a Telegram start parameter may comfortably be (64 characters at most)."""


def find_officer(desk: Desk, name: str, unit: str | None = None) -> Officer:
    """The person of that name; with several, the unit has to be named too."""
    found = people.officers_named(desk.tx, name)
    if unit is not None:
        ids = {u.id for u in people.units(desk.tx) if unit in (u.name, u.short)}
        found = [officer for officer in found if officer.unit_id in ids]
    if not found:
        raise NoSuchOfficer(f"Nobody called {name!r} is in the roster; see `ruqi officer list`.", name=name)
    if len({officer.unit_id for officer in found}) > 1:
        units = "、".join(u.name for u in people.units(desk.tx) if u.id in {o.unit_id for o in found})
        raise AmbiguousOfficer(f"Several people are called {name!r}: {units}. Add --unit.", name=name, units=units)
    return found[0]


def invite(desk: Desk, officer: Officer) -> str:
    """A one-time code that binds a chat to this person; a new one makes earlier ones worthless."""
    for old in tokens.live(desk.tx, "invite", officer.id):
        tokens.change(desk.tx, old.id, revoked_at=desk.now)
    code = secrets.token_urlsafe(CODE_BYTES)
    expires_at = desk.now + desk.office.invite_life
    tokens.add(desk.tx, code, kind="invite", officer_id=officer.id, created_at=desk.now, expires_at=expires_at)
    return code


def bind(desk: Desk, code: str, channel: str, address: str) -> Officer:
    """Spend a code and bind the chat; raises BadInvite for an unknown, used, revoked or expired one alike."""
    token = tokens.find(desk.tx, "invite", code)
    good = token is not None and token.revoked_at is None and (token.expires_at is None or token.expires_at > desk.now)
    if token is None or token.officer_id is None or not good or not tokens.use_once(desk.tx, token.id, desk.now):
        raise BadInvite
    officer = people.officer_by_id(desk.tx, token.officer_id)
    if officer is None or not officer.active:
        raise BadInvite
    people.bind_contact(desk.tx, officer_id=officer.id, channel=channel, address=address, now=desk.now)
    timeline.add(desk.tx, at=desk.now, verb="bind", officer_id=officer.id, door=channel)
    return officer


def who(desk: Desk, channel: str, address: str) -> Officer | None:
    """The active officer bound to this chat."""
    contact = people.contact_at(desk.tx, channel, address)
    officer = people.officer_by_id(desk.tx, contact.officer_id) if contact else None
    return officer if officer and officer.active else None


def lost_chat(desk: Desk, channel: str, address: str, reason: str) -> None:
    """The chat is gone (blocked, left): nothing more is sent there, and the bureau sees who cannot be reached."""
    people.change_contact(desk.tx, channel, address, state="dead", reason=reason)


def found_chat(desk: Desk, channel: str, address: str) -> None:
    """The chat is back (unblocked)."""
    people.change_contact(desk.tx, channel, address, state="live", reason="")


def moved_chat(desk: Desk, channel: str, old: str, new: str) -> None:
    """The chat has a new address (a group became a supergroup): what waits to be sent follows it there."""
    if people.contact_at(desk.tx, channel, new) is None:
        people.move_contact(desk.tx, channel, old, new)
        deliveries.move(desk.tx, channel, old, new)
    else:
        people.change_contact(desk.tx, channel, old, state="dead", reason=f"moved to {new}")


def set_language(desk: Desk, officer: Officer, language: str) -> None:
    people.change_officer(desk.tx, officer.id, language=language)
