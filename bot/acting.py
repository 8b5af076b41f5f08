"""Acting on what was said: receive, report, undo, snooze. Where it is not clear which part is meant, one question."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from bot import views_ask
from bot.intents import NotDone, Receive, Report, Snooze, Undo, Unsure
from bot.subjects import MOST, by_codes, in_reply, owed, unreceived
from bot.turn import Reply, Turn, ask, line, say
from texts import answers, dates, words
from texts.values import Message, PartView
from usecases import answer
from usecases.answer import Answer
from usecases.errors import Refused
from usecases.undo_event import EventUndone, undo_event

TIMES = frozenset("次个场件期份篇轮批项起宗条家户") | {"time", "times", "piece", "pieces"}
"""How people count what is asked for so many times."""
Do = Callable[[PartView], Answer]


def receive(turn: Turn, meant: Receive) -> Reply:
    if meant.codes:
        return receive_these(turn, *by_codes(turn, meant.codes))
    shown = in_reply(turn)
    if shown:
        return receive_these(turn, unreceived(shown) or shown[:1])
    waiting = unreceived(owed(turn))
    if len(waiting) > 1:
        return say(views_ask.receive_all(turn.reader, waiting), *waiting[:MOST])
    return receive_these(turn, waiting) if waiting else line(turn, "ask.none_new")


def receive_these(turn: Turn, parts: Sequence[PartView], refused: Sequence[str] = ()) -> Reply:
    return together(turn, parts, refused, lambda part: answer.receive(turn.desk, turn.act(), part.id))


def report(turn: Turn, meant: Report) -> Reply:
    if meant.codes:
        return _report_codes(turn, meant)
    shown = in_reply(turn)
    if len(shown) == 1:
        return report_one(turn, shown[0], meant)
    pool = [part for part in shown if words.is_open(part)] if shown else owed(turn)
    if not pool:
        return line(turn, "ask.none_open")
    view = views_ask.which(turn.reader, "report", pool, meant.words)
    return ask(turn, "report", view, *pool[:MOST], words=meant.words)


def report_one(turn: Turn, part: PartView, meant: Report, *, sure: bool = False) -> Reply:
    """Report one part; an amount in a measure that is not the duty's is asked about unless `sure`."""
    amount = meant.amount if sure and words.counts(part) else _amount(part, meant)
    if meant.amount is not None and amount is None and part.unit_of_measure and words.is_open(part):
        view = views_ask.amount(turn.reader, part, words.number(meant.amount), meant.words)
        return ask(turn, "report", view, part, words=meant.words)
    return together(
        turn, [part], (), lambda one: answer.report(turn.desk, turn.act(meant.words), one.id, amount=amount)
    )


def _report_codes(turn: Turn, meant: Report) -> Reply:
    found, refused = by_codes(turn, meant.codes)
    if len(found) == 1 and not refused:
        return report_one(turn, found[0], meant)
    return together(turn, found, refused, lambda part: answer.report(turn.desk, turn.act(meant.words), part.id))


def unsure(turn: Turn, meant: Unsure) -> Reply:
    """It looks like an act and may be none: asked, with what was typed kept in the buttons."""
    found, refused = by_codes(turn, meant.codes) if meant.codes else (in_reply(turn) or owed(turn), [])
    first = found[0] if found else None
    if (
        first
        and meant.act == "report"
        and len(meant.codes) > 1
        and words.counts(first)
        and first.code == meant.codes[0]
    ):
        figure = str(meant.codes[1])
        said = figure + words.measure(turn.reader, first)
        return ask(turn, "report", views_ask.amount(turn.reader, first, figure, said), first, words=said)
    pool = unreceived(found) if meant.act == "receive" else [part for part in found if words.is_open(part)]
    if not pool:
        return Reply((Message(tuple(refused)),)) if refused else line(turn, "ask.none_open")
    note = meant.words if meant.act == "report" else ""
    return ask(turn, meant.act, views_ask.which(turn.reader, meant.act, pool, note), *pool[:MOST], words=note)


def not_done(turn: Turn, meant: NotDone) -> Reply:
    """Nothing was reported, and how to do it once it is."""
    parts = by_codes(turn, meant.codes)[0] if meant.codes else in_reply(turn)
    if len(parts) != 1:
        return line(turn, "ask.not_done_plain")
    return say(Message((turn.reader.say("ask.not_done", code=parts[0].code),)), parts[0])


def undo(turn: Turn, meant: Undo) -> Reply:
    if meant.code is None:
        back = undo_event(turn.desk, turn.act())
        return _event_back(turn, back) if back else _said(turn, answer.undo(turn.desk, turn.act()))
    found, refused = by_codes(turn, [meant.code])
    return together(turn, found, refused, lambda part: answer.undo(turn.desk, turn.act(), part.id))


def _event_back(turn: Turn, back: EventUndone) -> Reply:
    said = {"name": words.clean(back.name), "day": dates.day(turn.reader, back.day), "parts": back.parts}
    return line(turn, f"answer.event_back.{back.verb}", **said)


def snooze(turn: Turn, meant: Snooze) -> Reply:
    found, refused = by_codes(turn, meant.codes) if meant.codes else (in_reply(turn), [])
    if refused or len(found) > 1:
        when = meant.when
        if meant.codes and when:
            return together(turn, found, refused, lambda part: answer.snooze(turn.desk, turn.act(), part.id, when))
        return line(turn, "ask.snooze_which", code=found[0].code if found else meant.codes[0])
    if not found:
        near = owed(turn)
        return line(turn, "ask.snooze_which", code=near[0].code) if near else line(turn, "ask.none_open")
    if meant.when is None:
        return say(views_ask.snooze(turn.reader, found[0]), found[0])
    return _said(turn, answer.snooze(turn.desk, turn.act(), found[0].id, meant.when))


def together(turn: Turn, parts: Sequence[PartView], refused: Sequence[str], do: Do) -> Reply:
    """Do the same to several parts: what can be done is done, what cannot is named."""
    acts, failed = [], list(refused)
    for part in parts:
        try:
            acts.append(do(part))
        except Refused as error:
            failed.append(answers.refusal(turn.reader, error))
    if len(acts) == 1 and not failed:
        return _said(turn, acts[0])
    message = answers.done_many(turn.reader, acts, list(dict.fromkeys(failed)))
    return Reply((message,), toast=message.lines[0], parts=tuple(act.part.id for act in acts))


def _said(turn: Turn, act: Answer) -> Reply:
    """What one act led to. Over a pressed button a toast is enough where the card changes by itself, or nothing did."""
    brief = act.repeated or act.verb in {"receive", "snooze"}
    toast = answers.toast(turn.reader, act)
    return Reply((answers.done(turn.reader, act),), toast=toast, parts=(act.part.id,), toast_is_enough=brief)


def _amount(part: PartView, meant: Report) -> Decimal | None:
    """The amount typed, where it is of what the duty counts."""
    if part.unit_of_measure:
        return meant.amount if meant.unit in {part.unit_of_measure, f"个{part.unit_of_measure}"} else None
    return meant.amount if words.counts(part) and meant.unit in TIMES else None
