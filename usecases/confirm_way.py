"""Adding a way oneself: a code goes to the address first, and the way counts once its person has typed it here.

So nobody's reminders go to a mistyped address, and no stranger gets a person's links. The code is short because it is
good for a quarter of an hour and five tries; only its digest is kept, together with whom and what it is for.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from storage import tokens
from storage.rows import Officer, Token
from texts.reader import Reader
from texts.values import Message
from usecases.contacts import Way, add_way, check_address, shown
from usecases.deliver import say
from usecases.errors import BadWay, NoWayAsked, TooManyCodes, WrongCode
from usecases.office import Desk

KIND = "way"
LIFE = timedelta(minutes=15)
FIGURES = 6
TRIES = 5
MOST, WITHIN = 5, timedelta(hours=1)
"""Codes of one person: a stranger's mailbox is not filled from here."""


def ask_way(desk: Desk, officer: Officer, channel: str, address: str) -> str:
    """Send a code to the address, and gives the address as it will be kept; an earlier code is void.

    Raises BadWay, WayTaken, TooManyCodes.
    """
    if desk.office.channels is not None and channel not in desk.office.channels:
        raise BadWay("This office does not send through that channel.", channel=channel)
    place = check_address(desk, officer, channel, address)
    asked = tokens.live(desk.tx, KIND, officer.id)
    if _lately(desk, officer) >= MOST:
        raise TooManyCodes(f"At most {MOST} codes an hour; please wait.", most=MOST)
    for old in asked:
        tokens.change(desk.tx, old.id, revoked_at=desk.now)
    code = "".join(secrets.choice("0123456789") for _ in range(FIGURES))
    told = {"channel": channel, "address": place, "tries": 0}
    ends = desk.now + LIFE
    secret = _secret(officer, place, code)
    tokens.add(desk.tx, secret, kind=KIND, officer_id=officer.id, created_at=desk.now, expires_at=ends, options=told)
    reader = Reader(officer.language, desk.today, desk.office.zone)
    lines = (reader.say("ways.code", code=code), reader.say("ways.code_how", minutes=LIFE.seconds // 60))
    say(desk, Message(lines), officer_id=None, channel=channel, address=place)
    return place


def asked_way(desk: Desk, officer: Officer) -> str:
    """The address that a code was sent to and that still waits for it, as it may be seen; empty where none does."""
    waiting = _waiting(desk, officer)
    return shown(str(waiting.options["channel"]), str(waiting.options["address"])) if waiting else ""


def confirm_way(desk: Desk, officer: Officer, code: str) -> Way:
    """The code came back: the way stands behind the person's others. Raises NoWayAsked, WrongCode, WayTaken."""
    token = _waiting(desk, officer)
    if token is None:
        raise NoWayAsked("No code is waited for; ask for one first.")
    channel, place = str(token.options["channel"]), str(token.options["address"])
    if not secrets.compare_digest(tokens.digest(_secret(officer, place, _figures(code))), token.digest):
        tries = int(token.options["tries"]) + 1
        over = {"revoked_at": desk.now} if tries >= TRIES else {}
        tokens.change(desk.tx, token.id, options={**token.options, "tries": tries}, **over)
        raise WrongCode("That is not the code that was sent.", left=TRIES - tries)
    tokens.use_once(desk.tx, token.id, desk.now)
    return add_way(desk, officer, officer, channel, place)


def drop_asked(desk: Desk, officer: Officer) -> None:
    """Wait for no code any more."""
    for token in tokens.live(desk.tx, KIND, officer.id):
        tokens.change(desk.tx, token.id, revoked_at=desk.now)


def channels_to_add(desk: Desk) -> Sequence[str]:
    """What a person may add by an address, as far as this office sends through it."""
    held = desk.office.channels
    offered = ("mail", "notify") if desk.office.notify_services else ("mail",)
    return [channel for channel in offered if held is None or channel in held]


def _waiting(desk: Desk, officer: Officer) -> Token | None:
    held = tokens.live(desk.tx, KIND, officer.id)
    open_ones = [one for one in held if one.used_at is None and one.expires_at and one.expires_at > desk.now]
    return open_ones[-1] if open_ones else None


def _lately(desk: Desk, officer: Officer) -> int:
    return tokens.count_since(desk.tx, KIND, officer.id, desk.now - WITHIN)


def _secret(officer: Officer, place: str, code: str) -> str:
    return f"{KIND} {officer.id} {place} {code}"


def _figures(typed: str) -> str:
    """The figures in what was typed, full-width ones too."""
    return "".join(str(int(sign)) for sign in typed if sign.isdecimal())
