"""Secrets nobody uses end by themselves: a calendar address or a task-list password unread for a year.

Its owner is told a month before, once, and by what it was last read, so that a calendar rarely opened is not
lost unnoticed.
"""

from datetime import timedelta

from storage import people, tokens
from storage.rows import Token
from texts import dates, words
from texts.reader import Reader
from texts.values import Message
from usecases.office import Desk
from usecases.tell import tell_people

KINDS = ("feed", "tasks")
UNUSED = timedelta(days=365)
WARNED = timedelta(days=335)


def retire(desk: Desk) -> int:
    """Once a day: end what was unused for a year, tell the owners of what soon will be; gives how many ended."""
    ended = 0
    for token in (token for kind in KINDS for token in tokens.live(desk.tx, kind)):
        unused = desk.now - (token.last_used_at or token.created_at)
        if unused >= UNUSED:
            tokens.change(desk.tx, token.id, revoked_at=desk.now)
            ended += 1
        elif unused >= WARNED:
            _warn(desk, token)
    return ended


def _warn(desk: Desk, token: Token) -> None:
    """Told once for each time it was last used: the key holds that moment."""
    owner = people.officer_by_id(desk.tx, token.officer_id) if token.officer_id else None
    since = token.last_used_at or token.created_at
    if owner is not None and owner.active:
        key = f"unused:{token.id}:{since:%Y%m%d}"
        tell_people(desk, [owner], lambda reader: _message(reader, token, desk), key=key)


def _message(reader: Reader, token: Token, desk: Desk) -> Message:
    since = token.last_used_at or token.created_at
    ends = (since + UNUSED).astimezone(desk.office.zone).date()
    lines = [reader.say(f"feed.unused.{token.kind}", day=dates.day(reader, ends))]
    if token.last_used_at is not None:
        at = dates.day(reader, since.astimezone(desk.office.zone).date())
        lines.append(reader.say("feed.unused.last", at=at, by=words.clean(token.last_agent)))
    lines.append(reader.say("feed.unused.how", url=f"{desk.office.base_url}/subscribe"))
    return Message(tuple(lines))
