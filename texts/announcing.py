"""An announcement of the bureau: whose it is in the first line, then its own words."""

from texts import words
from texts.reader import Reader
from texts.values import Message

WIDTH = 400
MOST_LINES = 30


def announcement(reader: Reader, bureau: str, text: str) -> Message:
    """The message everybody gets; what was typed is shown as text, line by line."""
    lines = [words.clean(line, WIDTH) for line in text.splitlines() if line.strip()][:MOST_LINES]
    return Message((reader.say("announce.headline", bureau=words.clean(bureau)), *lines))
