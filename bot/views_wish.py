"""Questions about wishes: until when, why, of which duty. What was said already is kept with the question."""

from collections.abc import Sequence
from datetime import date

from texts import dates, words
from texts.buttons import button, data
from texts.reader import Reader
from texts.values import Button, Message, PartView

CHOICES = 6
LABEL = 28


def which(reader: Reader, verb: str, parts: Sequence[PartView]) -> Message:
    """Which duty it is about; one is confirmed, several are chosen from."""
    lines = [reader.say(f"talk.which.{verb}"), reader.say(f"talk.how.{verb}", code=parts[0].code)]
    rows = [
        (
            Button(
                f"{words.clean(words.name(reader, part), LABEL)} · {dates.day(reader, part.due)}", data(verb, part.id)
            ),
        )
        for part in parts[:CHOICES]
    ]
    return Message(tuple(lines), (*rows, (button(reader, "dismiss"),)))


def need(reader: Reader, verb: str, parts: Sequence[PartView]) -> Message:
    """What is missing: a day, a reason, or both; the next message is taken as the answer."""
    first = parts[0]
    unit = words.clean(first.unit, 120)
    return Message(
        (
            reader.say(
                f"talk.need.{verb}", name=words.name(reader, first), day=dates.day(reader, first.due), unit=unit
            ),
            reader.say(f"talk.how.{verb}", code=first.code, unit=unit),
        )
    )


def need_reason(reader: Reader, part: PartView, day: date) -> Message:
    """The day is understood and shown; the reason is missing."""
    said = {"name": words.name(reader, part), "day": dates.day(reader, day)}
    return Message((reader.say("talk.need.extend_reason", **said), reader.say("talk.next")))


def need_day(reader: Reader, part: PartView, said: date | None) -> Message:
    """The reason is understood; the day is missing, over, or no later than the date that stands."""
    name, due = words.name(reader, part), dates.day(reader, part.due)
    if said is None:
        head = reader.say("talk.need.extend_day", name=name, day=due)
    elif said < reader.today:
        head = reader.say("talk.need.extend_past", name=name, day=dates.day(reader, said))
    else:
        head = reader.say("talk.need.extend_later", name=name, day=dates.day(reader, said), due=due)
    return Message((head, reader.say("talk.next")))


def confirm_day(reader: Reader, verb: str, part: PartView, days: Sequence[date], reason: str) -> Message:
    """Until that day? Or which of several? Each with its weekday. `verb`: extend_on or grant_on."""
    said = {"name": words.name(reader, part), "unit": words.clean(part.unit, 120)}
    if len(days) == 1:
        head = reader.say(f"talk.confirm.{verb}", day=dates.day(reader, days[0]), **said)
    else:
        head = reader.say(f"talk.choose.{verb}", **said)
    lines = [head, *([reader.say("answer.reason", reason=words.clean(reason, 60))] if reason else [])]
    lines.append(reader.say("talk.yes" if len(days) == 1 else "talk.date"))
    yes = reader.say("button.yes_extend")
    rows = [
        (Button(yes if len(days) == 1 else dates.day(reader, day), data(verb, part.id, f"{day:%Y%m%d}")),)
        for day in days[:CHOICES]
    ]
    return Message(tuple(lines), (*rows, (button(reader, "dismiss"),)))
