"""Files that people send: attached to the part they belong to; asked once where that is not clear, never guessed.

A caption that means something is acted on as any text is. Files with no words, or with words that we do not understand,
are attached to the one part that was replied to or named, and are asked about: 是办结材料吗?
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot import views_files
from bot.grammar import parse
from bot.intents import Intent, Nothing, Plain
from bot.subjects import by_codes, in_reply, owed
from bot.turn import File, Reply, Turn, line, say
from storage import timeline
from storage.rows import Evidence
from texts import answers, words
from texts.values import Message, PartView
from usecases import evidence
from usecases.errors import Refused

Act = Callable[[], Reply]


def with_files(turn: Turn, act: Act) -> Reply:
    """What came with files. `act` does what the words say, as if there were no files."""
    meant = parse(turn.incoming.text)
    named = _named(turn, meant)
    if isinstance(meant, Nothing) or (isinstance(meant, Plain) and len(named) == 1):
        return _bare(turn, named)
    reply = act()
    targets = named or _acted(turn, reply.parts)
    if targets:
        return _noted(reply, _attach(turn, targets))
    question = _which(turn, owed(turn))
    return replace(reply, messages=(*reply.messages, *question.messages))


def chosen(turn: Turn, part: PartView, _: str) -> Reply:
    """The answer to the question which part some files belong to."""
    return _kept(turn, part, "") if turn.incoming.files else line(turn, "files.gone")


def only_kept(turn: Turn, part: PartView, _: str) -> Reply:
    """只作附件: the files stay, nothing is reported."""
    return say(Message((turn.reader.say("files.only_kept", name=words.name(turn.reader, part)),)), part)


def join(turn: Turn, part_ids: Iterable[int]) -> Reply:
    """Files that belong to what came before them: said only where one cannot be kept."""
    parts = list(views_files.seen(turn.desk, turn.officer, part_ids))
    said = _attach(turn, parts)
    refused = said.lines[said.told :]
    return say(Message(refused), *parts) if refused else Reply()


def _bare(turn: Turn, named: Sequence[PartView]) -> Reply:
    if len(named) == 1:
        return _kept(turn, named[0], turn.incoming.text)
    return _which(turn, named or owed(turn))


def _kept(turn: Turn, part: PartView, note: str) -> Reply:
    """Attach to this part; whether that is a report is asked, where there is something left to report."""
    said = _attach(turn, [part])
    mine = part.unit_id == turn.officer.unit_id
    if said.kept and words.is_open(part) and mine:
        return say(views_files.is_it_done(turn.reader, part, said.lines, note), part)
    return say(Message(said.lines), part)


def _which(turn: Turn, parts: Sequence[PartView]) -> Reply:
    """Which part, as one question; nothing is kept where there is nothing that it could belong to."""
    refused = tuple(dict.fromkeys(_refused(turn, file) for file in turn.incoming.files if file.problem))
    if all(file.problem for file in turn.incoming.files):
        return Reply((Message(refused),))
    if not parts:
        return line(turn, "files.nowhere")
    question = views_files.which(turn.reader, parts, turn.incoming.files_ref, len(turn.incoming.files))
    return say(Message((*question.lines, *refused), question.buttons), *parts[: views_files.CHOICES])


def _named(turn: Turn, meant: Intent) -> list[PartView]:
    """The parts that the words name by code, or else the ones the message replied to shows."""
    codes = getattr(meant, "codes", ()) or tuple(code for code in (getattr(meant, "code", None),) if code)
    return by_codes(turn, codes)[0] if codes else in_reply(turn)


def _acted(turn: Turn, part_ids: Iterable[int]) -> list[PartView]:
    """The parts that the words have just done something to."""
    mine = {row.part_id for row in timeline.last_by(turn.desk.tx, turn.officer.id, turn.desk.now)}
    return [part for part in views_files.seen(turn.desk, turn.officer, part_ids) if part.id in mine]


def _attach(turn: Turn, parts: Sequence[PartView]) -> views_files.Kept:
    """Attach every file to every part, and say in lines what became of them."""
    kept: dict[int, list[Evidence]] = {part.id: [] for part in parts}
    refused: list[str] = []
    for part in parts:
        for file in turn.incoming.files:
            try:
                kept[part.id].append(_attach_one(turn, part, file))
            except Refused as error:
                refused.append(answers.refusal(turn.reader, error))
    return views_files.kept(turn.reader, [(part, len(kept[part.id])) for part in parts], refused)


def _attach_one(turn: Turn, part: PartView, file: File) -> Evidence:
    if file.problem:
        raise evidence.refused(file.problem)
    return evidence.attach(
        turn.desk,
        turn.act(),
        part.id,
        name=file.name,
        media_type=file.media_type,
        data=file.data,
        channel=turn.incoming.channel,
        source=file.source,
    )


def _refused(turn: Turn, file: File) -> str:
    return answers.refusal(turn.reader, evidence.refused(file.problem))


def _noted(reply: Reply, said: views_files.Kept) -> Reply:
    """The answer with a line about the files."""
    if not reply.messages:
        return replace(reply, messages=(Message(said.lines),))
    first, *rest = reply.messages
    return replace(reply, messages=(replace(first, lines=(*first.lines, *said.lines)), *rest), toast_is_enough=False)
