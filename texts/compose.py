"""Composing reminders: what one person is due at one time becomes one message, and that message the live card.

The first line is enough on a lock screen; eight lines at most; the most urgent first; every message says how to answer
in words. A card is the same message written again after states have changed: what is settled is shown as settled, and
buttons are left only for what is still open.
"""

from collections.abc import Sequence

from texts import dates, headlines, words
from texts.buttons import about, beside, button
from texts.headlines import URGENT_FIRST, Scene, urgency
from texts.reader import Reader
from texts.values import Button, DigestView, Message, PartView, ReminderView

MOST_LINES = 8
FEW = 3
"""So many duties have a button each under a message about several."""
Rows = tuple[tuple[Button, ...], ...]


def digest(view: DigestView) -> Message:
    """The message for what one person is told at one moment; `view` holds at least one reminder."""
    marks = headlines.late_marks(_reader(view), view)
    message = card(view)
    return Message((message.lines[0] + marks, *message.lines[1:]), message.buttons)


def card(view: DigestView) -> Message:
    """The same message as things stand now; an earlier one is edited into it."""
    scene = Scene(_reader(view), view.audience)
    reminders = sorted(view.reminders, key=lambda reminder: _place(scene, reminder))
    if len(reminders) == 1:
        return _one(scene, reminders[0])
    return _many(scene, reminders, view.unit)


def line(reminder: ReminderView, reader: Reader, *, audience: str = "officer") -> str:
    """One reminder in one line: what, by when, how urgent."""
    return headlines.one(Scene(reader, audience), reminder)


def _reader(view: DigestView) -> Reader:
    return Reader(view.language, view.today, view.zone)


def _place(scene: Scene, reminder: ReminderView) -> tuple[object, ...]:
    """Open before done, urgent before new, then by date; for the bureau the longest overdue first."""
    part = reminder.part
    urgent = URGENT_FIRST.index(urgency(scene.reader, reminder))
    return not words.is_open(part), urgent, part.due, part.unit if scene.audience == "bureau" else "", part.code


def _one(scene: Scene, reminder: ReminderView) -> Message:
    reader, part = scene.reader, reminder.part
    headline = headlines.one(scene, reminder)
    if not words.is_open(part):
        return Message((headline,))
    about_it = (*_facts(reader, part), _next(reader, reminder), _provisional(reader, [part]), _how(scene, [part]))
    return Message((headline, *(said for said in about_it if said)), _buttons_one(scene, part))


def _facts(reader: Reader, part: PartView) -> tuple[str, ...]:
    """Where the duty stands in the plan, how far it is, what it asks, whom the lead still waits for."""
    said = words.said(reader, part)
    facts = reader.say("remind.facts_counted" if said["progress"] else "remind.facts", **said)
    measure = "" if part.confidential or not part.measure else reader.say("remind.measure", **said)
    return facts, measure, _particulars(reader, part), _joint(reader, part)


def _particulars(reader: Reader, part: PartView) -> str:
    """What is not as the plan has it: another date, asked for or granted; another unit."""
    said = words.said(reader, part)
    told = (
        reader.say("remind.extension", day=said["asked"], bureau=said["bureau"]) if part.asked_due else "",
        reader.say("remind.extended", day=said["original"]) if part.original_due else "",
        reader.say("remind.came_from", unit=words.clean(part.came_from, 20)) if part.came_from else "",
    )
    return " · ".join(line for line in told if line)


def _joint(reader: Reader, part: PartView) -> str:
    named, missing = 3, part.waiting_for
    if not missing:
        return ""
    units = reader.say("list.joiner").join(words.clean(unit, 20) for unit in missing[:named])
    return reader.say("remind.joint_more" if len(missing) > named else "remind.joint", n=len(missing), units=units)


