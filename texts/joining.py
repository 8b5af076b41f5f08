"""What is said of requests to join: to whoever decides, and to whoever asked."""

from texts import words
from texts.buttons import button
from texts.reader import Reader
from texts.values import Message

WIDTH = 30


def asked(reader: Reader, number: int, unit: str, name: str, channel: str) -> Message:
    """To whoever decides: who says to be whom, where, and how to answer."""
    return Message(
        (
            reader.say("joining.headline", unit=words.clean(unit, WIDTH), name=words.clean(name, WIDTH)),
            reader.say("joining.check", where=reader.say(f"web.door.{channel}"), number=number),
            reader.say("joining.how", number=number),
        ),
        ((button(reader, "join_yes", number), button(reader, "join_no", number)),),
    )


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
