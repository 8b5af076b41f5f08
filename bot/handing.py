"""Handing on: a part to a colleague, or by the bureau to another unit; and what the bureau enters for somebody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot import acting, views_wish, wishing
from bot.acting import together
from bot.grammar import parse
from bot.intents import Intent, Receive, Report, Snooze
from bot.intents_bureau import Behalf
from bot.intents_wishes import Extend, NotOurs, Transfer
from bot.ruling import by_code_anywhere
from bot.subjects import MOST, by_codes, in_reply
from bot.turn import Reply, Turn, ask, line
from bot.units import colleague, people_named, units_named
from storage.rows import Officer, Unit
from texts import words
from texts.values import Message, PartView
from usecases import look
from usecases.delegate import delegate
from usecases.reroute import reroute

AS_SOMEBODY: Mapping[type[Intent], Callable[[Turn, Any], Reply]] = {
    Receive: acting.receive,
    Report: acting.report,
    Snooze: acting.snooze,
    Extend: wishing.extend,
    NotOurs: wishing.not_ours,
}


def transfer(turn: Turn, meant: Transfer) -> Reply:
    person = None if meant.unit else colleague(turn, meant.to)
    if person is not None:
        return _to_colleague(turn, meant, person)
    units = units_named(turn, meant.to)
    if turn.officer.role != "bureau":
        if not units:
            return line(turn, "talk.no_colleague", name=words.clean(meant.to))
        code = meant.codes[0] if meant.codes else turn.reader.say("talk.code")
        return line(turn, "talk.transfer_unit", name=words.clean(meant.to), code=code)
    if len(units) != 1:
        return _which_unit(turn, meant.to, units)
    return _to_unit(turn, meant, units[0])


def _to_colleague(turn: Turn, meant: Transfer, person: Officer) -> Reply:
    found, refused = by_codes(turn, meant.codes) if meant.codes else (in_reply(turn), [])
    if not refused and (not found or (len(found) > 1 and not meant.codes)):
        return line(turn, "talk.transfer_which", name=words.clean(meant.to))
    return together(turn, found, refused, lambda part: delegate(turn.desk, turn.act(meant.words), part.id, person.id))


def _to_unit(turn: Turn, meant: Transfer, unit: Unit) -> Reply:
    if meant.unit:
        own = units_named(turn, meant.unit)
        if len(own) != 1:
            return _which_unit(turn, meant.unit, own)
        found = [look.of_unit_named(turn.desk, turn.officer, own[0].name, code) for code in meant.codes[:MOST]]
    elif meant.codes:
        found = by_code_anywhere(turn, meant.codes[0])
    else:
        found = in_reply(turn)
    if len(found) != 1 and not meant.unit:
        return line(turn, "talk.reroute_which", unit=words.clean(unit.short or unit.name))
    return together(turn, found, (), lambda part: reroute(turn.desk, turn.act(meant.words), part.id, unit.id))


def reroute_these(turn: Turn, parts: Sequence[PartView], said: str) -> Reply:
    """The answer to the question to which unit: its name, and perhaps a reason after it."""
    name, _, reason = said.strip(" ,，。.").replace("，", " ").replace(",", " ").partition(" ")
    units = units_named(turn, name.removeprefix("转给").removeprefix("转到").removeprefix("转").removeprefix("给"))
    if len(units) != 1:
        return ask(turn, "reroute", _which_unit(turn, name, units).messages[0], *parts)
    unit = units[0]
    return together(turn, parts, (), lambda part: reroute(turn.desk, turn.act(reason.strip()), part.id, unit.id))


def press_reroute(turn: Turn, part: PartView, _: str) -> Reply:
    return ask(turn, "reroute", views_wish.need(turn.reader, "reroute", [part]), part)


def _which_unit(turn: Turn, name: str, units: Sequence[Unit]) -> Reply:
    if not units:
        return line(turn, "talk.no_unit", name=words.clean(name))
    most = 4
    known = turn.reader.say("list.joiner").join(words.clean(unit.name) for unit in units[:most])
    return line(turn, "talk.which_unit", name=words.clean(name), known=known)


def behalf(turn: Turn, meant: Behalf) -> Reply:
    """Only the bureau, only for one person, only an act with its codes: both names are kept."""
    if turn.officer.role != "bureau":
        return line(turn, "talk.behalf_bureau")
    found = people_named(turn, meant.who)
    if len(found) != 1:
        return line(turn, "talk.behalf_who" if found else "talk.behalf_nobody", name=words.clean(meant.who))
    inner = parse(meant.words)
    handler = AS_SOMEBODY.get(type(inner))
    if handler is None or not getattr(inner, "codes", ()):
        return Reply((Message((turn.reader.say("ask.unclear"), turn.reader.say("talk.hint.behalf"))),))
    return handler(replace(turn, behalf=found[0]), inner)
