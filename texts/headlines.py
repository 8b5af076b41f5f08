"""The lines of a reminder: the headline for one, the headline for many, and one line for each of many."""

from collections import Counter
from collections.abc import Sequence

from schedules.civil import civil_date
from schedules.rungs import load_ladders
from texts import dates, words
from texts.letters import Scene
from texts.reader import Reader
from texts.values import DigestView, PartView, ReminderView

URGENT_FIRST = ("overdue", "today", "soon", "new")
NAMED = 3
"""Units named in one line; more are counted."""


def urgency(reader: Reader, reminder: ReminderView) -> str:
    """overdue, today, new or soon: by the dates as they stand now, whatever the rung was when it was planned."""
    due = reminder.part.due
    if due <= reader.today:
        return "overdue" if due < reader.today else "today"
    return "new" if reminder.rung == "assigned" else "soon"


def next_audience(reminder: ReminderView) -> str:
    """To whom the next rung goes; where the view does not say, as the shipped ladder has it."""
    rung = load_ladders()["standard"].rung(reminder.next_rung)
    return reminder.next_audience or (rung.audience if rung else "officer")


def one(scene: Scene, reminder: ReminderView) -> str:
    """What, by when, how urgent; once done, by whom."""
    part = reminder.part
    if not words.is_open(part):
        return item(scene, reminder)
    reader = scene.reader
    if scene.copy:
        return reader.say("remind.copy", said=words.tell(reader, f"remind.copied.{scene.audience}", part))
    if reminder.nudge:
        return words.tell(reader, "remind.headline.nudge", part)
    kind = urgency(reader, reminder) if scene.audience == "officer" else scene.audience
    return words.tell(reader, f"remind.headline.{kind}", part)


def many(scene: Scene, reminders: Sequence[ReminderView], unit: str) -> str:
    """How many, and how urgent; once some are done, how many are left. The most urgent stands first."""
    say, n = scene.reader.say, len(reminders)
    left = sum(words.is_open(reminder.part) for reminder in reminders)
    if left < n and left and scene.audience == "bureau" and not scene.copy:
        late = {reminder.part.unit_id for reminder in reminders if words.is_open(reminder.part)}
        return say("remind.many.bureau_left", units=len(late), left=left, done=n - left)
    if left < n:
        return say("remind.many.left", n=n, done=n - left, left=left) if left else say("remind.many.done", n=n)
    units = len({reminder.part.unit_id for reminder in reminders})
    if scene.copy:
        return say("remind.copy", said=say(f"remind.many.copied_{scene.audience}", n=n, units=units))
    if scene.audience == "head":
        return say("remind.many.head", unit=unit, n=n)
    if scene.audience == "bureau":
        return say("remind.many.bureau", n=n, units=units)
    return _by_urgency(scene.reader, reminders)


def item(scene: Scene, reminder: ReminderView) -> str:
    """One of many."""
    reader, part = scene.reader, reminder.part
    if not words.is_open(part):
        said = words.said(reader, part)
        foreign = scene.audience == "bureau" or scene.copy
        name = reader.say("part.of_unit", **said) if foreign else said["name"]
        return reader.say("remind.line.settled", **said | {"name": name})
    if scene.audience == "bureau" or scene.copy:
        return words.tell(reader, "remind.line.of_unit", part)
    if reminder.nudge:
        return words.tell(reader, "remind.line.nudge", part)
    new = scene.audience == "officer" and part.state == "open" and urgency(reader, reminder) == "new"
    return words.tell(reader, "remind.line.new" if new else "remind.line.plain", part)


def of_units(scene: Scene, group: Sequence[ReminderView]) -> str:
    """What several units are late with: said once, with the units."""
    if len(group) == 1:
        return item(scene, group[0])
    reader, part = scene.reader, group[0].part
    names = [words.clean(reminder.part.unit, 20) for reminder in group]
    units = reader.say("list.joiner").join(names[:NAMED])
    key = "of_units_more" if len(names) > NAMED else "of_units"
    title = words.title(reader, part)
    return reader.say(f"remind.line.{key}", title=title, n=len(names), units=units, **_when(reader, part))


def _when(reader: Reader, part: PartView) -> dict[str, str]:
    return {"due": dates.due(reader, part), "left": dates.left(reader, part)}


def late_marks(reader: Reader, view: DigestView) -> str:
    """That it leaves later than it should have, or may be here already."""
    said = ""
    if view.late_since:
        if civil_date(view.late_since, reader.zone) == reader.today:
            at = dates.clock(reader, view.late_since)
        else:
            at = dates.full_moment(reader, view.late_since)
        said += reader.say("remind.late_pause" if view.late_why == "pause" else "remind.late", at=at)
    return said + (reader.say("remind.repeat") if view.possible_repeat else "")


def _by_urgency(reader: Reader, reminders: Sequence[ReminderView]) -> str:
    if all(reminder.nudge for reminder in reminders):
        return _with_first(reader, "nudge", reminders)
    kinds = Counter(urgency(reader, reminder) for reminder in reminders)
    if kinds.keys() == {"new"}:
        plans = {reminder.part.plan for reminder in reminders}
        if len(plans) == 1 and not reminders[0].part.confidential:
            return reader.say("remind.many.new", n=len(reminders), plan=words.clean(plans.pop()))
        return _with_first(reader, "new_plans", reminders)
    if len(kinds) == 1:
        return _with_first(reader, next(iter(kinds)), reminders)
    counts = [reader.say(f"remind.count.{kind}", n=kinds[kind]) for kind in URGENT_FIRST if kinds[kind]]
    return _with_first(reader, "mixed", reminders, counts=reader.say("list.comma").join(counts))


def _with_first(reader: Reader, key: str, reminders: Sequence[ReminderView], **values: object) -> str:
    """How many, and the first of them: by when, so that the line is enough on a lock screen."""
    said = words.said(reader, reminders[0].part)
    return reader.say(f"remind.many.{key}", n=len(reminders), **values, day=said["day"], left=said["left"])
