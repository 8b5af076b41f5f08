"""Order and fallback: a person's first way hears it; when that fails or waits too long, the next one does, once.

Live cards and answers stay in the chat they belong to. What a delivery says of itself stands in its body: `falls`,
whether another way may take over, and `tried`, the contacts that have had it.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from schedules.ladder import OpeningHours
from storage import deliveries, group_chats, parts, people, timeline, waiting
from storage.rows import Contact, DeliveryRow
from usecases import hook_events
from usecases.office import Desk

UNCONFIRMED = frozenset({"notify"})
"""Channels whose service never says that a message arrived: nobody counts as reached through them alone."""


def first_ways(desk: Desk, officer_ids: Collection[int]) -> dict[int, list[Contact]]:
    """Where each person is told: the first live way; one that confirms nothing is joined by the first that does."""
    held: dict[int, list[Contact]] = {}
    for contact in people.contacts(desk.tx, list(officer_ids)):
        held.setdefault(contact.officer_id, []).append(contact)
    return {officer_id: _first(_in_order(desk, ways)) for officer_id, ways in held.items()}


def reached(desk: Desk, officer_ids: Collection[int]) -> set[int]:
    """Who has a live way that tells whether a message arrived."""
    live = people.contacts(desk.tx, list(officer_ids))
    return {contact.officer_id for contact in live if contact.channel not in UNCONFIRMED}


def marks(contact: Contact, ways: Iterable[Contact]) -> dict[str, object]:
    """What the body of a message to `contact` holds, one of the `ways` it goes to at first."""
    chosen = list(ways)
    joined = contact.channel in UNCONFIRMED and any(way.channel not in UNCONFIRMED for way in chosen)
    return {"falls": not joined, "tried": [way.id for way in chosen]}


def died(desk: Desk, delivery: DeliveryRow, reason: str, *, gone: bool) -> None:
    """A delivery has come to a bad end: its way, if dead, is not used any more; the next one takes over."""
    if gone:
        _close(desk, delivery, reason)
    if delivery.officer_id is None:
        return
    passed = pass_on(desk, delivery)
    alone = not passed and (_falls(delivery) or not people.contacts(desk.tx, [delivery.officer_id]))
    if gone or alone:
        verb = "unreachable" if alone else "way_lost"
        _note(desk, delivery, verb, reason)


def pass_on(desk: Desk, delivery: DeliveryRow) -> bool:
    """Give a message to the person's next way, once; says whether some way has it now."""
    if delivery.officer_id is None or not _falls(delivery):
        return False
    tried = _tried(desk, delivery)
    left = [way for way in people.contacts(desk.tx, [delivery.officer_id]) if way.id not in tried]
    if not left:
        return waiting.is_passed_on(desk.tx, delivery.id)
    way = _in_order(desk, left)[0]
    deliveries.add_once(
        desk.tx,
        deliveries.items(desk.tx, delivery.id),
        key=waiting.key(delivery.id),
        officer_id=delivery.officer_id,
        channel=way.channel,
        address=way.address,
        kind=delivery.kind,
        body={**delivery.body, "reply_to": "", "edit_ref": "", "tried": sorted({*tried, way.id})},
        ambiguous=delivery.ambiguous,
        at=desk.office.opening.push_moment(desk.now),
        created_at=desk.now,
    )
    return True


def hurry(desk: Desk) -> int:
    """What its way has not taken for too long goes to the next one as well; gives how many messages.

    The first copy is not called back: should it still get through, it says that it may be a repeat.
    """
    office, now = desk.office, desk.now
    moments = waiting.moments(desk.tx, office.channels)
    ripe = [at for at in moments if falls_at(office.opening, at, office.fallback_when_due) <= now]
    rows = [row for row in waiting.rows(desk.tx, ripe, office.channels) if _falls(row) and _too_long(desk, row)]
    passed = [row for row in rows if pass_on(desk, row)]
    waiting.mark_repeats(desk.tx, [row.id for row in passed])
    return len(passed)


def next_at(desk: Desk) -> datetime | None:
    """When the next message will have waited too long."""
    office = desk.office
    limits = (office.fallback_when_due, office.fallback_after)
    ends = (falls_at(office.opening, at, limit) for at in waiting.moments(desk.tx, office.channels) for limit in limits)
    return min((end for end in ends if end > desk.now), default=None)


def falls_at(opening: OpeningHours, at: datetime, limit: timedelta) -> datetime:
    """When a message that was to leave `at` has waited long enough; nights and days off do not count."""
    end = opening.push_moment(at) + limit
    opens = opening.push_moment(end)
    return end if opens == end else opens + limit


def _first(ways: list[Contact]) -> list[Contact]:
    confirmed = [way for way in ways[1:] if way.channel not in UNCONFIRMED]
    return [ways[0], *confirmed[:1]] if ways[0].channel in UNCONFIRMED else [ways[0]]


def _in_order(desk: Desk, ways: list[Contact]) -> list[Contact]:
    """As the person ordered them; those whose channel does not run here come last."""
    running = desk.office.channels
    return sorted(ways, key=lambda way: running is not None and way.channel not in running)


def _falls(delivery: DeliveryRow) -> bool:
    return delivery.kind != "edit" and bool(delivery.body.get("falls", delivery.kind == "digest"))


def _tried(desk: Desk, delivery: DeliveryRow) -> set[int]:
    own = people.contact_at(desk.tx, delivery.channel, delivery.address)
    return {*delivery.body.get("tried", ()), *([own.id] if own else [])}


def _too_long(desk: Desk, delivery: DeliveryRow) -> bool:
    items = deliveries.items(desk.tx, delivery.id)
    held = parts.by_ids(desk.tx, [part_id for part_id, _ in items])
    urgent = any(part.settled_at is None and part.due <= desk.today for part in held.values())
    limit = desk.office.fallback_when_due if urgent else desk.office.fallback_after
    return falls_at(desk.office.opening, delivery.at, limit) <= desk.now


def _close(desk: Desk, delivery: DeliveryRow, reason: str) -> None:
    if delivery.channel == hook_events.CHANNEL:
        hook_events.died(desk, delivery, reason)
        return
    people.change_contact(desk.tx, delivery.channel, delivery.address, state="dead", reason=reason)
    if delivery.officer_id is None and group_chats.at(desk.tx, delivery.channel, delivery.address):
        group_chats.change(desk.tx, delivery.channel, delivery.address, state="dead", reason=reason)
        _note(desk, delivery, "group_lost", reason, address=delivery.address)


def _note(desk: Desk, delivery: DeliveryRow, verb: str, reason: str, **detail: str) -> None:
    row = {"officer_id": delivery.officer_id, "door": delivery.channel, "words": reason, "detail": detail}
    timeline.add(desk.tx, at=desk.now, verb=verb, **row)
