"""Notices: what one side is told when the other has acted, each worth one message of its own."""

from collections.abc import Sequence
from datetime import date

from texts import dates, words
from texts.buttons import button
from texts.reader import Reader
from texts.values import Button, Message, PartView


def reported(reader: Reader, part: PartView) -> Message:
    """To the bureau: a unit has reported, please verify or return."""
    key = "notice.reported_late" if part.phase == "late" else "notice.reported"
    lines = (
        reader.say(key, **words.said(reader, part)),
        reader.say("remind.facts", **words.said(reader, part)),
        reader.say("how.verify", unit=words.clean(part.unit, 120), code=part.code),
    )
    return Message(lines, ((button(reader, "verify", part.id), button(reader, "return", part.id)),))


def verified(reader: Reader, part: PartView) -> Message:
    """To the unit: the bureau has closed it."""
    return Message((reader.say("notice.verified", name=words.name(reader, part)),))


def all_verified(reader: Reader, closed: Sequence[PartView]) -> Message:
    """The same of what was closed at one moment."""
    if len(closed) == 1:
        return verified(reader, closed[0])
    names = reader.say("list.joiner").join(words.name(reader, part) for part in closed)
    return Message((reader.say("notice.verified_many", n=len(closed), names=names),))


def returned(reader: Reader, part: PartView) -> Message:
    """To the unit: sent back, why, and that the date stands."""
    lines = (
        reader.say("notice.returned", name=words.name(reader, part)),
        reason_line(reader, part, part.reason),
        reader.say("notice.returned_stands", day=dates.day(reader, part.due)),
        reader.say("how.report", code=part.code),
    )
    return Message(lines, ((button(reader, "report", part.id), button(reader, "why", part.id)),))


def moved(reader: Reader, part: PartView, old: date) -> Message:
    """To the unit: the due date has changed from `old`."""
    said = {"old": dates.day(reader, old), "new": dates.day(reader, part.due), "left": dates.left(reader, part)}
    return Message((reader.say("notice.moved", name=words.name(reader, part)), reader.say("notice.moved_from", **said)))


def dropped(reader: Reader, part: PartView) -> Message:
    """To the unit: the plan was revised and no longer asks this of it."""
    return Message((reader.say("notice.dropped", name=words.name(reader, part)), reader.say("notice.dropped_why")))


def event_off(reader: Reader, part: PartView) -> Message:
    """To the unit: the event that started it was cancelled."""
    return Message((reader.say("notice.dropped", name=words.name(reader, part)), reader.say("notice.event_off")))


def event_undone(reader: Reader, part: PartView) -> Message:
    """To the unit: the event that started it was registered by mistake."""
    return Message((reader.say("notice.dropped", name=words.name(reader, part)), reader.say("notice.event_undone")))


def not_yet(reader: Reader, part: PartView) -> Message:
    """To the unit: the one before is open again, from whose completion this one was counted."""
    return Message((reader.say("notice.dropped", name=words.name(reader, part)), reader.say("notice.not_yet")))


def refused(reader: Reader, part: PartView, to: str = "") -> Message:
    """To the bureau: a unit says it is not theirs, why, and whose it is in its eyes; please decide."""
    why = reason_line(reader, part, part.reason)
    lines = (
        reader.say("notice.refused", **words.said(reader, part)),
        why,
        reader.say("notice.refused_to", to=words.clean(to)) if to and to not in why else "",
        reader.say("how.refused", unit=words.clean(part.unit, 120), code=part.code),
    )
    verbs = ("reroute", "waive", "reopen")
    return _message(lines, tuple(button(reader, verb, part.id) for verb in verbs))


def rerouted(reader: Reader, part: PartView) -> Message:
    """To the unit that had it: it went to another one."""
    lines = (
        reader.say("notice.dropped", name=words.name(reader, part)),
        reader.say("notice.rerouted", to=words.clean(part.rerouted_to)),
    )
    return Message(lines)


def rerouted_of_unit(reader: Reader, part: PartView) -> Message:
    """To the rest of the bureau: whose it was and whose it is now."""
    lines = (
        reader.say("notice.rerouted_of_unit", **words.said(reader, part)),
        reader.say("notice.rerouted", to=words.clean(part.rerouted_to)),
    )
    return Message(lines)


def waived(reader: Reader, part: PartView) -> Message:
    """To the unit: the bureau asks it no longer, and why."""
    return Message((reader.say("notice.waived", name=words.name(reader, part)), reason_line(reader, part, part.reason)))


