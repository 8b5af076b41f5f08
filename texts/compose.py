"""Composing reminders: what one person is due at one time becomes one message, and that message the live card.

The first line is enough on a lock screen; eight lines at most; the most urgent first; every message says how to answer
in words. A card is the same message written again after states have changed: what is settled is shown as settled, and
buttons are left only for what is still open.
"""

from collections.abc import Sequence

from texts import dates, headlines, letters, words
from texts.buttons import about, beside, button
from texts.headlines import URGENT_FIRST, urgency
from texts.letters import Scene, scene_of
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
        return _one(scene, reminders[0], most)
    return _many(scene, reminders, unit, most)


def _shortly(scene: Scene, reminders: Sequence[ReminderView], unit: str) -> Message:
    """One line of what is less urgent, with its buttons; the lists say the rest."""
    if len(reminders) == 1:
        return Message((headlines.one(scene, reminders[0]),), _one(scene, reminders[0], MOST_LINES).buttons[:1])
    return Message((headlines.many(scene, reminders, unit),), _many(scene, reminders, unit, MOST_LINES).buttons[:1])


def _reader(view: DigestView) -> Reader:
    return Reader(view.language, view.today, view.zone)


def _place(scene: Scene, reminder: ReminderView) -> tuple[object, ...]:
    """Open before done, urgent before new, then by date; for the bureau the longest overdue first."""
    part = reminder.part
    urgent = URGENT_FIRST.index(urgency(scene.reader, reminder))
    return not words.is_open(part), urgent, part.due, part.unit if scene.audience == "bureau" else "", part.code


def _one(scene: Scene, reminder: ReminderView, most: int) -> Message:
    reader, part = scene.reader, reminder.part
    headline = headlines.one(scene, reminder)
    if not words.is_open(part):
        return Message((headline,))
    told = tuple(letters.facts(scene, reminder)) or _facts(reader, part)
    after = (
        _next(reader, reminder),
        letters.copies(reader, reminder),
        _provisional(reader, [part]),
        letters.stand_in(reader, [reminder]),
    )
    about_it = [said for said in (*letters.beside(scene, reminder), *told, *after) if said]
    how = _how(scene, [part])
    return Message((headline, *about_it[: most - 2], how), _buttons_one(scene, part))


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
    if scene.copy or scene.audience != "officer":
        return say(f"how.{'copy_' if scene.copy else ''}{scene.audience}", code=first.code)
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


def _many(scene: Scene, reminders: Sequence[ReminderView], unit: str, most: int) -> Message:
    if scene.audience == "bureau" or scene.copy:
        return _of_units(scene, reminders, unit, most)
    reader = scene.reader
    todo = [reminder.part for reminder in reminders if words.is_open(reminder.part)]
    around = [said for said in (_asks(reader, reminders), letters.stand_in(reader, reminders)) if said]
    room = most - 1 - bool(todo) - bool(_provisional(reader, todo)) - len(around)
    shown = reminders if len(reminders) <= room else reminders[: max(room - 1, 1)]
    over = len(reminders) - len(shown)
    lines = [headlines.many(scene, reminders, unit), *(headlines.item(scene, reminder) for reminder in shown)]
    if over:
        lines.append(reader.say("remind.more", n=over))
    open_shown = [reminder.part for reminder in shown if words.is_open(reminder.part)]
    if open_shown:
        lines += [said for said in (*around, _provisional(reader, open_shown), _how(scene, open_shown)) if said]
    return Message(tuple(lines), _buttons_many(scene, todo, reminders))


def _asks(reader: Reader, reminders: Sequence[ReminderView]) -> str:
    """Who nudges, said once where it is one person in one wording; by when a 督办单 wants its answer."""
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
        lines.append(_how(scene, [shown[0][0].part]))
    return Message(tuple(lines), _to_the_ledger(scene) if shown else ())


def _to_the_ledger(scene: Scene) -> Rows:
    """The ledger is the bureau's; a head with a copy sees the unit's own list."""
    mine = scene.copy and scene.audience == "bureau"
    return ((button(scene.reader, "overdue" if mine else "sign_in"),),)


def _duty(part: PartView) -> object:
    """What may be said once for several units; of a confidential plan nothing but the code."""
    return part.id if part.confidential else (part.plan_key, part.item, part.title, part.stage, part.due)


def _buttons_one(scene: Scene, part: PartView) -> Rows:
    reader = scene.reader
    if scene.audience == "bureau" or scene.copy:
        return _to_the_ledger(scene)
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
