"""Keeping one's own hours: leave and who stands in, when the digest comes, a test message."""

from datetime import date

from bot.days import read_span
from bot.intents_wishes import DigestTime, EndLeave, Hint, TakeLeave, TryOut
from bot.turn import Reply, Turn, line
from bot.units import colleague
from storage import people
from storage.rows import Officer
from texts import dates, words
from texts.values import Message
from usecases.deliver import say
from usecases.digest_time import set_digest_time
from usecases.leave import end_leave, take_leave


def leave(turn: Turn, meant: TakeLeave) -> Reply:
    """The days have to be exact and the deputy a colleague; otherwise how to say it."""
    span = read_span(meant.days, turn.desk.today, turn.desk.calendar)
    if span is None:
        return line(turn, "talk.leave_days")
    deputy = colleague(turn, meant.deputy) if meant.deputy else None
    if meant.deputy and (deputy is None or deputy.id == turn.officer.id):
        return line(turn, "talk.no_colleague", name=words.clean(meant.deputy))
    deputy_id = deputy.id if deputy else None
    take_leave(turn.desk, turn.officer, span.first, span.last, deputy_id=deputy_id, by=turn.officer)
    return _leave_taken(turn, span.first, span.last, deputy)


def _leave_taken(turn: Turn, first: date, last: date, deputy: Officer | None) -> Reply:
    said = {"first": dates.day(turn.reader, first), "last": dates.day(turn.reader, last)}
    head = turn.reader.say("talk.leave_day" if first == last else "talk.leave", **said)
    who = turn.reader.say("talk.leave_deputy", name=deputy.name) if deputy else turn.reader.say("talk.leave_nobody")
    return Reply((Message((head, who, turn.reader.say("talk.leave_back"))),))


def back(turn: Turn, _: EndLeave) -> Reply:
    ended = end_leave(turn.desk, turn.officer, turn.officer)
    return line(turn, "talk.back" if ended else "talk.back_none")


def digest_time(turn: Turn, meant: DigestTime) -> Reply:
    """When the day's reminders come to this person; empty for the office's own time."""
    set_digest_time(turn.desk, turn.officer, meant.at)
    return line(turn, "talk.digest", at=meant.at) if meant.at else line(turn, "talk.digest_default")


def hint(turn: Turn, meant: Hint) -> Reply:
    """Nothing was done, and how it would be said."""
    return Reply((Message((turn.reader.say("talk.unchanged"), turn.reader.say(f"talk.hint.{meant.topic}"))),))


def try_out(turn: Turn, _: TryOut) -> Reply:
    """A message on each of one's ways, this one included: whatever can be read here comes through."""
    contacts = people.contacts(turn.desk.tx, [turn.officer.id])
    elsewhere = [
        one for one in contacts if (one.channel, one.address) != (turn.incoming.channel, turn.incoming.address)
    ]
    for contact in elsewhere:
        say(
            turn.desk,
            Message((turn.reader.say("talk.test"),)),
            officer_id=turn.officer.id,
            channel=contact.channel,
            address=contact.address,
        )
    said = (turn.reader.say("talk.test"), *([turn.reader.say("talk.test_more", n=len(elsewhere))] if elsewhere else []))
    return Reply((Message(said),))
