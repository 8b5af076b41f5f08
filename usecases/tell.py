"""Telling: what one side did and the other must hear of, queued in the transaction that did it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict

from storage import deliveries, reminders
from storage.rows import Contact, Officer
from texts.reader import Reader
from texts.values import Message, PartView
from usecases import fallback
from usecases.deliver import say
from usecases.look import stored, view
from usecases.office import Desk
from usecases.remit import bureaus
from usecases.routing import concerned

Notice = Callable[[Reader, PartView], Message]


def tell_unit(desk: Desk, part: PartView, notice: Notice) -> None:
    """Tell whom the part's reminders would reach today, and who reported it, each by their first way."""
    tell_people(
        desk, concerned(desk, stored(desk, part.id)), lambda reader: notice(reader, part), parts_shown=[part.id]
    )


def tell_together(
    desk: Desk, part: PartView, write: Callable[[Reader, Sequence[PartView]], Message], word: str
) -> None:
    """The same, but what happens at one moment to several parts is one message: `write` gets all of them so far."""
    by_id = {officer.id: officer for officer in concerned(desk, stored(desk, part.id))}
    for officer_id, ways in fallback.first_ways(desk, by_id).items():
        reader = Reader(by_id[officer_id].language, desk.today, desk.office.zone)
        for contact in ways:
            key = f"{word}:{desk.now.isoformat()}:{contact.id}"
            before = deliveries.by_key(desk.tx, key)
            told = [part_id for part_id, _ in deliveries.items(desk.tx, before.id)] if before else []
            message = write(reader, [*(view(desk, stored(desk, part_id)) for part_id in told), part])
            if before is None:
                _say(desk, officer_id, contact, ways, message, key=key, parts_shown=[part.id])
            else:
                body = {**before.body, "message": asdict(message)}
                deliveries.extend(desk.tx, before.id, body, [(part.id, None)])


def tell_told(desk: Desk, part_id: int, notice: Notice) -> None:
    """The same, unless the unit has never heard of the part: nobody is told that nothing is asked of them."""
    part = stored(desk, part_id)
    heard = part.received_at or any(row.state == "handed" for row in reminders.of_parts(desk.tx, [part.id]))
    if heard:
        tell_unit(desk, view(desk, part), notice)


def tell_bureau(desk: Desk, part: PartView, notice: Notice, *, but: Officer | None = None) -> None:
    """Tell everybody of the unit's bureau that something waits for a decision, or has been decided; not who did it."""
    near = bureaus(desk).over(part.unit_id)
    others = [officer for officer in near if but is None or officer.id != but.id]
    tell_people(desk, others, lambda reader: notice(reader, part), parts_shown=[part.id])


def tell_officer(desk: Desk, officer: Officer, part: PartView, notice: Notice) -> None:
    tell_people(desk, [officer], lambda reader: notice(reader, part), parts_shown=[part.id])


def tell_people(
    desk: Desk,
    officers: Iterable[Officer],
    write: Callable[[Reader], Message],
    *,
    parts_shown: Sequence[int] = (),
    key: str = "",
) -> None:
    """Tell each of them by their first way, in office hours; another way takes over when it fails.

    With a `key` each is told once, however often this is called.
    """
    by_id = {officer.id: officer for officer in officers}
    for officer_id, ways in fallback.first_ways(desk, by_id).items():
        message = write(Reader(by_id[officer_id].language, desk.today, desk.office.zone))
        for contact in ways:
            _say(
                desk,
                officer_id,
                contact,
                ways,
                message,
                key=f"{key}:{contact.id}" if key else None,
                parts_shown=parts_shown,
            )


def _say(  # noqa: PLR0913 to whom by which way, what, and what it is about
    desk: Desk,
    officer_id: int,
    contact: Contact,
    ways: Sequence[Contact],
    message: Message,
    *,
    key: str | None,
    parts_shown: Sequence[int],
) -> None:
    say(
        desk,
        message,
        officer_id=officer_id,
        channel=contact.channel,
        address=contact.address,
        key=key,
        at=desk.office.opening.push_moment(desk.now),
        parts_shown=parts_shown,
        marks=fallback.marks(contact, ways),
    )
