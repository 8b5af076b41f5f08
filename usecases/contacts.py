"""The ways a person can be reached: which, in what order, and whether they work.

Whoever changes them decides where a person's links into the inbox go. So the person may, the bureau may for the units,
and only an administrator for an administrator. An address that opens something is shown by its end only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storage import people, timeline
from storage.rows import Contact, Officer
from texts.reader import Reader
from texts.values import Message
from usecases.deliver import say
from usecases.errors import BadWay, NoSuchWay, NotAllowed, WayTaken
from usecases.fallback import UNCONFIRMED
from usecases.group_digest import is_robot
from usecases.office import Desk
from usecases.remit import reaches
from usecases.sign_in import revoke_links

BY_HAND = ("mail", "notify")
"""Channels whose address is written down; a chat is bound by its person's invitation."""
MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
LONGEST = {"mail": 254, "notify": 300}
LAST = 4


@dataclass(frozen=True, slots=True)
class Way:
    """One way of a person. `shown` is its address as it may be seen; `confirmed`: its service tells what arrived."""

    number: int
    channel: str
    shown: str
    live: bool
    reason: str
    confirmed: bool


def ways(desk: Desk, officer: Officer) -> list[Way]:
    """Their ways, the first choice first, dead ones with the reason."""
    return [_way(contact) for contact in people.contacts(desk.tx, [officer.id], live_only=False)]


def add_way(desk: Desk, by: Officer | None, officer: Officer, channel: str, address: str) -> Way:
    """Put a way behind the person's others, or bring a dead one back. `by` None: whoever runs the machine.

    Raises NotAllowed, BadWay, WayTaken.
    """
    _check(desk, by, officer)
    place = check_address(desk, officer, channel, address)
    people.bind_contact(desk.tx, officer_id=officer.id, channel=channel, address=place, now=desk.now, last=True)
    made = people.contact_at(desk.tx, channel, place)
    assert made is not None  # noqa: S101 it was just written
    _note(desk, by, officer, "way_add", made)
    return _way(made)


def check_address(desk: Desk, officer: Officer, channel: str, address: str) -> str:
    """The address as it is kept, if it is one and may be this person's. Raises BadWay, WayTaken."""
    place = _normal(desk, channel, address)
    held = people.contact_at(desk.tx, channel, place)
    if held and held.officer_id != officer.id:
        raise WayTaken("Somebody else is reached there; remove it from them first.", channel=channel)
    return place


def order_ways(desk: Desk, by: Officer | None, officer: Officer, numbers: Sequence[int]) -> list[Way]:
    """Put these first, in this order; the others follow as before. Raises NotAllowed, NoSuchWay."""
    _check(desk, by, officer)
    held = {contact.id: contact for contact in people.contacts(desk.tx, [officer.id], live_only=False)}
    if not set(numbers) <= held.keys():
        raise NoSuchWay("This person has no such way; see the list of theirs.")
    for place, number in enumerate(dict.fromkeys([*numbers, *held])):
        contact = held[number]
        people.change_contact(desk.tx, contact.channel, contact.address, position=place)
    if numbers:
        _note(desk, by, officer, "way_first", held[numbers[0]])
    return ways(desk, officer)


def remove_way(desk: Desk, by: Officer | None, officer: Officer, number: int) -> Way:
    """Forget a way, and make every link into the inbox that was sent and not used worthless."""
    _check(desk, by, officer)
    contact = _own(desk, officer, number)
    people.remove_contact(desk.tx, contact.id)
    revoke_links(desk, officer)
    _note(desk, by, officer, "way_remove", contact)
    return _way(contact)


def send_test(desk: Desk, by: Officer | None, officer: Officer, number: int | None = None) -> list[Way]:
    """Send a test message to each live way, or to one; gives where to. Raises NotAllowed, NoSuchWay."""
    _check(desk, by, officer)
    live = people.contacts(desk.tx, [officer.id])
    chosen = live if number is None else [_own(desk, officer, number)]
    reader = Reader(officer.language, desk.today, desk.office.zone)
    for contact in chosen:
        message = Message((reader.say("ways.test", officer=officer.name), reader.say("ways.test_how")))
        say(desk, message, officer_id=officer.id, channel=contact.channel, address=contact.address)
        _note(desk, by, officer, "way_test", contact)
    return [_way(contact) for contact in chosen]


def shown(channel: str, address: str) -> str:
    """An address as it may be seen by those who may list it: of one that opens something, the kind and the end."""
    if channel not in UNCONFIRMED and not is_robot(channel):
        return address
    if is_robot(channel):
        return f"…{address.partition('#')[0][-LAST:]}"
    service, _, rest = address.partition("://")
    return f"{service}://…{re.split('[?#]', rest, maxsplit=1)[0].rstrip('/')[-LAST:]}"


def _check(desk: Desk, by: Officer | None, officer: Officer) -> None:
    if by is None or by.id == officer.id or by.role == "administrator":
        return
    if by.role != "bureau" or officer.role == "administrator" or not reaches(desk, by, officer.unit_id):
        raise NotAllowed("Only the person, the bureau or an administrator may do this.", role=by.role, verb="ways")


def _normal(desk: Desk, channel: str, address: str) -> str:
    place = address.strip()
    if channel not in BY_HAND or not place or len(place) > LONGEST[channel]:
        raise BadWay("This is no address for that channel.", channel=channel)
    if channel == "mail":
        name, _, host = place.rpartition("@")
        place = f"{name}@{host.lower()}"
        good = MAIL.fullmatch(place) is not None
    else:
        service, mark, rest = place.partition("://")
        good = bool(mark and rest) and service.lower() in desk.office.notify_services and place.isascii()
        place = f"{service.lower()}://{rest}"
    if not good:
        raise BadWay("This is no address for that channel.", channel=channel)
    return place


def _own(desk: Desk, officer: Officer, number: int) -> Contact:
    held = people.contacts(desk.tx, [officer.id], live_only=False)
    found = next((contact for contact in held if contact.id == number), None)
    if found is None:
        raise NoSuchWay("This person has no such way; see the list of theirs.")
    return found


def _way(contact: Contact) -> Way:
    return Way(
        contact.id,
        contact.channel,
        shown(contact.channel, contact.address),
        contact.state == "live",
        contact.reason,
        contact.channel not in UNCONFIRMED,
    )


def _note(desk: Desk, by: Officer | None, officer: Officer, verb: str, contact: Contact) -> None:
    detail = {"whose": officer.id, "channel": contact.channel, "way": shown(contact.channel, contact.address)}
    actor = by.id if by else None
    timeline.add(desk.tx, at=desk.now, verb=verb, officer_id=actor, door="", words="", detail=detail)
