"""People we do not know, and how they become known: a one-time code binds a chat to a person."""

from bot.admitting import asks_to_join, take_request
from bot.grammar import parse
from bot.intents import Start
from bot.turn import Incoming, Reply
from storage import people
from storage.rows import Officer
from texts import answers
from texts.buttons import button
from texts.reader import Reader
from texts.values import Button, Message
from usecases import enroll, look
from usecases.errors import Refused
from usecases.office import Desk

LANGUAGE = "zh"
WHAT = {"head": "welcome.what_head", "bureau": "welcome.what_bureau"}


def answer_stranger(desk: Desk, incoming: Incoming) -> Reply:
    """A code binds; a request to join is kept where the office takes them; anything else gets a neutral line."""
    meant = parse(incoming.text)
    if isinstance(meant, Start) and meant.code:
        return bind(desk, incoming, meant.code, LANGUAGE)
    reader = Reader(LANGUAGE, desk.today, desk.office.zone)
    if desk.office.join_requests and not incoming.button and (named := asks_to_join(incoming.text)):
        try:
            return take_request(desk, incoming, reader, *named)
        except Refused as error:
            return Reply((Message((answers.refusal(reader, error),)),))
    said = reader.say("stranger")
    more = (reader.say("joining.how_stranger"),) if desk.office.join_requests else ()
    return Reply((Message((said, *more)),), toast=said)


def bind(desk: Desk, incoming: Incoming, code: str, language: str) -> Reply:
    """Spend the code; a bad one is refused with the same words, whatever is wrong with it."""
    try:
        officer = enroll.bind(desk, code, incoming.channel, incoming.address)
    except Refused as error:
        return Reply((Message((answers.refusal(Reader(language, desk.today, desk.office.zone), error),)),))
    return welcome(desk, officer, "welcome.headline")


def welcome(desk: Desk, officer: Officer, headline: str) -> Reply:
    """Which unit the chat speaks for, what will come, and what is open now."""
    reader = Reader(officer.language, desk.today, desk.office.zone)
    n = len(look.open_parts(desk, officer))
    said = reader.say("welcome.open", n=n) if n else reader.say("welcome.none")
    unit = people.unit_by_id(desk.tx, officer.unit_id)
    what = reader.say(WHAT.get(officer.role, "welcome.what"))
    lines = (reader.say(headline, unit=unit.name if unit else ""), what, said)
    return Reply((Message(lines, (_first_buttons(reader, officer),)),))


def _first_buttons(reader: Reader, officer: Officer) -> tuple[Button, ...]:
    verbs = ("to_verify", "sign_in") if officer.role == "bureau" else ("today", "list", "calendar")
    return tuple(button(reader, verb) for verb in verbs)
