"""A reminder of several duties: a line for each, the most urgent first; for the bureau duty by duty."""

from collections.abc import Sequence

from texts import dates, headlines, how, letters, words
from texts.buttons import about, button
from texts.headlines import urgency
from texts.how import Rows
from texts.letters import Scene
from texts.reader import Reader
from texts.values import Message, PartView, ReminderView

FEW = 3
"""So many duties have a button each under a message about several."""


def write(scene: Scene, reminders: Sequence[ReminderView], unit: str, most: int) -> Message:
    if scene.audience == "bureau" or scene.copy:
        return _of_units(scene, reminders, unit, most)
    reader = scene.reader
    todo = [reminder.part for reminder in reminders if words.is_open(reminder.part)]
    around = [said for said in (_asks(reader, reminders), letters.stand_in(reader, reminders)) if said]
    room = most - 1 - bool(todo) - bool(how.provisional(reader, todo)) - len(around)
    if len(reminders) < room and (follows := how.follows(reader, reminders)):
        around.append(follows)
    shown = reminders if len(reminders) <= room else reminders[: max(room - 1, 1)]
    over = len(reminders) - len(shown)
    lines = [headlines.many(scene, reminders, unit), *(headlines.item(scene, reminder) for reminder in shown)]
    if over:
        lines.append(reader.say("remind.more", n=over))
    open_shown = [reminder.part for reminder in shown if words.is_open(reminder.part)]
    if open_shown:
        lines += [
            said for said in (*around, how.provisional(reader, open_shown), how.answer(scene, open_shown)) if said
        ]
    return Message(tuple(lines), _buttons(scene, todo, reminders))


def _asks(reader: Reader, reminders: Sequence[ReminderView]) -> str:
    """Who nudges, said once where it is one person in one wording; by when a 督办单 wants its answer; long silence."""
    if all(reminder.silent_since for reminder in reminders):
        return reader.say("remind.silent_many")
    nudges = {reminder.nudge for reminder in reminders if reminder.nudge}
    if len(nudges) == 1:
        nudged = next(reminder for reminder in reminders if reminder.nudge)
        return next(iter(letters.beside(letters.Scene(reader, "officer"), nudged)))
    days = [one.letter.answer_by for one in reminders if one.letter and one.letter.answer_by]
    return reader.say("letter.asked", day=dates.day(reader, min(days))) if days else ""


def _of_units(scene: Scene, reminders: Sequence[ReminderView], unit: str, most: int) -> Message:
    """For the bureau: duty by duty, each with the units that are late."""
    groups: dict[object, list[ReminderView]] = {}
    for reminder in reminders:
        if words.is_open(reminder.part):
            groups.setdefault(_duty(reminder.part), []).append(reminder)
    room = max(most - 3, 1)
    shown = list(groups.values())[:room]
    lines = [headlines.many(scene, reminders, unit), *(headlines.of_units(scene, group) for group in shown)]
    if over := sum(len(group) for group in groups.values()) - sum(len(group) for group in shown):
        lines.append(scene.reader.say("remind.more_late", n=over))
    if shown:
        lines.append(how.answer(scene, [shown[0][0].part]))
    return Message(tuple(lines), how.to_the_ledger(scene) if shown else ())


def _duty(part: PartView) -> object:
    """What may be said once for several units; of a confidential plan nothing but the code."""
    return part.id if part.confidential else (part.plan_key, part.item, part.title, part.stage, part.due)


def _buttons(scene: Scene, todo: Sequence[PartView], reminders: Sequence[ReminderView]) -> Rows:
    reader = scene.reader
    if not todo:
        return ()
    if scene.audience == "head":
        return ((button(reader, "overdue"),),)
    if len(todo) == 1:
        verbs = ("receive", "report") if todo[0].state == "open" else ("report",)
        return (tuple(about(reader, verb, todo[0]) for verb in verbs), (button(reader, "list"),))
    new = any(part.state == "open" for part in todo)
    first = ((button(reader, "receive_all"),) if new else ()) + (button(reader, "list"),)
    if all(urgency(reader, reminder) == "new" for reminder in reminders):
        return first, (button(reader, "calendar"),)
    return (tuple(about(reader, "report", part) for part in todo), first) if len(todo) <= FEW else (first,)
