"""Questions that were asked: the next message of that person in that chat answers them, without a quotation.

A question lives for fifteen minutes and for one answer. Something else, clearly said, drops it; good manners, a sticker
or a question back do not. What a person may do is read anew when the answer comes.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot import admitting, handing, pausing, ruling, spreading, wishing
from bot.acting import receive_these, report_one
from bot.grammar_acts import read_amount
from bot.grammar_text import fold
from bot.intents import Courtesy, Intent, Look, NotDone, Nothing, Plain, Report, Unsure
from bot.intents_bureau import ORDERS, Confirm, Decide
from bot.intents_wishes import Extend, Hint, NotOurs, Transfer
from bot.subjects import in_reply
from bot.turn import Incoming, Reply, Turn, line
from bot.vocabulary import WORDS
from storage import people, questions
from storage.rows import Officer, Question
from texts.values import Message, PartView
from usecases import look
from usecases.errors import Refused
from usecases.office import Desk

LIFE = timedelta(minutes=15)
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_ORDINAL = re.compile("第?(?P<n>[一二三四五六1-6])[个件项]?$")
_QUESTION = re.compile("[?]|[吗么呢嘛][ ,.。!]*$|^(?:怎么|如何|为什么|为何|什么|请问|能不能|可不可以|可以)")
_SIGNS = re.compile("[^0-9a-z一-龥]+")
FREE = (Plain, NotDone, Unsure, Hint, Extend, NotOurs, Transfer, Decide, Look)
"""What an answer in free words may look like, as long as it names no other part."""
Free = Callable[[Turn, Sequence[PartView], str], Reply]
Chosen = Callable[[Turn, PartView, str], Reply]


def _report(turn: Turn, part: PartView, words: str) -> Reply:
    amount, unit = read_amount(fold(words).flat)
    return report_one(turn, part, Report((), words, amount, unit), sure=True)


CONFIRMED: Mapping[str, Chosen] = {
    "receive": lambda turn, part, _: receive_these(turn, [part]),
    "report": _report,
    "extend?": lambda turn, part, words: wishing.extend_these(turn, [part], words),
    "extend#": lambda turn, part, words: wishing.extend_these(turn, [part], words),
    "refuse#": lambda turn, part, words: wishing.refuse_these(turn, [part], words),
    "skip?": ruling.skip_now,
    **{f"{order}#": ruling.press_kept(order) for order in ORDERS},
}
"""Is it this one? Which of these?"""
WHOLE: Mapping[str, Callable[[Turn, Question], Reply]] = {
    "nudge": spreading.nudge_kept,
    "announce": spreading.send_kept,
    "event_cancel": spreading.cancel_kept,
}
"""Shall it go out?"""
ANSWERED: Mapping[str, Free] = {
    "extend": lambda turn, parts, said: wishing.extend_these(turn, parts, _joined(turn, said)),
    "refuse": lambda turn, parts, said: wishing.refuse_these(turn, parts, _joined(turn, said)),
    admitting.ASKS: admitting.reason_given,
    "reroute": handing.reroute_these,
    "pause": lambda turn, _, said: pausing.pause_until(turn, _joined(turn, said)),
    "pause_plan": pausing.go_on,
    "pause_which": lambda turn, _, said: pausing.choose("pause", turn, said),
    "resume_which": lambda turn, _, said: pausing.choose("resume", turn, said),
    "announce_to": lambda turn, _, said: spreading.choose_audience(turn, said),
    **{order: ruling.answered(order) for order in ("return", "decline", "waive", "skip", "reopen", "grant")},
}
"""When, why, to whom?"""
CHOICES = frozenset({"pause_which", "resume_which", "announce_to"})
"""A bare number answers these with a place in the list, not with a code."""


def take_question(desk: Desk, officer: Officer, incoming: Incoming) -> Question | None:
    """The question this chat was asked, whatever its age; from now on it is answered or gone."""
    found = questions.open_in(desk.tx, incoming.channel, incoming.address, officer.id, _EVER)
    if found is not None:
        questions.drop(desk.tx, incoming.channel, incoming.address, officer.id)
    return found


def fresh(turn: Turn) -> Turn:
    """Without a question that is too old."""
    question = turn.question
    old = question is not None and turn.desk.now - question.asked_at > LIFE
    return replace(turn, question=None) if old else turn


def answered(turn: Turn, meant: Intent) -> Reply | None:
    """What the answer to the question leads to; None where this is no answer to it."""
    question = turn.question
    if question is None:
        return None
    if turn.desk.now - question.asked_at > LIFE:
        return line(turn, "talk.expired") if isinstance(meant, Plain | NotDone) and not turn.incoming.reply_to else None
    turn, asks = _as_asked(turn, question)
    parts = _parts(turn, question)
    return None if parts is None else _answered(turn, question, asks, (parts, meant))


def _answered(turn: Turn, question: Question, asks: str, heard: tuple[list[PartView], Intent]) -> Reply | None:
    parts, meant = heard
    word = fold(turn.incoming.text).word()
    if word in WORDS["no"]:
        return line(turn, "talk.cancelled")
    if asks in WHOLE:
        return WHOLE[asks](turn, question) if word in WORDS["yes"] or isinstance(meant, Confirm) else None
    if chosen := _chosen(asks, parts, word, meant):
        return CONFIRMED[asks](turn, chosen, question.words)
    return _free(turn, asks, parts, meant)


def _free(turn: Turn, asks: str, parts: Sequence[PartView], meant: Intent) -> Reply | None:
    flat = fold(turn.incoming.text).flat
    idle = isinstance(meant, Nothing | Courtesy) or _SIGNS.sub("", flat) in WORDS["filler"]
    if asks not in ANSWERED:
        return _again(turn) if idle else None
    if idle or (isinstance(meant, Plain | Hint | NotDone) and _QUESTION.search(flat)):
        return _again(turn)
    if not isinstance(meant, FREE) or _names_codes(meant) or _another(asks, meant):
        return None
    said = meant.words if isinstance(meant, Extend | Decide | NotOurs) and meant.words else turn.incoming.text.strip()
    return ANSWERED[asks](turn, parts, said)


def _names_codes(meant: Intent) -> bool:
    return bool(getattr(meant, "codes", None))


def _another(asks: str, meant: Intent) -> bool:
    """Whether it is clearly another act than the one asked about."""
    if isinstance(meant, Decide):
        return meant.order != asks or bool(meant.unit)
    if isinstance(meant, Look) and asks in CHOICES:
        return False
    own = {Extend: "extend", NotOurs: "refuse", Transfer: "reroute", Look: "extend"}
    return type(meant) in own and asks != own[type(meant)] and not (isinstance(meant, NotOurs) and asks != "extend")


def _again(turn: Turn) -> Reply:
    """Still waiting: the question stays as it was."""
    if (asked := turn.question) is not None:
        questions.ask(
            turn.desk.tx,
            channel=asked.channel,
            address=asked.address,
            officer_id=asked.officer_id,
            asks=asked.asks,
            part_ids=asked.part_ids,
            words=asked.words,
            asked_at=asked.asked_at,
        )
    return Reply((Message((turn.reader.say("talk.waiting"), turn.reader.say("talk.waiting_how"))),))


def _chosen(asks: str, parts: Sequence[PartView], word: str, meant: Intent) -> PartView | None:
    """The part that was confirmed, or named by its code or its place in the list."""
    if asks not in CONFIRMED:
        return None
    if len(parts) == 1 and word in WORDS["yes"]:
        return parts[0]
    if isinstance(meant, Look):
        named = [part for part in parts if part.code == meant.code]
        if len(named) == 1:
            return named[0]
    place = _ORDINAL.match(word)
    if place is None or not word.startswith("第"):
        return None
    n = "一二三四五六".find(place["n"]) + 1 or int(place["n"])
    return parts[n - 1] if 0 < n <= len(parts) else None


def _as_asked(turn: Turn, question: Question) -> tuple[Turn, str]:
    asks, _, behalf = question.asks.partition("@")
    who = people.officer_by_id(turn.desk.tx, int(behalf)) if behalf else None
    return (replace(turn, behalf=who) if who else turn), asks


def _parts(turn: Turn, question: Question) -> list[PartView] | None:
    """The parts it was about, as they stand now; None where the message replied to is about others."""
    found = []
    for part_id in question.part_ids:
        try:
            found.append(look.by_id(turn.desk, turn.officer, part_id))
        except Refused:
            continue
    shown = in_reply(turn)
    if shown and not {part.id for part in shown} & set(question.part_ids):
        return None
    return found if found or not question.part_ids else None


def _joined(turn: Turn, said: str) -> str:
    """What was said before the question, and now."""
    before = turn.question.words if turn.question else ""
    return f"{before} {said}".strip()
