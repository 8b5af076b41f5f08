"""A notice after the decision: what was decided in the first line, then who and when; no buttons are left."""

from datetime import datetime, timedelta

from texts import dates, notices, words
from texts.reader import Reader
from texts.values import Message, PartView


def closed(  # noqa: PLR0913 what was decided, by whom, when, why
    reader: Reader, part: PartView, verb: str, *, by: str, at: datetime, reason: str = "", undo: timedelta | None = None
) -> Message:
    """`verb`: what ended the waiting. `by`: whose decision it was, empty for Ruqi's own. `reason`: as typed.

    `undo`: for how long whoever reads it may take it back.
    """
    moment = dates.full_moment(reader, at)
    lines = (
        reader.say(f"live.{verb}", **words.said(reader, part)),
        reader.say("live.by" if by else "live.at", by=words.clean(by), at=moment),
        notices.reason_line(reader, part, reason) if reason else "",
        reader.say("answer.way_back", n=round(undo / timedelta(minutes=1)), code=part.code) if undo else "",
    )
    return Message(tuple(line for line in lines if line))
