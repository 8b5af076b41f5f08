"""Plain words: 案卷评查做完了. Matched with what the unit still owes, and always asked before anything is done."""

from bot import views_ask
from bot.intents import Plain
from bot.matching import match
from bot.subjects import MOST, in_reply, owed, unreceived
from bot.turn import Reply, Turn, ask, say
from texts import words
from texts.values import Message


def plain(turn: Turn, meant: Plain) -> Reply:
    shown = in_reply(turn)
    if meant.claims:
        return _claimed(turn, meant) or unclear(turn)
    found = shown or match(meant.words, owed(turn))
    if len(found) == 1 and words.is_open(found[0]):
        return say(views_ask.which_act(turn.reader, found[0]), found[0])
    if len(shown) == 1 and shown[0].state == "reported" and turn.officer.role == "bureau":
        return say(views_ask.decide_one(turn.reader, shown[0]), shown[0])
    return unclear(turn)


def _claimed(turn: Turn, meant: Plain) -> Reply | None:
    """The question whether it is this part, or which of several; None where nothing fits."""
    shown = [part for part in in_reply(turn) if words.is_open(part)]
    pool = shown or owed(turn)
    found = match(meant.words, pool) or shown
    if meant.claims == "receive":
        found = unreceived(found)
    if not found or not meant.claims:
        return None
    note = meant.words if meant.claims == "report" else ""
    view = views_ask.which(turn.reader, meant.claims, found, note)
    return ask(turn, meant.claims, view, *found[:MOST], words=note)


def unclear(turn: Turn) -> Reply:
    """Nothing was changed, and how to say it."""
    return Reply((Message((turn.reader.say("ask.unclear"), turn.reader.say("ask.unclear_how"))),))