def _next(reader: Reader, reminder: ReminderView) -> str:
    """What happens if nobody reports: said once the next step lies past the due date."""
    if reminder.next_on is None or reminder.next_on <= reminder.part.due:
        return ""
    return reader.say(f"next.{headlines.next_audience(reminder)}", day=dates.day(reader, reminder.next_on))


def _provisional(reader: Reader, parts: Sequence[PartView]) -> str:
    years = sorted({part.due.year for part in parts if part.provisional and part.due >= reader.today})
    return reader.say("remind.provisional", year=years[0]) if years else ""


def _how(scene: Scene, parts: Sequence[PartView]) -> str:
    """How to answer in words; `parts` are open and at least one."""
    say, first = scene.reader.say, parts[0]
    if scene.audience != "officer":
        return say(f"how.{scene.audience}", code=first.code)
    new = [part for part in parts if part.state == "open"]
    if len(parts) > 1 and new:
        return say("how.receive_report_many", codes=words.codes(new), code=first.code)
    if len(parts) == 1 and first.due < scene.reader.today:
        return say("how.overdue_new" if new else "how.overdue", code=first.code)
    if first.unit_of_measure and len(parts) == 1:
        return say("how.amount", code=first.code, unit=first.unit_of_measure)
    if new:
        return say("how.receive_report", code=first.code)
    return say("how.count" if words.counts(first) else "how.report", code=first.code)


def _many(scene: Scene, reminders: Sequence[ReminderView], unit: str) -> Message:
    if scene.audience == "bureau":
        return _of_units(scene, reminders, unit)
    reader = scene.reader
    parts = [reminder.part for reminder in reminders]
    todo = [part for part in parts if words.is_open(part)]
    room = MOST_LINES - 1 - bool(todo) - bool(_provisional(reader, todo))
    shown = reminders if len(reminders) <= room else reminders[: room - 1]
    over = len(reminders) - len(shown)
    lines = [headlines.many(scene, reminders, unit), *(headlines.item(scene, reminder) for reminder in shown)]
    if over:
        lines.append(reader.say("remind.more", n=over))
    open_shown = [reminder.part for reminder in shown if words.is_open(reminder.part)]
    if open_shown:
        lines += [said for said in (_provisional(reader, open_shown), _how(scene, open_shown)) if said]
    return Message(tuple(lines), _buttons_many(scene, todo, reminders))


def _of_units(scene: Scene, reminders: Sequence[ReminderView], unit: str) -> Message:
    """For the bureau: duty by duty, each with the units that are late."""
    groups: dict[object, list[ReminderView]] = {}
    for reminder in reminders:
        if words.is_open(reminder.part):
            groups.setdefault(_duty(reminder.part), []).append(reminder)
    room = MOST_LINES - 3
    shown = list(groups.values())[:room]
    lines = [headlines.many(scene, reminders, unit), *(headlines.of_units(scene, group) for group in shown)]
    if over := sum(len(group) for group in groups.values()) - sum(len(group) for group in shown):
        lines.append(scene.reader.say("remind.more_late", n=over))
    if shown:
        lines.append(_how(scene, [shown[0][0].part]))
    return Message(tuple(lines), ((button(scene.reader, "sign_in"),),) if shown else ())


def _duty(part: PartView) -> object:
    """What may be said once for several units; of a confidential plan nothing but the code."""
    return part.id if part.confidential else (part.plan_key, part.item, part.title, part.stage, part.due)


def _buttons_one(scene: Scene, part: PartView) -> Rows:
    reader = scene.reader
    if scene.audience == "bureau":
        return ((button(reader, "sign_in"),),)
    if scene.audience == "head":
        return ((button(reader, "report", part.id), button(reader, "why", part.id)),)
    act = [button(reader, "receive", part.id)] if part.state == "open" else []
    return (*act, button(reader, "report", part.id)), *beside(reader, part)


def _buttons_many(scene: Scene, todo: Sequence[PartView], reminders: Sequence[ReminderView]) -> Rows:
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
