"""Wishes of a unit: more time, and "not ours". What is missing is asked for once, and what was said is kept."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot import views_wish
from bot.acting import together
from bot.days import is_reason, read_wish
from bot.intents_wishes import Extend, NotOurs
from bot.subjects import MOST, by_codes, in_reply, owed
from bot.turn import Reply, Turn, ask, line
from schedules.phrases import Ambiguous, Past, take_day
from texts import words
from texts.values import Message, PartView
from usecases.extend import ask_extension
from usecases.refuse import refuse


def extend(turn: Turn, meant: Extend) -> Reply:
    found, refused = about(turn, meant.codes)
    if refused:
        return Reply((Message(tuple(refused)),))
    if not found:
        return line(turn, "ask.none_open")
    if _unclear(turn, meant.codes, found):
        return ask(turn, "extend#", views_wish.which(turn.reader, "extend", found), *found[:MOST], words=meant.words)
    return extend_these(turn, found, meant.words, sure=meant.sure)


def extend_these(turn: Turn, parts: Sequence[PartView], said: str, *, sure: bool = True) -> Reply:
    """Ask for more time for these, with the day and the reason in `said`; or ask back for what it does not tell."""
    reader, first = turn.reader, parts[0]
    wish = read_wish(said, turn.desk.today, turn.desk.calendar)
    reason = wish.reason if is_reason(wish.reason) else ""
    day = wish.day
    if wish.length:
        day, sure = take_day(wish.length, first.due, turn.desk.calendar)[0], False
    if isinstance(day, Ambiguous):
        return _which_day(turn, parts, day, reason)
    if not isinstance(day, date) or day <= max(first.due, turn.desk.today - timedelta(days=1)):
        return ask(turn, "extend", _need_day(turn, parts, day, reason), *parts, words=reason)
    kept = f"{day} {reason}".strip()
    if not sure:
        return ask(
            turn, "extend?", views_wish.confirm_day(reader, "extend_on", first, [day], reason), *parts, words=kept
        )
    if not reason:
        return ask(turn, "extend", views_wish.need_reason(reader, first, day), *parts, words=kept)
    return together(turn, parts, (), lambda part: ask_extension(turn.desk, turn.act(reason), part.id, day))


def _which_day(turn: Turn, parts: Sequence[PartView], day: Ambiguous, reason: str) -> Reply:
    """The days that may be meant, as far as they come after the due date."""
    first = parts[0]
    later = [one for one in day.choices if one > max(first.due, turn.desk.today)]
    if not later:
        return ask(turn, "extend", _need_day(turn, parts, day.choices[-1], reason), *parts, words=reason)
    view = views_wish.confirm_day(turn.reader, "extend_on", first, later, reason)
    kept = f"{later[0]} {reason}".strip() if len(later) == 1 else reason
    return ask(turn, "extend?" if len(later) == 1 else "extend", view, *parts, words=kept)


def _need_day(turn: Turn, parts: Sequence[PartView], day: date | Past | None, reason: str) -> Message:
    """No day that can be: none at all, one that is over, or one that is no later than the due date."""
    if day is None and not reason:
        return views_wish.need(turn.reader, "extend", parts)
    return views_wish.need_day(turn.reader, parts[0], day.day if isinstance(day, Past) else day)


def press_extend(turn: Turn, part: PartView, _: str) -> Reply:
    """The button under a reminder asks for day and reason; under our question it chooses the duty."""
    return extend_these(turn, [part], kept(turn, "extend", part))


def press_day(turn: Turn, part: PartView, figures: str) -> Reply:
    """A day chosen under our question; the reason was kept with it."""
    day = _from_figures(figures)
    if day is None:
        return line(turn, "ask.stale")
    reason = read_wish(kept(turn, "extend", part), turn.desk.today, turn.desk.calendar).reason
    return extend_these(turn, [part], f"{day} {reason}")


def not_ours(turn: Turn, meant: NotOurs) -> Reply:
    found, refused = about(turn, meant.codes)
    if refused:
        return Reply((Message(tuple(refused)),))
    if not found:
        return line(turn, "ask.none_open")
    if _unclear(turn, meant.codes, found) or not meant.sure:
        return ask(turn, "refuse#", views_wish.which(turn.reader, "refuse", found), *found[:MOST], words=meant.words)
    return refuse_these(turn, found, meant.words, to=meant.to)


def refuse_these(turn: Turn, parts: Sequence[PartView], reason: str, *, to: str = "") -> Reply:
    if not is_reason(reason):
        return ask(turn, "refuse", views_wish.need(turn.reader, "refuse", parts), *parts)
    return together(turn, parts, (), lambda part: refuse(turn.desk, turn.act(reason), part.id, to=to))


def press_refuse(turn: Turn, part: PartView, _: str) -> Reply:
    return refuse_these(turn, [part], kept(turn, "refuse", part))


def kept(turn: Turn, asks: str, part: PartView) -> str:
    """What was said before our question, if it was about this part."""
    question = turn.question
    same = question and question.asks.partition("@")[0].rstrip("?#") == asks and part.id in question.part_ids
    return question.words if question and same else ""


def about(turn: Turn, codes: Sequence[int]) -> tuple[list[PartView], list[str]]:
    """The parts a wish is about: by codes, by the message replied to, or all that the unit still owes."""
    if codes:
        return by_codes(turn, codes)
    shown = in_reply(turn)
    return [part for part in shown if words.is_open(part)] or shown or owed(turn), []


def _unclear(turn: Turn, codes: Sequence[int], found: Sequence[PartView]) -> bool:
    """Without codes only a message that shows a single part says which one is meant."""
    return not codes and (len(found) > 1 or not in_reply(turn))


def _from_figures(figures: str) -> date | None:
    try:
        return datetime.strptime(figures, "%Y%m%d").date()  # noqa: DTZ007 a day has no zone
    except ValueError:
        return None
