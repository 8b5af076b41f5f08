"""Subjects: which parts a turn is about. By code, by the message replied to, or everything the unit still owes."""

from collections.abc import Sequence

from bot.turn import Turn
from texts import answers, words
from texts.values import PartView
from usecases import look
from usecases.errors import Refused

MOST = 50
"""Parts that one message may act on."""


def by_codes(turn: Turn, codes: Sequence[int]) -> tuple[list[PartView], list[str]]:
    """The parts of the speaker's unit with these codes, and what is said of codes that there is none of."""
    found, missing, refused = [], [], ""
    for code in codes[:MOST]:
        try:
            found.append(look.by_code(turn.desk, turn.speaks_for, code))
        except Refused as error:
            missing.append(str(code))
            refused = answers.refusal(turn.reader, error)
    if found and missing:
        refused = turn.reader.say("ask.no_codes", codes=" ".join(missing))
    return found, [refused] if missing else []


def in_reply(turn: Turn) -> list[PartView]:
    """The parts shown by the message replied to or pressed under, as far as the speaker may see them."""
    incoming, found = turn.incoming, []
    if not incoming.reply_to:
        return []
    for part_id in look.shown_in(turn.desk, incoming.channel, incoming.address, incoming.reply_to)[:MOST]:
        try:
            found.append(look.by_id(turn.desk, turn.officer, part_id))
        except Refused:
            continue
    return found


def owed(turn: Turn) -> list[PartView]:
    """What the speaker's unit still has to do, the nearest due date first."""
    return [part for part in look.open_parts(turn.desk, turn.speaks_for) if words.is_open(part)]


def unreceived(parts: Sequence[PartView]) -> list[PartView]:
    return [part for part in parts if part.state == "open"]
