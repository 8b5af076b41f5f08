"""Albums: several files sent at once come as a message each; they count as one message.

Telegram marks them with one number and says nothing of how many there are (core.telegram.org/bots/api#message,
media_group_id). So the first that is handled speaks for all that are stored by then; what comes later joins it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.channels.telegram.messenger import CHANNEL
from bot.channels.telegram.translate import Heard
from bot.turn import File
from storage import evidences, inbox
from storage.rows import InboxRow, Officer
from usecases.office import Desk

NEAR = 100
"""An album has at most ten messages; others may come between them."""

Read = Callable[[InboxRow], Heard | None]


@dataclass(frozen=True, slots=True)
class Batch:
    """One message with all its files. `joins`: parts that have got the album's other files already.

    `spoken`: an earlier message of the album has been answered, and this one is not to be answered again.
    """

    heard: Heard
    files: tuple[File, ...]
    joins: tuple[int, ...] = ()
    spoken: bool = False


def batch(desk: Desk, row: InboxRow, heard: Heard, officer: Officer | None, read: Read) -> Batch:
    """The message in `row` together with the rest of its album, as far as it is stored."""
    if not heard.album:
        return Batch(heard, files_of(heard))
    album = _album(desk, row, heard, read)
    if officer and (joins := evidences.parts_of_album(desk.tx, officer.id, CHANNEL, heard.album)):
        return Batch(heard, files_of(heard), joins=tuple(joins), spoken=True)
    answered = [other for other, _ in album if other.id < row.id and other.handled_at]
    seen = any(other.handled_at and other.handled_at >= row.received_at for other in answered)
    words = next((said.text for _, said in album if said.text), "")
    files = tuple(file for _, said in album for file in files_of(said))
    spoken = bool(answered) and (seen or not heard.text)
    return Batch(replace(heard, text=heard.text or words), files, spoken=spoken)


def asked_about(desk: Desk, ref: str, person: str, read: Read) -> tuple[File, ...]:
    """The files that a question was about, for the one who sent them; empty for anybody else and anything else."""
    row = inbox.by_id(desk.tx, int(ref)) if ref.isascii() and ref.isdecimal() and len(ref) < len("2147483647") else None
    heard = read(row) if row is not None and row.channel == CHANNEL else None
    if row is None or heard is None or heard.person != person:
        return ()
    if not heard.album:
        return files_of(heard)
    return tuple(file for _, said in _album(desk, row, heard, read) for file in files_of(said))


def files_of(heard: Heard) -> tuple[File, ...]:
    found = heard.enclosed
    return (found.as_file(heard.chat, heard.message_id, heard.album),) if found else ()


def _album(desk: Desk, row: InboxRow, heard: Heard, read: Read) -> list[tuple[InboxRow, Heard]]:
    """Every stored message of the album, in the order of arrival."""
    found = []
    for near in inbox.around(desk.tx, row, NEAR):
        said = heard if near.id == row.id else read(near)
        if said and (said.album, said.chat, said.person) == (heard.album, heard.chat, heard.person):
            found.append((near, said))
    return found
