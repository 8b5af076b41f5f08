"""Signing in without passwords: a link that works once opens a session. Only digests are stored."""

import secrets
from datetime import timedelta

from storage import people, tokens
from storage.rows import Officer, Token
from usecases.errors import BadLink
from usecases.office import Desk

SECRET_BYTES = 32


def issue_link(desk: Desk, officer: Officer, *, life: timedelta | None = None) -> str:
    """A one-time secret for ``/in/<secret>``; good for `link_life`, or for `life` where it travels by mail."""
    return _issue(desk, "link", officer, life or desk.office.link_life)


def revoke_links(desk: Desk, officer: Officer) -> None:
    """Make every link that nobody has used yet worthless: one of this person's ways is no longer theirs."""
    for token in tokens.live(desk.tx, "link", officer.id):
        if token.used_at is None:
            tokens.change(desk.tx, token.id, revoked_at=desk.now)


def peek_link(desk: Desk, secret: str) -> Officer | None:
    """Who would sign in with this link. Looking changes nothing, so a link preview cannot spend it."""
    token = tokens.find(desk.tx, "link", secret)
    return _holder(desk, token) if token and token.used_at is None else None


def open_session(desk: Desk, secret: str) -> tuple[Officer, str]:
    """Spend the link; gives the person and the session's secret. Raises BadLink when it cannot be spent."""
    token = tokens.find(desk.tx, "link", secret)
    officer = _holder(desk, token) if token else None
    if token is None or officer is None or not tokens.use_once(desk.tx, token.id, desk.now):
        raise BadLink
    return officer, _issue(desk, "session", officer, desk.office.session_life)


def session(desk: Desk, secret: str) -> Officer | None:
    """The person behind a session, read at the moment of the act."""
    token = tokens.find(desk.tx, "session", secret)
    return _holder(desk, token) if token else None


def close_session(desk: Desk, secret: str) -> None:
    token = tokens.find(desk.tx, "session", secret)
    if token:
        tokens.change(desk.tx, token.id, revoked_at=desk.now)


def _issue(desk: Desk, kind: str, officer: Officer, life: timedelta) -> str:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    tokens.add(desk.tx, secret, kind=kind, officer_id=officer.id, created_at=desk.now, expires_at=desk.now + life)
    return secret


def _holder(desk: Desk, token: Token) -> Officer | None:
    expired = token.expires_at is not None and token.expires_at <= desk.now
    if token.revoked_at is not None or expired or token.officer_id is None:
        return None
    officer = people.officer_by_id(desk.tx, token.officer_id)
    return officer if officer and officer.active else None
