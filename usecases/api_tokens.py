"""Tokens for programs: an OA system acts with the rights of one person, narrowed to what the token is for."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from storage import people, timeline, tokens
from storage.rows import Officer, Token
from usecases.errors import NotAllowed, Refused
from usecases.office import Desk

KIND = "api"
SECRET_BYTES = 32
PREFIX = "ruqi_"
"""So that a token that lies around in a file is recognised for what it is."""
SCOPES = ("read", "answer", "decide", "events")
"""read: look · answer: what units do · decide: what the bureau does · events: register, move and cancel events."""
NOTED_EVERY = timedelta(hours=1)


class NoSuchToken(Refused):
    """There is no such token."""

    key = "no_such_token"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a program acts for, and what its token lets it do."""

    officer: Officer
    scopes: frozenset[str]
    token_id: int


def create_token(desk: Desk, officer: Officer, scopes: Collection[str], *, life: timedelta | None = None) -> str:
    """A new secret, shown once and stored as a digest. Raises NotAllowed for an unknown scope."""
    if not scopes or not set(scopes) <= set(SCOPES):
        raise NotAllowed(f"A token is for some of {', '.join(SCOPES)}.", role=officer.role)
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    ends = None if life is None else desk.now + life
    options = {"scopes": sorted(scopes)}
    tokens.add(desk.tx, secret, kind=KIND, officer_id=officer.id, created_at=desk.now, expires_at=ends, options=options)
    timeline.add(desk.tx, at=desk.now, verb="token", officer_id=officer.id, door="cli", words=" ".join(sorted(scopes)))
    return secret


def list_tokens(desk: Desk, officer: Officer | None = None) -> list[Token]:
    return tokens.live(desk.tx, KIND, officer.id if officer else None)


def revoke_token(desk: Desk, token_id: int) -> None:
    """Raises NoSuchToken."""
    token = tokens.by_id(desk.tx, token_id)
    if token is None or token.kind != KIND or token.revoked_at is not None:
        raise NoSuchToken(f"There is no token number {token_id}; see `ruqi api list`.", number=token_id)
    tokens.change(desk.tx, token_id, revoked_at=desk.now)


def caller(desk: Desk, secret: str) -> Caller | None:
    """Who calls, with the rights of this moment; None for an unknown, revoked or outlived token alike."""
    token = tokens.find(desk.tx, KIND, secret)
    if token is None or token.revoked_at is not None or token.officer_id is None:
        return None
    if token.expires_at is not None and token.expires_at <= desk.now:
        return None
    officer = people.officer_by_id(desk.tx, token.officer_id)
    if officer is None or not officer.active:
        return None
    return Caller(officer, frozenset(token.options.get("scopes", ())), token.id)


def note_use(desk: Desk, secret: str, agent: str) -> None:
    """Remember when and by what a token was last used, at most once an hour."""
    token = tokens.find(desk.tx, KIND, secret)
    if token and (token.last_used_at is None or desk.now - token.last_used_at >= NOTED_EVERY):
        tokens.change(desk.tx, token.id, last_used_at=desk.now, last_agent=agent[:120])
