"""The conversation engine: a person says or presses something, the use cases act, and plain values are answered.

One engine for every channel. It works inside the desk's transaction, so that the effect of a message and the note that
it was handled are one. A refusal changes nothing and is answered like anything else.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot import (
    acting,
    admitting,
    briefing,
    deciding,
    handing,
    intents,
    intents_bureau,
    intents_wishes,
    keeping,
    looking,
    pausing,
    ruling,
    spreading,
    wishing,
)
from bot.filing import with_files
from bot.grammar import parse
from bot.intents import Intent, Nothing, Plain, Start
from bot.plain_words import plain
from bot.pressing import press
from bot.questions import answered, fresh, take_question
from bot.strangers import answer_stranger, bind, welcome
from bot.turn import Incoming, Reply, Turn, line
from schedules.errors import RuqiError
from storage.rows import Officer
from texts import answers
from texts.values import Message
from usecases.office import Desk

__all__ = ["Incoming", "Reply", "respond"]


def respond(desk: Desk, officer: Officer | None, incoming: Incoming) -> Reply:
    """Do what is asked and say what came of it. `officer` None: nobody is bound to this chat."""
    if officer is None:
        return answer_stranger(desk, incoming)
    question = None if incoming.files else take_question(desk, officer, incoming)
    turn = Turn(desk, officer, incoming, question=question)
    try:
        if incoming.files and not incoming.button:
            return with_files(turn, lambda: _understand(turn, parse(incoming.text)))
        return press(fresh(turn)) if incoming.button else _understand(turn, parse(incoming.text))
    except RuqiError as error:
        said = answers.refusal(turn.reader, error)
        return Reply((Message((said,)),), toast=said if incoming.button else "")


def _understand(turn: Turn, meant: Intent) -> Reply:
    return answered(turn, meant) or HANDLERS[type(meant)](turn, meant)


def _start(turn: Turn, meant: Start) -> Reply:
    """A code binds this chat anew; without one the chat is bound already."""
    if meant.code:
        return bind(turn.desk, turn.incoming, meant.code, turn.officer.language)
    return welcome(turn.desk, turn.officer, "welcome.again")


def _nothing(turn: Turn, _: Nothing) -> Reply:
    """A sticker, a place, an empty text."""
    return line(turn, "ask.unclear_how")


Handler = Callable[[Turn, Any], Reply]
HANDLERS: Mapping[type[Intent], Handler] = {
    intents.Receive: acting.receive,
    intents.Report: acting.report,
    intents.Unsure: acting.unsure,
    intents.NotDone: acting.not_done,
    intents.Undo: acting.undo,
    intents.Snooze: acting.snooze,
    intents_wishes.Extend: wishing.extend,
    intents_wishes.NotOurs: wishing.not_ours,
    intents_wishes.Transfer: handing.transfer,
    intents_wishes.TakeLeave: keeping.leave,
    intents_wishes.EndLeave: keeping.back,
    intents_wishes.DigestTime: keeping.digest_time,
    intents_wishes.TryOut: keeping.try_out,
    intents_wishes.Hint: keeping.hint,
    intents_bureau.Decide: ruling.decide,
    intents_bureau.Behalf: handing.behalf,
    intents_bureau.Admit: admitting.admit,
    intents_bureau.NudgeLate: spreading.nudge_late,
    intents_bureau.Announce: spreading.announce_,
    intents_bureau.Confirm: spreading.confirm,
    intents_bureau.MoveEvent: spreading.move_event,
    intents_bureau.CancelEvent: spreading.cancel_event,
    intents_bureau.Pause: pausing.pause,
    intents_bureau.Resume: pausing.resume,
    intents_bureau.Brief: briefing.brief,
    intents.Event: deciding.event,
    intents.Show: looking.show,
    intents.Look: looking.look_at,
    intents.Why: looking.why,
    intents.Help: looking.help_,
    intents.Calendar: looking.calendar,
    intents.SignIn: looking.link,
    intents.Language: looking.language,
    intents.Courtesy: lambda turn, meant: line(turn, f"courtesy.{meant.kind}"),
    Plain: plain,
    Start: _start,
    Nothing: _nothing,
}
