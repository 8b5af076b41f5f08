"""Outages: a messenger forgets a pressed button after a while, so whoever may have pressed one in vain is told once.

Telegram keeps a press for 150 seconds (telegram-bot-api, `Client.cpp`, `add_update`). Told are the chats in which an
open card stood meanwhile; at the next office hour, and inside the digest where one goes out then. A stop that nobody
can have noticed, a short one or one in the night, is not worth a word.
"""

from datetime import datetime, time, timedelta

from schedules.civil import local
from storage import deliveries, meta, parts, people
from storage.rows import DeliveryRow, PartRow
from texts import dates
from texts.reader import Reader
from texts.values import Message
from usecases.deliver import say
from usecases.look import is_asked
from usecases.office import Desk
from usecases.outage_note import key_of

FORGETS = timedelta(seconds=150)
STANDING = timedelta(days=14)
"""Older cards are hardly pressed any more."""
AFTER_DIGESTS = timedelta(minutes=2)
WAKES, SLEEPS = time(7), time(22)
LANGUAGE = "zh"


def alive(desk: Desk, channel: str) -> int:
    """Note that the channel hears people now; after an outage, queue what has to be said. Gives how many messages."""
    key = f"alive:{channel}"
    before = meta.get(desk.tx, key)
    meta.put(desk.tx, key, desk.now.isoformat())
    since = datetime.fromisoformat(before) if before else desk.now
    return _tell(desk, channel, since) if _noticed(desk, since) else 0


def _noticed(desk: Desk, since: datetime) -> bool:
    """Whether presses were lost at an hour at which people press."""
    begin, end = local(since, desk.office.zone), local(desk.now - FORGETS, desk.office.zone)
    if end <= begin:
        return False
    day = begin.date()
    while day <= end.date():
        wakes, sleeps = (datetime.combine(day, hour, tzinfo=desk.office.zone) for hour in (WAKES, SLEEPS))
        if max(begin, wakes) < min(end, sleeps):
            return True
        day += timedelta(days=1)
    return False


def _tell(desk: Desk, channel: str, since: datetime) -> int:
    cards = deliveries.standing(desk.tx, channel, desk.now - STANDING)
    shown = {card.id: [part_id for part_id, _ in deliveries.items(desk.tx, card.id)] for card in cards}
    held = parts.by_ids(desk.tx, {part_id for ids in shown.values() for part_id in ids})
    told: dict[str, tuple[DeliveryRow, list[PartRow]]] = {}
    for card in cards:
        still = [held[part_id] for part_id in shown[card.id] if part_id in held and is_asked(held[part_id])]
        if still:
            told[card.address] = (card, still)
    for card, still in told.values():
        _say(desk, card, still, since)
    return len(told)


def _say(desk: Desk, card: DeliveryRow, still: list[PartRow], since: datetime) -> None:
    officer = people.officer_by_id(desk.tx, card.officer_id or 0)
    reader = Reader(officer.language if officer else LANGUAGE, desk.today, desk.office.zone)
    say(
        desk,
        Message((reader.say("outage.notice", code=still[0].code, **_span(desk, reader, since)),)),
        officer_id=card.officer_id,
        channel=card.channel,
        address=card.address,
        key=key_of(card.channel, card.address, f"{since:%Y%m%dT%H}"),  # a channel that comes and goes: once an hour
        at=desk.office.opening.push_moment(desk.now) + AFTER_DIGESTS,
        parts_shown=[part.id for part in still],
    )


def _span(desk: Desk, reader: Reader, since: datetime) -> dict[str, str]:
    """From when to when, each with its day: the word is said on another morning, and an outage may last for days."""
    one_day = local(since, desk.office.zone).date() == desk.today
    until = dates.clock(reader, desk.now) if one_day else dates.full_moment(reader, desk.now)
    return {"since": dates.full_moment(reader, since), "until": until}
