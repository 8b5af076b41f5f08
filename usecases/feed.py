"""Calendar feeds: who may read which parts under which secret address, and the view a calendar is drawn from."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from storage import parts, people, plans, tokens
from storage.rows import Officer, PartRow, Token
from texts.catalogue import say
from texts.values import PartView
from usecases.errors import FeedsOff, NoSuchFeed, NotAllowed, TooManyFeeds
from usecases.look import SEES_ALL, views
from usecases.office import Desk

Scope = Literal["person", "unit", "plan", "bureau"]
SECRET_BYTES = 32
PAST = timedelta(days=90)
AHEAD = timedelta(days=400)
GONE_FOR = timedelta(days=30)
"""How long a cancelled entry is still sent as CANCELLED, so that calendars take it away, before it vanishes."""
NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One part in a calendar. `sequence` and `changed_at` rise only when the part changed."""

    part: PartView
    sequence: int
    created_at: datetime
    changed_at: datetime
    cancelled: bool
    url: str


@dataclass(frozen=True, slots=True)
class FeedView:
    """What a calendar shows. `alarms`: minutes before 09:00 of the due day; `todo`: tasks instead of events."""

    title: str
    language: str
    entries: tuple[FeedEntry, ...]
    changed_at: datetime
    alarms: tuple[int, ...] = ()
    todo: bool = False


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
    others = (scope == "unit" and subject_id != officer.unit_id) or scope == "bureau"
    if others and officer.role not in SEES_ALL:
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


def open_feed(desk: Desk, secret: str) -> FeedView | None:
    """The calendar behind an address, or None for an unknown, revoked or switched-off one alike."""
    token = tokens.find(desk.tx, "feed", secret)
    if token is None or token.revoked_at is not None or token.officer_id is None or not desk.office.feeds_on:
        return None
    officer = people.officer_by_id(desk.tx, token.officer_id)
    if officer is None or not officer.active:
        return None
    rows = [row for row in _rows(desk, officer, token) if _shown(desk, row)]
    shown = views(desk, rows)
    return FeedView(
        title=_title(desk, officer, token),
        language=officer.language,
        entries=tuple(_entry(desk, row, part) for row, part in zip(rows, shown, strict=True)),
        changed_at=max((row.changed_at for row in rows), default=token.created_at),
        alarms=tuple(token.options.get("alarms", ())),
        todo=bool(token.options.get("todo")),
    )


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


def _rows(desk: Desk, officer: Officer, token: Token) -> list[PartRow]:
    """A plan's feed shows its reader only what they may see: their own unit's parts, or all of them to the bureau."""
    match token.scope:
        case "bureau":
            return parts.all_parts(desk.tx, since=desk.today - PAST) if officer.role in SEES_ALL else []
        case "unit":
            visible = token.subject_id == officer.unit_id or officer.role in SEES_ALL
            return parts.of_unit(desk.tx, token.subject_id or 0) if visible else []
        case "plan":
            rows = parts.of_plan(desk.tx, token.subject_id or 0)
            return [row for row in rows if row.unit_id == officer.unit_id or officer.role in SEES_ALL]
        case _:
            return parts.of_unit(desk.tx, officer.unit_id)


def _shown(desk: Desk, row: PartRow) -> bool:
    inside = desk.today - PAST <= row.due <= desk.today + AHEAD
    gone = _cancelled(row) and desk.now - row.changed_at > GONE_FOR
    return inside and not gone


def _cancelled(row: PartRow) -> bool:
    return row.state in ("waived", "lapsed") or row.plan_state != "on"


def _entry(desk: Desk, row: PartRow, part: PartView) -> FeedEntry:
    url = f"{desk.office.base_url}/parts/{row.uid}"
    return FeedEntry(part, row.sequence, row.created_at, row.changed_at, _cancelled(row), url)


def _title(desk: Desk, officer: Officer, token: Token) -> str:
    unit = people.unit_by_id(
        desk.tx, token.subject_id if token.scope == "unit" and token.subject_id else officer.unit_id
    )
    plan = plans.by_id(desk.tx, token.subject_id) if token.scope == "plan" and token.subject_id else None
    return say(
        officer.language,
        f"feed.title.{token.scope}",
        unit=unit.short or unit.name if unit else "",
        plan=plan.heading if plan else "",
    )