def reopened(reader: Reader, part: PartView, reason: str) -> Message:
    """To the unit: the bureau asks it again, and why."""
    lines = (
        reader.say("notice.reopened", **words.said(reader, part)),
        reason_line(reader, part, reason),
        reader.say("how.report", code=part.code),
    )
    return _message(lines, _act(reader, part))


def asked_again(reader: Reader, part: PartView) -> Message:
    """To the unit: what was let off is theirs again."""
    lines = (reader.say("notice.asked_again", **words.said(reader, part)), reader.say("how.report", code=part.code))
    return _message(lines, _act(reader, part))


def enough(reader: Reader, part: PartView, unit: str) -> Message:
    """To the others: another unit has reported, and one is enough."""
    lines = (
        reader.say("notice.dropped", name=words.name(reader, part)),
        reader.say("notice.enough", unit=words.clean(unit)),
    )
    return Message(lines)


def all_in(reader: Reader, part: PartView) -> Message:
    """To the lead: every other unit has reported, now it can."""
    lines = (
        reader.say("notice.all_in", **words.said(reader, part)),
        reader.say("notice.all_in_now"),
        reader.say("how.report", code=part.code),
    )
    return _message(lines, (button(reader, "report", part.id), button(reader, "why", part.id)))


def extension_asked(reader: Reader, part: PartView) -> Message:
    """To the bureau: a unit asks for more time; please grant or decline."""
    asked = dates.day(reader, part.asked_due or part.due)
    lines = (
        reader.say("notice.extension_asked", **words.said(reader, part)),
        reader.say("notice.extension_from", old=dates.day(reader, part.due), new=asked),
        reason_line(reader, part, part.extension_reason),
        reader.say("how.grant", unit=words.clean(part.unit, 120), code=part.code),
    )
    return _message(lines, (button(reader, "grant", part.id), button(reader, "decline", part.id)))


def granted(reader: Reader, part: PartView) -> Message:
    """To the unit: the new date, and the original one."""
    said = {"old": dates.day(reader, part.original_due or part.rule_day), "new": dates.day(reader, part.due)}
    lines = (
        reader.say("notice.granted", name=words.name(reader, part)),
        reader.say("notice.granted_to", left=dates.left(reader, part), **said),
    )
    return _message(lines, _act(reader, part))


def declined(reader: Reader, part: PartView, reason: str) -> Message:
    """To the unit: the date stays, and why."""
    lines = (
        reader.say("notice.declined", name=words.name(reader, part)),
        reason_line(reader, part, reason),
        reader.say("notice.stands", day=dates.day(reader, part.due), left=dates.left(reader, part)),
        reader.say("how.report", code=part.code),
    )
    return _message(lines, _act(reader, part))


def delegated(reader: Reader, part: PartView) -> Message:
    """To the colleague to whom a part was handed."""
    said = words.said(reader, part)
    lines = (reader.say("notice.delegated", **said), reader.say("remind.facts", **said), _how(reader, part))
    return _message(lines, _act(reader, part))


def taken_back(reader: Reader, part: PartView) -> Message:
    """To the unit: the bureau has taken its last decision back."""
    return Message((reader.say("notice.taken_back", **words.said(reader, part)),))


def withdrawn(reader: Reader, part: PartView) -> Message:
    """To the bureau: the unit has taken back what waited for a decision."""
    return Message((reader.say("notice.withdrawn", **words.said(reader, part)),))


def stands_in(reader: Reader, name: str, first: date, last: date) -> Message:
    """To the deputy: for whom and how long; no more than that, since it may be read on a lock screen."""
    said = {"first": dates.day(reader, first), "last": dates.day(reader, last)}
    return Message((reader.say("notice.stands_in", name=words.clean(name), **said), reader.say("notice.stands_in_how")))


def reason_line(reader: Reader, part: PartView, reason: str) -> str:
    """What was typed may tell what a confidential plan is about."""
    if part.confidential:
        return reader.say("notice.reason_inside")
    return reader.say("answer.reason", reason=words.clean(reason, 120)) if reason else ""


def _message(lines: tuple[str, ...], *rows: tuple[Button, ...]) -> Message:
    return Message(tuple(line for line in lines if line), tuple(row for row in rows if row))


def _act(reader: Reader, part: PartView) -> tuple[Button, ...]:
    """What the unit may do with it now."""
    if not words.is_open(part):
        return ()
    verbs = ("receive", "report") if part.state == "open" else ("report",)
    return tuple(button(reader, verb, part.id) for verb in verbs)


def _how(reader: Reader, part: PartView) -> str:
    return reader.say("how.receive_report" if part.state == "open" else "how.report", code=part.code)
