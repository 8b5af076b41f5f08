"""What goes to many: nudges, announcements, events. Counted and shown first, sent at a second confirmation."""

from collections.abc import Sequence
from dataclasses import replace

from bot import choosing, views_bureau
from bot.choosing import Choice, audiences_named
from bot.deciding import exact_day, way_back
from bot.intents_bureau import Announce, CancelEvent, Confirm, MoveEvent, NudgeLate
from bot.turn import Reply, Turn, ask, line, say
from storage.rows import Announcement, EventRow, Question
from texts import dates, words
from texts.buttons import Press
from texts.values import Message, PartView
from usecases import announce, events, live_question, look
from usecases.decisions import decisions
from usecases.errors import Refused
from usecases.nudge import nudge

AT_ONCE = 3
"""So many parts, named by the bureau itself, are asked again without a preview."""


def nudge_parts(turn: Turn, parts: Sequence[PartView], note: str) -> Reply:
    return nudge_now(turn, parts, note) if len(parts) <= AT_ONCE else _preview(turn, parts, note)


def nudge_now(turn: Turn, parts: Sequence[PartView], note: str = "") -> Reply:
    report = nudge(turn.desk, turn.act(note), [part.id for part in parts])
    return say(views_bureau.nudged(turn.reader, report), *report.nudged)


def nudge_late(turn: Turn, _: NudgeLate | None = None) -> Reply:
    """Everything overdue: shown first, whoever asks."""
    if turn.officer.role != "bureau":
        return line(turn, "talk.bureau_only")
    late = [part for unit in decisions(turn.desk, turn.officer).overdue for part in unit.parts]
    return _preview(turn, late, "") if late else line(turn, "talk.nobody_late")


def nudge_unit(turn: Turn, unit_id: int, name: str) -> Reply:
    """All that one unit is late with."""
    late = [
        part for unit in decisions(turn.desk, turn.officer).overdue if unit.unit_id == unit_id for part in unit.parts
    ]
    if turn.officer.role != "bureau":
        return line(turn, "talk.bureau_only")
    return _preview(turn, late, "") if late else line(turn, "talk.unit_not_late", unit=words.clean(name))


def _preview(turn: Turn, parts: Sequence[PartView], note: str) -> Reply:
    return ask(turn, "nudge", views_bureau.nudge_preview(turn.reader, parts), *parts, words=note)


def nudge_kept(turn: Turn, question: Question) -> Reply:
    """What was shown in the preview, and nothing else."""
    found = []
    for part_id in question.part_ids:
        try:
            found.append(look.by_id(turn.desk, turn.officer, part_id))
        except Refused:
            continue
    return nudge_now(turn, found, question.words)


def press_nudge_all(turn: Turn, _: Press) -> Reply:
    question = turn.question
    fresh = question is not None and question.asks == "nudge"
    return nudge_kept(turn, question) if question and fresh else line(turn, "talk.nothing_to_confirm")


def announce_(turn: Turn, meant: Announce) -> Reply:
    """Draft it, count whom it reaches, show it as it will be; nothing goes out yet."""
    if turn.officer.role != "bureau":
        return line(turn, "talk.bureau_only")
    found = audiences_named(turn, meant.audience)
    if len(found) == 1:
        return _draft(turn, meant.words, found[0])
    if found:
        view = choosing.question(turn.reader, "choose.announce", [one.label for one in found], "announce_to")
        return ask(turn, "announce_to", view, words=f"{meant.audience}\n{meant.words}")
    known = turn.reader.say("list.joiner").join(one.label for one in choosing.audiences(turn)[: choosing.MOST])
    return line(turn, "choose.no_audience", name=words.clean(meant.audience), known=known)


def choose_audience(turn: Turn, said: str) -> Reply:
    """Which of those that were shown: by its place, or by more of its name."""
    name, _, text = (turn.question.words if turn.question else "").partition("\n")
    shown, number = audiences_named(turn, name), choosing.place(said)
    if number is not None and 0 < number <= len(shown):
        return _draft(turn, text, shown[number - 1])
    found = [one for one in audiences_named(turn, said) if one in shown]
    return _draft(turn, text, found[0]) if len(found) == 1 else announce_(turn, Announce(text, name))


def press_audience(turn: Turn, pressed: Press) -> Reply:
    fresh = turn.question is not None and turn.question.asks == "announce_to"
    return choose_audience(turn, str(pressed.number or 0)) if fresh else line(turn, "talk.nothing_to_confirm")


def _draft(turn: Turn, text: str, audience: Choice) -> Reply:
    held = announce.draft(turn.desk, turn.officer, text, audience.audience)
    view = views_bureau.announcement(
        turn.reader, announce.preview(turn.desk, turn.reader, held), held, to=audience.label
    )
    return replace(ask(turn, "announce", view, words=str(held.id)), live=_word(held.id))


