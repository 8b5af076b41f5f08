"""Telling: what one side did and the other must hear of, queued in the transaction that did it."""

from collections.abc import Callable, Iterable

from storage import people
from storage.rows import Officer
from texts.reader import Reader
from texts.values import Message, PartView
from usecases import fallback
from usecases.deliver import say
from usecases.office import Desk

Notice = Callable[[Reader, PartView], Message]


def tell_unit(desk: Desk, part: PartView, notice: Notice) -> None:
    """Tell the liaison officers of the part's unit, each by their first way."""
    staff = people.officers_of(desk.tx, part.unit_id)
    _tell(desk, (officer for officer in staff if officer.role in ("officer", "deputy")), part, notice)


def tell_bureau(desk: Desk, part: PartView, notice: Notice) -> None:
    """Tell everybody of the bureau that something waits for a decision."""
    _tell(desk, (officer for officer in people.officers(desk.tx) if officer.role == "bureau"), part, notice)


def _tell(desk: Desk, officers: Iterable[Officer], part: PartView, notice: Notice) -> None:
    by_id = {officer.id: officer for officer in officers}
    for officer_id, ways in fallback.first_ways(desk, by_id).items():
        reader = Reader(by_id[officer_id].language, desk.today, desk.office.zone)
        for contact in ways:
            say(
                desk,
                notice(reader, part),
                officer_id=officer_id,
                channel=contact.channel,
                address=contact.address,
                at=desk.office.opening.push_moment(desk.now),
                parts_shown=(part.id,),
                marks=fallback.marks(contact, ways),
            )
