"""Which message of ours is quoted, where a platform repeats its words and not its name."""

import re

from storage import deliveries
from storage.rows import Officer
from usecases.office import Desk

LATEST = 60
SHORTEST = 6
"""Fewer letters than these say nothing about which message it was."""
_LETTERS = re.compile(r"[^\w]+")


def quoted_ref(desk: Desk, officer: Officer, channel: str, address: str, quoted: str) -> str:
    """The latest message here that says what is quoted; empty for none.

    A quotation may be shorter than the message (it is cut) or longer (buttons are quoted along).
    """
    words = _letters(quoted)
    if len(words) < SHORTEST:
        return ""
    for row in deliveries.to_officer(desk.tx, officer.id, LATEST):
        here = (row.channel, row.address) == (channel, address) and row.message_ref and row.kind != "edit"
        said = _letters(row.text)
        if here and (words in said or (len(said) >= SHORTEST and said in words)):
            return row.message_ref
    return ""


def _letters(text: str) -> str:
    """Letters and digits only: platforms change marks, spaces and line ends when they quote."""
    return _LETTERS.sub("", text)
