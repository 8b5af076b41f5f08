"""What is said of requests to join: to whoever decides, and to whoever asked."""

from texts import words
from texts.buttons import button
from texts.reader import Reader
from texts.values import Message

WIDTH, LONG = 30, 300
PAGE = "web"


def asked(reader: Reader, number: int, unit: str, name: str, channel: str) -> Message:
    """To whoever decides: who says to be whom, where, and how to answer. How to reach them is for our own pages."""
    check = "joining.check_page" if channel == PAGE else "joining.check"
    return Message(
        (
            reader.say("joining.headline", unit=words.clean(unit, WIDTH), name=words.clean(name, WIDTH)),
            reader.say(check, where=reader.say(f"web.door.{channel}"), number=number),
            reader.say("joining.how", number=number),
        ),
        ((button(reader, "join_yes", number), button(reader, "join_no", number)),),
    )


def with_reach(reader: Reader, message: Message, reach: str, note: str) -> Message:
    """The same, read inside: how the writer can be reached, and their word."""
    said = [reader.say("joining.reach", reach=words.clean(reach, LONG))]
    said += [reader.say("joining.note", note=words.clean(note, LONG))] if note else []
    first, *others = message.lines
    return Message((first, *said, *others), message.buttons)


def line(reader: Reader, number: int, unit: str, name: str) -> str:
    """One request in a list."""
    return reader.say("joining.line", number=number, unit=words.clean(unit, WIDTH), name=words.clean(name, WIDTH))


def told(reader: Reader, key: str, **values: object) -> Message:
    """To whoever asked: received, approved, declined, lapsed. Nothing of the office is in it."""
    shown = {name: words.clean(str(value), 200) for name, value in values.items()}
    lines = [reader.say(f"joining.told.{key}", **shown)]
    if key == "approved":
        lines.append(reader.say("joining.told.approved_how"))
    return Message(tuple(lines))
