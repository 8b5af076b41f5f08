"""The links shown at the start: the inbox of an officer, the bureau's ledger, a calendar.

Only while everybody is invented. In a real office a person's link is nobody else's to see, on a screen or in the log of
the machine, and is asked for by name.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ruqi import sample
from storage import tokens
from storage.rows import Officer
from usecases import feed, sign_in
from usecases.office import Desk, Office

Said = tuple[str, dict[str, object]]
"""A key under ``cli.run`` and its values."""

CALENDAR_FILE = "{database}-calendar.txt"


def links(office: Office, now: datetime, folder: Path, database: str) -> list[Said]:
    """What to show; `folder` and `database` say where the sample's calendar address is kept from start to start."""
    with office.write(now) as desk:
        if not sample.is_sample(desk):
            return [("by_name", {})]
        return list(_sample_links(desk, folder / CALENDAR_FILE.format(database=database)))


def _sample_links(desk: Desk, kept: Path) -> Iterator[Said]:
    who = sample.faces(desk)
    if who.officer:
        yield "inbox", {"officer": who.officer.name, "url": _way_in(desk, who.officer)}
    if who.bureau:
        yield "ledger", {"officer": who.bureau.name, "url": _way_in(desk, who.bureau)}
    if who.officer and desk.office.feeds_on:
        secret = _calendar(desk, who.officer, kept)
        yield "calendar", {"officer": who.officer.name, "url": f"{desk.office.base_url}/feeds/{secret}.ics"}


def _way_in(desk: Desk, officer: Officer) -> str:
    return f"{desk.office.base_url}/in/{sign_in.issue_link(desk, officer)}"


def _calendar(desk: Desk, officer: Officer, kept: Path) -> str:
    """The same address at every start, so that a calendar that subscribed to it goes on.

    Only digests are in the database, so this one address, of invented people, is kept in a file only we may read.
    """
    secret = kept.read_text(encoding="ascii").strip() if kept.is_file() else ""
    held = tokens.find(desk.tx, "feed", secret) if secret else None
    if held and held.officer_id == officer.id and held.revoked_at is None:
        return secret
    for old in feed.list_feeds(desk, officer):
        feed.revoke_feed(desk, officer, old.id)
    secret = feed.create_feed(desk, officer, "person")
    kept.touch(mode=0o600)
    kept.write_text(secret + "\n", encoding="ascii")
    return secret
