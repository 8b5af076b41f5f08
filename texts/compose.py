"""Composing reminders: what one person is due at one time becomes one message, and that message the live card.

The first line is enough on a lock screen; eight lines at most; the most urgent first; every message says how to answer
in words. A card is the same message written again after states have changed: what is settled is shown as settled, and
buttons are left only for what is still open.
"""

from collections.abc import Sequence

from texts import about_many, about_one, headlines, words
from texts.headlines import URGENT_FIRST, urgency
from texts.letters import Scene, scene_of
from texts.reader import Reader
from texts.values import DigestView, Message, ReminderView

MOST_LINES = 8


def digest(view: DigestView) -> Message:
    """The message for what one person is told at one moment; `view` holds at least one reminder."""
    marks = headlines.late_marks(_reader(view), view)
    message = card(view)
    return Message((message.lines[0] + marks, *message.lines[1:]), message.buttons)


def card(view: DigestView) -> Message:
    """The same message as things stand now; an earlier one is edited into it."""
    sections = _sections(view)
    below = [(_shortly(*section, view.unit)) for section in sections[1:]]
    scene, reminders = sections[0]
    first = _section(scene, reminders, view.unit, most=MOST_LINES - len(below))
    rows = (*first.buttons, *(row for message in below for row in message.buttons if row not in first.buttons))
    return Message((*first.lines, *(said for message in below for said in message.lines)), rows)


def line(reminder: ReminderView, reader: Reader, *, audience: str = "officer") -> str:
    """One reminder in one line: what, by when, how urgent."""
    return headlines.one(scene_of(reader, reminder.audience or audience), reminder)


def _sections(view: DigestView) -> list[tuple[Scene, list[ReminderView]]]:
    """One for each capacity in which the person hears of something, the most urgent first, copies last."""
    reader = _reader(view)
    found: dict[str, list[ReminderView]] = {}
    for reminder in view.reminders:
        found.setdefault(reminder.audience or view.audience, []).append(reminder)
    sections = [(scene_of(reader, audience), held) for audience, held in found.items()]
    for scene, held in sections:
        held.sort(key=lambda reminder: _place(scene, reminder))
    return sorted(sections, key=lambda section: _rank(*section))


def _rank(scene: Scene, reminders: Sequence[ReminderView]) -> tuple[bool, bool, int, int]:
    done = not any(words.is_open(reminder.part) for reminder in reminders)
    urgent = URGENT_FIRST.index(urgency(scene.reader, reminders[0]))
    return done, scene.copy, urgent, ("head", "officer", "bureau").index(scene.audience)


def _section(scene: Scene, reminders: Sequence[ReminderView], unit: str, *, most: int) -> Message:
    if len(reminders) == 1:
        return about_one.write(scene, reminders[0], most)
    return about_many.write(scene, reminders, unit, most)


def _shortly(scene: Scene, reminders: Sequence[ReminderView], unit: str) -> Message:
    """One line of what is less urgent, with its buttons; the lists say the rest."""
    if len(reminders) == 1:
        return Message(
            (headlines.one(scene, reminders[0]),), about_one.write(scene, reminders[0], MOST_LINES).buttons[:1]
        )
    return Message(
        (headlines.many(scene, reminders, unit),), about_many.write(scene, reminders, unit, MOST_LINES).buttons[:1]
    )


def _reader(view: DigestView) -> Reader:
    return Reader(view.language, view.today, view.zone)


def _place(scene: Scene, reminder: ReminderView) -> tuple[object, ...]:
    """Open before done, urgent before new, then by date; for the bureau the longest overdue first."""
    part = reminder.part
    urgent = URGENT_FIRST.index(urgency(scene.reader, reminder))
    return not words.is_open(part), urgent, part.due, part.unit if scene.audience == "bureau" else "", part.code
