"""What a unit's group reads from a robot: numbers, short titles and dates. No names, no links, nothing to answer to."""

from texts import headlines, words
from texts.letters import Scene
from texts.reader import Reader
from texts.values import DigestView, Message

MOST = 6
"""Duties in one notice; with the headline and the closing line it is still read at a glance."""


def notice(view: DigestView) -> Message:
    """One notice to a group; `view` holds at least one reminder."""
    reader = Reader(view.language, view.today, view.zone)
    scene = Scene(reader, view.audience)
    todo = sorted(view.reminders, key=lambda reminder: (reminder.part.due, reminder.part.code))
    marks = headlines.late_marks(reader, view)
    if len(todo) == 1:
        lines = [headlines.one(scene, todo[0]) + marks]
    else:
        shown = todo if len(todo) <= MOST else todo[: MOST - 1]
        lines = [headlines.many(scene, todo, view.unit) + marks, *(headlines.item(scene, line) for line in shown)]
        lines += [reader.say("remind.more", n=len(todo) - len(shown))] if len(todo) > len(shown) else []
    unit = words.clean(view.unit, 120)
    return Message((*lines, reader.say("ways.group_end", unit=unit)))
