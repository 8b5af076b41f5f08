"""What the bureau reads before and after it decides: counts first, then the cases, then how to answer."""

from collections.abc import Sequence

from storage.rows import Announcement, EventRow
from texts import dates, words
from texts.buttons import button, data
from texts.reader import Reader
from texts.values import Button, Message, PartView
from usecases.dead_groups import DeadGroup
from usecases.decisions import Decisions
from usecases.nudge import NudgeReport
from usecases.unreachable import Unreachable

MOST = 5
WHY = {"done": "done_before", "too_soon": "too_soon"}
UNITS = 3


def decisions(reader: Reader, found: Decisions, shown: Sequence[PartView]) -> Message:
    """今天请您定 4 件：待销号 2 · 延期申请 1 · 不是我们 1."""
    say = reader.say
    kinds = ("to_verify", "extensions", "refused", "joinings")
    said = [say(f"talk.decide.{name}", n=len(held)) for name in kinds if (held := getattr(found, name))]
    head = say("talk.decide.head", n=found.count, counts=" · ".join(said)) if said else say("talk.decide.none")
    lines = [head, *(case(reader, part) for part in shown)]
    if found.overdue:
        late = " · ".join(
            say("talk.decide.late_unit", unit=words.clean(one.unit, 20), n=one.days) for one in found.overdue[:UNITS]
        )
        lines.append(say("talk.decide.late", n=len(found.overdue), units=late))
    if found.unreachable or found.groups:
        units = {one.unit_id for one in found.unreachable} | {one.unit_id for one in found.groups}
        lines.append(say("talk.decide.unreachable", n=len(units)))
    row = [button(reader, "decide_next")] if said else []
    row += [button(reader, "nudge_late")] if found.overdue else []
    return Message(tuple(lines), (tuple(row), (button(reader, "sign_in"),)) if row else ((button(reader, "sign_in"),),))


def case(reader: Reader, part: PartView) -> str:
    """One case in a line: whose, which, what is asked."""
    said = words.said(reader, part)
    if part.asked_due is not None:
        return reader.say("talk.case.extension", **said)
    return reader.say(f"talk.case.{'refused' if part.state == 'refused' else 'reported'}", **said)


def decision(reader: Reader, part: PartView) -> Message:
    """One case with what may be decided."""
    unit = words.clean(part.unit, 120)
    if part.asked_due is not None:
        lines = [case(reader, part), reader.say("answer.reason", reason=words.clean(part.extension_reason, 120))]
        verbs: tuple[str, ...] = ("grant", "decline")
        how = reader.say("talk.how.grant", unit=unit, code=part.code)
    elif part.state == "refused":
        lines = [case(reader, part), reader.say("answer.reason", reason=words.clean(part.reason, 120))]
        verbs, how = ("reroute", "reopen", "waive"), reader.say("talk.how.reroute", unit=unit, code=part.code)
    else:
        lines, verbs = [case(reader, part)], ("verify", "return")
        how = reader.say("how.verify", unit=unit, code=part.code)
    row = tuple(button(reader, verb, part.id) for verb in verbs)
    return Message((*lines, how), (row, (button(reader, "decide_next"),)))


def nudge_preview(reader: Reader, parts: Sequence[PartView]) -> Message:
    """Who will be asked again, before anybody is."""
    units = list(dict.fromkeys(part.unit for part in parts))
    lines = [reader.say("talk.nudge.preview", n=len(parts), units=len(units))]
    lines += [reader.say("talk.nudge.line", **words.said(reader, part)) for part in parts[:MOST]]
    if len(parts) > MOST:
        lines.append(reader.say("remind.more_late", n=len(parts) - MOST))
    lines.append(reader.say("talk.nudge.how"))
    return Message(tuple(lines), ((button(reader, "nudge_all"), button(reader, "dismiss")),))


def nudged(reader: Reader, report: NudgeReport) -> Message:
    """Who is asked again and when it leaves; who is left alone, and why."""
    lines = []
    if report.nudged:
        at = dates.moment(reader, report.leaves_at)
        names = reader.say("list.joiner").join(dict.fromkeys(words.clean(part.unit, 20) for part in report.nudged))
        said = {"units": words.clean(names, 60), "people": report.people, "at": at}
        lines.append(reader.say("talk.nudge.done", n=len(report.nudged), **said))
    for one in report.left_alone[:MOST]:
        again = dates.day(reader, one.again_on) if one.again_on else ""
        lines.append(reader.say(f"talk.nudge.{WHY[one.why]}", by=one.by, again=again, **words.said(reader, one.part)))
    return Message(tuple(lines) or (reader.say("talk.nobody_late"),))


def announcement(reader: Reader, shown: Message, held: Announcement, *, to: str) -> Message:
    """The very words, and to whom and how many they will go."""
    lines = (
        reader.say("talk.announce.preview", n=held.recipients, to=to),
        *shown.lines[:6],
        reader.say("talk.announce.how"),
    )
    return Message(lines, ((button(reader, "announce_send", held.id), button(reader, "announce_drop", held.id)),))


def event_cancel(reader: Reader, held: EventRow) -> Message:
    lines = (
        reader.say("talk.event_cancel", name=words.clean(held.name), day=dates.day(reader, held.day)),
        reader.say("talk.yes"),
    )
    return Message(lines, ((button(reader, "event_cancel", held.id), button(reader, "dismiss")),))


def unreachable(reader: Reader, found: Sequence[Unreachable], groups: Sequence[DeadGroup] = ()) -> Message:
    """Whose unit owes something and does not hear of it, and which groups hear nothing any more."""
    if not found and not groups:
        return Message((reader.say("talk.unreachable.none"),))
    lines = _people(reader, found) if found else []
    if groups:
        lines += [reader.say("talk.dead_groups.head", n=len(groups))]
        lines += [dead_group(reader, one) for one in groups[:MOST]]
        if len(groups) > MOST:
            lines.append(reader.say("remind.more_late", n=len(groups) - MOST))
    return Message(tuple(lines), ((button(reader, "sign_in"),),))


def dead_group(reader: Reader, one: DeadGroup) -> str:
    """Whose group, where, since when, and what brings it back."""
    where, since = reader.say(f"web.door.{one.channel}"), dates.day(reader, one.since)
    unit = words.clean(one.unit, 20)
    if one.robot:
        do = reader.say("talk.dead_groups.robot")
        return reader.say("talk.dead_groups.robot_line", unit=unit, where=where, since=since, do=do)
    do = reader.say("talk.dead_groups.again", unit=unit)
    return reader.say("talk.dead_groups.line", unit=unit, where=where, since=since, do=do)


def _people(reader: Reader, found: Sequence[Unreachable]) -> list[str]:
    lines = [reader.say("talk.unreachable.head", n=len(found))]
    for one in found[:MOST]:
        why = reader.say(f"talk.unreachable.{one.why}")
        lines.append(
            reader.say("talk.unreachable.line", unit=words.clean(one.unit, 20), name=one.officer, why=why, n=one.parts)
        )
    if len(found) > MOST:
        lines.append(reader.say("remind.more_late", n=len(found) - MOST))
    lines.append(reader.say("talk.unreachable.do"))
    return lines


def confirm_skip(reader: Reader, part: PartView, reason: str) -> Message:
    """It binds several units: how many, before it is done."""
    lines = (
        reader.say("talk.confirm.skip", name=words.name(reader, part), n=part.siblings),
        reader.say("answer.reason", reason=words.clean(reason, 60)),
        reader.say("talk.yes"),
    )
    yes = Button(reader.say("button.skip"), data("skip", part.id))
    return Message(lines, ((yes, button(reader, "dismiss")),))
