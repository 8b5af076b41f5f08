"""A reminder of one duty: where it stands in the plan, how far it is, what follows, how to answer."""

from texts import headlines, how, letters, words
from texts.buttons import beside, button
from texts.how import Rows
from texts.letters import Scene
from texts.reader import Reader
from texts.values import Message, PartView, ReminderView


def write(scene: Scene, reminder: ReminderView, most: int) -> Message:
    reader, part = scene.reader, reminder.part
    headline = headlines.one(scene, reminder)
    if not words.is_open(part):
        return Message((headline,))
    told = tuple(letters.facts(scene, reminder)) or _facts(reader, part)
    after = (
        how.follows(reader, [reminder]),
        letters.copies(reader, reminder),
        how.provisional(reader, [part]),
        letters.stand_in(reader, [reminder]),
    )
    about_it = [said for said in (*letters.beside(scene, reminder), *told, *after) if said]
    return Message((headline, *about_it[: most - 2], how.answer(scene, [part])), _buttons(scene, part))


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


def _buttons(scene: Scene, part: PartView) -> Rows:
    reader = scene.reader
    if scene.audience == "bureau" or scene.copy:
        return how.to_the_ledger(scene)
    if scene.audience == "head":
        return ((button(reader, "report", part.id), button(reader, "why", part.id)),)
    act = [button(reader, "receive", part.id)] if part.state == "open" else []
    return (*act, button(reader, "report", part.id)), *beside(reader, part)
