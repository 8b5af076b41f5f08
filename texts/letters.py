"""What a reminder says beyond the duty itself: the facts of a 督办单 or a 通报, who nudges, who is away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from texts import dates, words
from texts.reader import Reader
from texts.values import LetterFacts, PartView, ReminderView

COPY = "copy_"
WIDTH = 60


@dataclass(frozen=True, slots=True)
class Scene:
    """Who reads, and in which capacity: officer, head or bureau; a `copy` is somebody else's, for information."""

    reader: Reader
    audience: str
    copy: bool = False


def scene_of(reader: Reader, audience: str) -> Scene:
    return Scene(reader, audience.removeprefix(COPY), audience.startswith(COPY))


def names_unit(audience: str) -> bool:
    """Whether a line says whose it is: to the bureau and in copies, not to a unit's own people."""
    return audience == "bureau" or audience.startswith(COPY)


def facts(scene: Scene, reminder: ReminderView) -> Iterable[str]:
    """Paper, history, what is asked by when; in this order, each a line."""
    reader, part, letter = scene.reader, reminder.part, reminder.letter
    if letter is None:
        return
    if part.confidential:
        yield reader.say("part.confidential")
    else:
        yield _basis(reader, part, letter)
    yield _history(reader, part, letter)
    if scene.audience == "head" and letter.answer_by and not scene.copy:
        yield reader.say("letter.asked", day=dates.day(reader, letter.answer_by))


def copies(reader: Reader, reminder: ReminderView) -> str:
    """Who else gets it."""
    if reminder.letter is None:
        return ""
    named = [reader.say(f"letter.copied.{audience}") for audience in reminder.letter.copies]
    named += [words.clean(name) for name in reminder.letter.copied]
    return reader.say("letter.copies", names=reader.say("list.joiner").join(named)) if named else ""


def beside(scene: Scene, reminder: ReminderView) -> Iterable[str]:
    """What else makes this reminder what it is: who nudges, and that a received part has been silent."""
    reader = scene.reader
    if reminder.nudge:
        said = {"by": words.clean(reminder.nudge.by), "words": words.clean(reminder.nudge.words, WIDTH)}
        yield reader.say("nudge.said" if said["words"] else "nudge.by", **said)
    if reminder.silent_since:
        yield reader.say("remind.silent", day=dates.day(reader, reminder.silent_since))


def stand_in(reader: Reader, reminders: Sequence[ReminderView]) -> str:
    """Whose reminders these are, where somebody is away and this person hears them instead."""
    names = list(dict.fromkeys(words.clean(one.stands_for) for one in reminders if one.stands_for))
    if not names:
        return ""
    said = sum(bool(one.stands_for) for one in reminders)
    key = "stand_in.some" if said < len(reminders) else "stand_in.all"
    return reader.say(key, names=reader.say("list.joiner").join(names), n=said)


def _basis(reader: Reader, part: PartView, letter: LetterFacts) -> str:
    said = {"plan": words.clean(part.plan), "item": part.item, "role": reader.say(f"role.{part.role}")}
    if letter.number:
        return reader.say("letter.basis_number", number=words.clean(letter.number), **said)
    return reader.say("letter.basis", **said)


def _history(reader: Reader, part: PartView, letter: LetterFacts) -> str:
    """Reminded how often, last when, warned when; and how far the unit is."""
    told = []
    if letter.reminded and letter.reminded_on:
        told.append(reader.say("letter.reminded", n=letter.reminded, day=dates.day(reader, letter.reminded_on)))
    if letter.warned_on:
        told.append(reader.say("letter.warned", day=dates.day(reader, letter.warned_on)))
    return reader.say("list.comma").join((*told, _progress(reader, part)))


def _progress(reader: Reader, part: PartView) -> str:
    if part.state == "received" and part.received_at and not words.returned(part):
        return reader.say("letter.received", at=dates.moment(reader, part.received_at))
    return words.progressed(reader, part)
