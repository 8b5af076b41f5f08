"""Notices: what one side is told when the other has acted, each worth one message of its own."""

from datetime import date

from texts import dates, words
from texts.buttons import button
from texts.reader import Reader
from texts.values import Message, PartView


def reported(reader: Reader, part: PartView) -> Message:
    """To the bureau: a unit has reported, please verify or return."""
    key = "notice.reported_late" if part.phase == "late" else "notice.reported"
    lines = (
        reader.say(key, **words.said(reader, part)),
        reader.say("remind.facts", **words.said(reader, part)),
        reader.say("how.verify", unit=words.clean(part.unit, 120), code=part.code),
    )
    return Message(lines, ((button(reader, "verify", part.id), button(reader, "return", part.id)),))


def verified(reader: Reader, part: PartView) -> Message:
    """To the unit: the bureau has closed it."""
    return Message((reader.say("notice.verified", name=words.name(reader, part)),))


def returned(reader: Reader, part: PartView) -> Message:
    """To the unit: sent back, why, and that the date stands."""
    lines = (
        reader.say("notice.returned", name=words.name(reader, part)),
        reader.say("answer.reason", reason=words.clean(part.reason, 120)),
        reader.say("notice.returned_stands", day=dates.day(reader, part.due)),
        reader.say("how.report", code=part.code),
    )
    return Message(lines, ((button(reader, "report", part.id), button(reader, "why", part.id)),))


def moved(reader: Reader, part: PartView, old: date) -> Message:
    """To the unit: the due date has changed from `old`."""
    said = {"old": dates.day(reader, old), "new": dates.day(reader, part.due), "left": dates.left(reader, part)}
    return Message((reader.say("notice.moved", name=words.name(reader, part)), reader.say("notice.moved_from", **said)))


def dropped(reader: Reader, part: PartView) -> Message:
    """To the unit: the plan was revised and no longer asks this of it."""
    return Message((reader.say("notice.dropped", name=words.name(reader, part)), reader.say("notice.dropped_why")))
