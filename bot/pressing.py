"""Pressed buttons. Their data is read as if a stranger had written it; rights are checked by the use case, now."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import get_args

from bot import admitting, filing, pausing, views_ask
from bot.acting import receive_these, report_one, together
from bot.briefing import show_decisions, show_next, show_unreachable
from bot.grammar_acts import read_amount
from bot.grammar_text import fold
from bot.handing import press_reroute
from bot.intents import SHELVES, Calendar, Help, Report, Show, SignIn, When
from bot.looking import calendar, explain, help_, link, show
from bot.ruling import press_grant_on, press_ruling, press_skip
from bot.spreading import nudge_late, press_audience, press_cancel, press_drop, press_nudge_all, press_send
from bot.subjects import in_reply, owed, unreceived
from bot.turn import Reply, Turn, line, say
from bot.wishing import press_day, press_extend, press_refuse
from storage.rows import DeliveryRow
from texts.buttons import Press, read
from texts.values import Message, PartView
from usecases import answer, live_notice, look

OnPart = Callable[[Turn, PartView, str], Reply]


def press(turn: Turn) -> Reply:
    """What the button says; a refusal for data that no button of ours carries."""
    pressed = read(turn.incoming.button)
    if pressed is None:
        return stale(turn)
    on_part = ON_PART.get(pressed.verb)
    if on_part is None:
        return _general(turn, pressed)
    if pressed.number is None:
        return stale(turn)
    part, said = look.by_id(turn.desk, turn.officer, pressed.number), turn.incoming
    notice = live_notice.at_message(turn.desk, said.channel, said.address, said.reply_to)
    if notice and (decided := _decided(turn, notice)):
        return decided
    reply = on_part(turn, part, pressed.words)
    enough = reply.toast_is_enough or bool(notice and reply.toast)
    return replace(reply, replaces=pressed.verb not in ASKING, toast_is_enough=enough)


def _decided(turn: Turn, notice: DeliveryRow) -> Reply | None:
    """What somebody decided before this press, who and when; None while it waits."""
    written = live_notice.written(turn.desk, notice)
    if written is None or written[1]:
        return None
    said = (*written[0].lines[:2], turn.reader.say("live.unchanged"))
    return Reply((Message(said),), toast=" · ".join(said), toast_is_enough=True)


def stale(turn: Turn) -> Reply:
    return replace(_toast(turn, "ask.stale"), toast_is_enough=False)


def _toast(turn: Turn, key: str) -> Reply:
    """One sentence of the catalogue over the pressed button."""
    said = line(turn, key)
    return Reply(said.messages, toast=said.messages[0].lines[0], toast_is_enough=True)


def _general(turn: Turn, pressed: Press) -> Reply:
    if pressed.verb in SHELVES:
        return show(turn, Show(SHELVES[pressed.verb], pressed.number or 1))
    handler = GENERAL.get(pressed.verb)
    return handler(turn, pressed) if handler else stale(turn)


def _dismiss(turn: Turn, _: Press) -> Reply:
    return replace(_toast(turn, "answer.dismissed"), replaces=True)


def _receive_all(turn: Turn) -> Reply:
    """Everything that the message shows; on the page, which has no messages, everything that waits."""
    parts = owed(turn) if turn.incoming.channel == "web" else in_reply(turn)
    if not parts:
        return stale(turn)
    return receive_these(turn, unreceived(parts)) if unreceived(parts) else _toast(turn, "ask.none_new")


def _report(turn: Turn, part: PartView, words: str) -> Reply:
    """The words came along with our own question, so that it is sure by now what they are about."""
    amount, unit = read_amount(fold(words).flat)
    return report_one(turn, part, Report((), words, amount, unit), sure=True)


def _snoozed(when: When) -> OnPart:
    return lambda turn, part, _: together(
        turn, [part], (), lambda one: answer.snooze(turn.desk, turn.act(), one.id, when)
    )


GENERAL: Mapping[str, Callable[[Turn, Press], Reply]] = {
    "receive_all": lambda turn, _: _receive_all(turn),
    "calendar": lambda turn, _: calendar(turn, Calendar()),
    "help": lambda turn, _: help_(turn, Help()),
    "sign_in": lambda turn, _: link(turn, SignIn()),
    "dismiss": _dismiss,
    "nudge_all": press_nudge_all,
    "nudge_late": lambda turn, _: nudge_late(turn),
    "decisions": lambda turn, _: show_decisions(turn),
    "decide_next": lambda turn, _: show_next(turn),
    "unreachable": lambda turn, _: show_unreachable(turn),
    "announce_send": press_send,
    "announce_drop": press_drop,
    "announce_to": press_audience,
    "pause_plan": partial(pausing.press, "pause"),
    "resume_plan": partial(pausing.press, "resume"),
    "event_cancel": press_cancel,
    "join_yes": admitting.press_yes,
    "join_no": admitting.press_no,
}
"""Buttons that are about no part."""
ASKING = frozenset({"snooze", "return", "why", "extend", "refuse", "decline", "reroute", "waive", "skip", "reopen"})
"""Buttons that lead to a question or an explanation, and leave what they stand under as it is."""
ON_PART: Mapping[str, OnPart] = {
    "receive": lambda turn, part, _: receive_these(turn, [part]),
    "report": _report,
    "snooze": lambda turn, part, _: say(views_ask.snooze(turn.reader, part), part),
    "undo": lambda turn, part, _: together(turn, [part], (), lambda one: answer.undo(turn.desk, turn.act(), one.id)),
    "verify": lambda turn, part, _: together(
        turn, [part], (), lambda one: answer.verify(turn.desk, turn.act(), one.id)
    ),
    "return": press_ruling("return"),
    "extend": press_extend,
    "extend_on": press_day,
    "refuse": press_refuse,
    "grant": press_ruling("grant"),
    "grant_on": press_grant_on,
    "decline": press_ruling("decline"),
    "waive": press_ruling("waive"),
    "skip": press_skip,
    "reopen": press_ruling("reopen"),
    "reroute": press_reroute,
    "nudge": press_ruling("nudge"),
    "why": lambda turn, part, _: explain(turn, part),
    "file": filing.chosen,
    "keep": filing.only_kept,
    **{f"snooze_{when}": _snoozed(when) for when in get_args(When)},
}