def send_kept(turn: Turn, question: Question) -> Reply:
    return send(turn, int(question.words))


def send(turn: Turn, announcement_id: int) -> Reply:
    if before := announce.decided(turn.desk, turn.officer, announcement_id):
        return replace(_outcome(turn, before), toast_is_enough=True)
    announce.send(turn.desk, turn.officer, announcement_id)
    return _closed(turn, announcement_id)


def press_send(turn: Turn, pressed: Press) -> Reply:
    return send(turn, pressed.number or 0)


def press_drop(turn: Turn, pressed: Press) -> Reply:
    if before := announce.decided(turn.desk, turn.officer, pressed.number or 0):
        return replace(_outcome(turn, before), toast_is_enough=True)
    announce.drop(turn.desk, turn.officer, pressed.number or 0)
    return _closed(turn, pressed.number or 0)


def _closed(turn: Turn, announcement_id: int) -> Reply:
    """The answer takes the preview's place: the pressed one's, and those that words have decided."""
    held = announce.decided(turn.desk, turn.officer, announcement_id)
    if held is None:
        return line(turn, "live.announce_dropped")
    reply = _outcome(turn, held)
    said = turn.incoming
    here = said.reply_to if said.button else ""
    live_question.close(turn.desk, turn.officer, _word(held.id), reply.messages[0], but=here)
    return replace(reply, replaces=True)


def _outcome(turn: Turn, held: Announcement) -> Reply:
    """That it went out, to how many and when; or that it was dropped."""
    if held.sent_at is None:
        said = turn.reader.say("live.announce_dropped")
    else:
        at = dates.full_moment(turn.reader, held.sent_at)
        said = turn.reader.say("live.announced", n=held.recipients, by=turn.officer.name, at=at)
    return Reply((Message((said,)),), toast=said)


def _word(announcement_id: int) -> str:
    return f"announce:{announcement_id}"


def confirm(turn: Turn, _: Confirm) -> Reply:
    """确认发送, and nothing was shown before."""
    return line(turn, "talk.nothing_to_confirm")


def move_event(turn: Turn, meant: MoveEvent) -> Reply:
    """Another day for an event that was registered; the day has to be sure."""
    found = _registered(turn, meant.name)
    if len(found) != 1:
        return _which(turn, meant.name, found)
    day = exact_day(meant.day, turn.desk.today) if meant.day else None
    if day is None:
        return line(turn, "talk.move_day", name=words.clean(found[0].name))
    held = found[0]
    if turn.officer.role not in events.MAY_REGISTER:
        return line(turn, "talk.bureau_only")
    events.move_event(turn.desk, held.id, day, by=turn.officer, door=turn.incoming.channel)
    said = {"old": dates.day(turn.reader, held.day), "new": dates.day(turn.reader, day)}
    return _event_said(turn, "talk.event_moved", name=words.clean(held.name), **said)


def cancel_event(turn: Turn, meant: CancelEvent) -> Reply:
    """Takes parts away, so it is confirmed first."""
    found = _registered(turn, meant.name)
    if len(found) != 1:
        return _which(turn, meant.name, found)
    return ask(turn, "event_cancel", views_bureau.event_cancel(turn.reader, found[0]), words=str(found[0].id))


def cancel_kept(turn: Turn, question: Question) -> Reply:
    return cancel(turn, int(question.words))


def cancel(turn: Turn, event_id: int) -> Reply:
    if turn.officer.role not in {"bureau", "administrator"}:
        return line(turn, "talk.bureau_only")
    held = next((event for event in events.list_events(turn.desk) if event.id == event_id), None)
    events.cancel_event(turn.desk, event_id, by=turn.officer, door=turn.incoming.channel)
    return _event_said(turn, "talk.event_cancelled", name=words.clean(held.name if held else ""))


def _event_said(turn: Turn, key: str, **values: str) -> Reply:
    return Reply((Message((turn.reader.say(key, **values), way_back(turn))),))


def press_cancel(turn: Turn, pressed: Press) -> Reply:
    return cancel(turn, pressed.number or 0)


def _registered(turn: Turn, name: str) -> list[EventRow]:
    held = events.list_events(turn.desk)
    exact = [event for event in held if event.name == name]
    return exact or [event for event in held if name and name in event.name]


def _which(turn: Turn, name: str, found: Sequence[EventRow]) -> Reply:
    if not found:
        return line(turn, "talk.event_none", name=words.clean(name))
    joined = turn.reader.say("list.joiner").join(
        f"{event.name} {dates.day(turn.reader, event.day)}" for event in found[:3]
    )
    return line(turn, "talk.event_which", known=joined)
