"""The word to those who run the office that a backup was brought back: what was answered since is not in it."""

from datetime import datetime

from storage import people
from texts import dates
from texts.reader import Reader
from texts.values import Message
from usecases import fallback
from usecases.deliver import say
from usecases.office import Desk

TOLD = ("bureau", "administrator")


def tell_restored(desk: Desk, made_at: datetime) -> int:
    """Queue it for the bureau's people and the administrators, once each; gives how many messages."""
    staff = [officer for officer in people.officers(desk.tx) if officer.role in TOLD]
    ways = fallback.first_ways(desk, [officer.id for officer in staff])
    count = 0
    for officer in staff:
        reader = Reader(officer.language, desk.today, desk.office.zone)
        span = {"since": dates.full_moment(reader, made_at), "until": dates.full_moment(reader, desk.now)}
        for contact in ways.get(officer.id, []):
            say(
                desk,
                Message((reader.say("restored.told", **span), reader.say("restored.what_now"))),
                officer_id=officer.id,
                channel=contact.channel,
                address=contact.address,
                key=f"restored:{desk.now.isoformat()}:{contact.id}",
                at=desk.office.opening.push_moment(desk.now),
                marks=fallback.marks(contact, ways[officer.id]),
            )
            count += 1
    return count
