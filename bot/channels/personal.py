"""The personal link of a one-way message: whom it is for, in which language, and a fresh way into the web inbox."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from storage import people
from texts import dates
from texts.reader import Reader
from texts.values import Message
from usecases import sign_in
from usecases.office import Office


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that signs in once, shown as a button, and the line that says how long it is good for."""

    label: str
    url: str
    note: str

    def __repr__(self) -> str:
        return "Invitation(…)"


class PersonalLinks:
    """Blocking; called in a thread. Each message has a link of its own, kept only as a digest."""

    def __init__(self, office: Office, now: Callable[[], datetime]) -> None:
        self._office = office
        self._now = now

    def make(self, channel: str, address: str) -> Invitation | None:
        """For the person behind an address; None where nobody is."""
        with self._office.write(self._now()) as desk:
            contact = people.contact_at(desk.tx, channel, address)
            officer = people.officer_by_id(desk.tx, contact.officer_id) if contact else None
            if officer is None or not officer.active:
                return None
            life = desk.office.letter_life
            secret = sign_in.issue_link(desk, officer, life=life)
            reader = Reader(officer.language, desk.today, desk.office.zone)
            note = reader.say("ways.link_note", until=dates.full_moment(reader, desk.now + life))
            return Invitation(reader.say("ways.link_label"), f"{desk.office.base_url}/in/{secret}", note)

    def repeat_line(self, channel: str, address: str) -> str:
        """The mark of a possible repeat, in the language of whoever is written to."""
        with self._office.read(self._now()) as desk:
            contact = people.contact_at(desk.tx, channel, address)
            officer = people.officer_by_id(desk.tx, contact.officer_id) if contact else None
            reader = Reader(officer.language if officer else "zh", desk.today, desk.office.zone)
        return reader.say("remind.repeat")


def links_in(message: Message) -> list[tuple[str, str]]:
    """What a message itself leads to: buttons that hold an address. Other buttons are pressed in the web inbox."""
    return [(button.label, button.url) for row in message.buttons for button in row if button.url]
