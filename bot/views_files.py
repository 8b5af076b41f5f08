"""What is said of files: that they are kept, and the two questions: which part, and whether it is done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from storage.rows import Officer
from texts import dates, words
from texts.buttons import button, data, fits
from texts.reader import Reader
from texts.values import Button, Message, PartView
from usecases import look
from usecases.errors import Refused
from usecases.office import Desk

CHOICES = 6
LABEL = 28


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of some files, in lines: first the `told` ones of what was kept. `kept` counts the files."""

    lines: tuple[str, ...]
    kept: int
    told: int


def kept(reader: Reader, counts: Sequence[tuple[PartView, int]], refused: Iterable[str]) -> Kept:
    """`counts`: how many files each part has got."""
    said = [reader.say("files.kept", n=n, name=words.name(reader, part)) for part, n in counts if n]
    return Kept((*said, *dict.fromkeys(refused)), sum(n for _, n in counts), len(said))


def is_it_done(reader: Reader, part: PartView, lines: Sequence[str], note: str) -> Message:
    """The files are kept; is the part done with them? `note` goes along with the report."""
    note = note if fits("report", part.id, note) else ""
    done = Button(reader.say("button.report_with"), data("report", part.id, note))
    asked = reader.say("files.is_it_done", code=part.code)
    return Message((*lines, asked), ((done, button(reader, "keep", part.id)),))


def which(reader: Reader, parts: Sequence[PartView], ref: str, n: int) -> Message:
    """Which part the files belong to; `ref` brings them back when a button is pressed."""
    shown = parts[:CHOICES]
    lines = [reader.say("files.which", n=n), reader.say("files.which_how", code=parts[0].code)]
    if len(parts) > CHOICES:
        lines.append(reader.say("ask.more", n=len(parts) - CHOICES))
    rows = [(Button(_label(reader, part), data("file", part.id, ref)),) for part in shown]
    return Message(tuple(lines), (*rows, (button(reader, "dismiss"),)))


def seen(desk: Desk, officer: Officer, part_ids: Iterable[int]) -> Iterator[PartView]:
    """The parts as far as this person may see them."""
    for part_id in part_ids:
        try:
            yield look.by_id(desk, officer, part_id)
        except Refused:
            continue


def _label(reader: Reader, part: PartView) -> str:
    return f"{words.clean(words.name(reader, part), LABEL)} · {dates.day(reader, part.due)}"
