"""Calendar addresses: who may read which parts under which secret address; made, changed, ended, seen in use."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from storage import people, tokens
from storage.rows import Officer, Token
from usecases.errors import FeedsOff, NoSuchFeed, NotAllowed, TooManyFeeds
from usecases.feed_view import FeedView, Reading, full
from usecases.look import SEES_ALL
from usecases.office import Desk
from usecases.remit import reaches

Scope = Literal["person", "unit", "plan", "bureau"]
SECRET_BYTES = 32
NOTED_EVERY = timedelta(hours=1)


def create_feed(  # noqa: PLR0913 what a subscriber chooses
    desk: Desk,
    officer: Officer,
    scope: Scope,
    *,
    subject_id: int | None = None,
    todo: bool = False,
    alarms: Sequence[int] = (),
) -> str:
    """A new secret address; shown once, stored as a digest. Raises FeedsOff, TooManyFeeds, NotAllowed."""
    if not desk.office.feeds_on:
        raise FeedsOff
    if tokens.count_live(desk.tx, "feed", officer.id) >= desk.office.feed_limit:
        limit = desk.office.feed_limit
        raise TooManyFeeds(f"{officer.name} has {limit} calendar addresses already; revoke one first.", limit=limit)
    if scope == "unit":
        subject_id = subject_id or officer.unit_id
    foreign = scope == "unit" and not reaches(desk, officer, subject_id or 0)
    if foreign or (scope == "bureau" and officer.role not in SEES_ALL):
        raise NotAllowed("Only the bureau subscribes to other units' calendars.", role=officer.role)
    return _issue(desk, officer.id, scope, subject_id, {"todo": todo, "alarms": list(alarms)})


def rotate_feed(desk: Desk, officer: Officer, token_id: int) -> str:
    """The same calendar under a new address; the old one stops working at once."""
    token = _own(desk, officer, token_id)
    tokens.change(desk.tx, token.id, revoked_at=desk.now)
    return _issue(desk, token.officer_id or officer.id, token.scope, token.subject_id, token.options)


def revoke_feed(desk: Desk, officer: Officer, token_id: int) -> None:
    tokens.change(desk.tx, _own(desk, officer, token_id).id, revoked_at=desk.now)


def list_feeds(desk: Desk, officer: Officer) -> list[Token]:
    return tokens.live(desk.tx, "feed", officer.id)


def reading_of(desk: Desk, secret: str) -> Reading | None:
    """Who reads what behind an address; None for an unknown, revoked or switched-off one alike."""
    token = tokens.find(desk.tx, "feed", secret)
    return None if token is None else reading(desk, token)


def reading(desk: Desk, token: Token) -> Reading | None:
    if token.revoked_at is not None or token.officer_id is None or not desk.office.feeds_on:
        return None
    officer = people.officer_by_id(desk.tx, token.officer_id)
    if officer is None or not officer.active:
        return None
    alarms = tuple(token.options.get("alarms", ()))
    todo = bool(token.options.get("todo"))
    return Reading(officer, token.scope, token.subject_id, token.created_at, todo=todo, alarms=alarms)


def open_feed(desk: Desk, secret: str) -> FeedView | None:
    """The calendar behind an address in full, or None."""
    found = reading_of(desk, secret)
    return None if found is None else full(desk, found)


def note_use(desk: Desk, secret: str, agent: str) -> None:
    """Remember when and by what an address was last read, at most once an hour: its owner sees it."""
    token = tokens.find(desk.tx, "feed", secret)
    if token and needs_note(desk, token):
        tokens.change(desk.tx, token.id, last_used_at=desk.now, last_agent=agent[:120])


def needs_note(desk: Desk, token: Token) -> bool:
    return token.last_used_at is None or desk.now - token.last_used_at >= NOTED_EVERY


def _issue(desk: Desk, officer_id: int, scope: str, subject_id: int | None, options: dict[str, object]) -> str:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = {"kind": "feed", "officer_id": officer_id, "scope": scope, "subject_id": subject_id, "options": options}
    tokens.add(desk.tx, secret, created_at=desk.now, **row)
    return secret


def _own(desk: Desk, officer: Officer, token_id: int) -> Token:
    token = tokens.by_id(desk.tx, token_id)
    if token is None or token.kind != "feed" or token.revoked_at is not None or token.officer_id != officer.id:
        raise NoSuchFeed(f"{officer.name} has no calendar address number {token_id}.", number=token_id)
    return token
