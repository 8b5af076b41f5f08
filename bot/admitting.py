"""Requests to join, in a chat: a stranger asks, and whoever decides says yes with a unit or no with a reason."""

import re
from collections.abc import Sequence

from bot.grammar_text import fold
from bot.intents_bureau import Admit
from bot.turn import Incoming, Reply, Turn, ask, line
from bot.units import units_named
from texts import dates, joining, words
from texts.buttons import Press
from texts.reader import Reader
from texts.values import Message, PartView
from usecases import admit as deciding
from usecases.admit import Admitted
from usecases.ask_to_join import PAGE, JoiningUnclear, ask_to_join
from usecases.joining import lapses_on, waiting_for
from usecases.office import Desk

ASKS = "join_no"
MOST = 5
_WORDS = re.compile("(?:我要|我想)?(?:申请|请求)(?:加入|绑定|入网)|(?:apply to |ask to )?join(?= |$)")
_MARKS = re.compile(r"[ ,:;、/|]+")


def asks_to_join(text: str) -> tuple[str, str] | None:
    """(unit, name) of 申请加入 教育局 张敏; empty where they are not told apart; None for anything else."""
    said = fold(text)
    verb = _WORDS.match(said.flat)
    if verb is None:
        return None
    named = [word for word in _MARKS.split(said.typed[verb.end() :].replace("，", " ").replace("：", " ")) if word]
    if len(named) < 2:  # noqa: PLR2004 a unit and a name
        return "", ""
    return " ".join(named[:-1]), named[-1]


def take_request(desk: Desk, incoming: Incoming, reader: Reader, unit: str, name: str) -> Reply:
    """The same words whatever was named: only what is missing is told."""
    if not unit:
        raise JoiningUnclear
    place = {"channel": incoming.channel, "address": incoming.address}
    made, fresh = ask_to_join(desk, unit_said=unit, name=name, **place)
    if not fresh:
        return Reply((joining.told(reader, "waiting"),))
    return Reply((joining.told(reader, "received", day=dates.day(reader, lapses_on(desk, made))),))


def admit(turn: Turn, meant: Admit) -> Reply:
    """同意加入 3 教育局, 不同意加入 3 原因; without a number the list."""
    if meant.number is None:
        return show_joinings(turn)
    if not meant.yes:
        return _decline(turn, meant.number, meant.words)
    if not meant.words:
        return _admitted(turn, deciding.admit(turn.desk, turn.act(), meant.number))
    units = units_named(turn, meant.words)
    if len(units) != 1:
        key = "talk.which_unit" if units else "talk.no_unit"
        known = turn.reader.say("list.joiner").join(words.clean(unit.name) for unit in units[:4])
        return line(turn, key, name=words.clean(meant.words), **({"known": known} if units else {}))
    return _admitted(turn, deciding.admit(turn.desk, turn.act(), meant.number, units[0].id))


def show_joinings(turn: Turn) -> Reply:
    """The oldest that waits with its buttons, the others in a line each."""
    found = waiting_for(turn.desk, turn.officer)
    if not found:
        return line(turn, "joining.none")
    first, *others = found
    shown = joining.asked(turn.reader, first.id, first.unit_said, first.name, first.channel)
    if first.channel == turn.incoming.channel == PAGE:
        shown = joining.with_reach(turn.reader, shown, first.address, first.note)
    lines = [joining.line(turn.reader, one.id, one.unit_said, one.name) for one in others[: MOST - 1]]
    return Reply((Message((*shown.lines, *lines), shown.buttons),))


def press_yes(turn: Turn, pressed: Press) -> Reply:
    return _admitted(turn, deciding.admit(turn.desk, turn.act(), pressed.number or 0))


def press_no(turn: Turn, pressed: Press) -> Reply:
    return _decline(turn, pressed.number or 0, "")


def reason_given(turn: Turn, _: Sequence[PartView], said: str) -> Reply:
    """The answer to the question for the reason."""
    number = turn.question.words if turn.question else ""
    return _decline(turn, int(number) if number.isdecimal() else 0, said)


def _decline(turn: Turn, number: int, reason: str) -> Reply:
    if not reason.strip():
        deciding.check(turn.desk, turn.act(), number)
        need = Message((turn.reader.say("joining.need_reason"),))
        return ask(turn, ASKS, need, words=str(number))
    done = deciding.turn_away(turn.desk, turn.act(reason), number)
    if done.repeated:
        return line(turn, "joining.decided_before", number=number)
    return line(turn, "joining.turned_away_page" if done.by_hand else "joining.turned_away", number=number)


def _admitted(turn: Turn, done: Admitted) -> Reply:
    if done.repeated:
        return line(turn, "joining.decided_before", number=done.asked.id)
    if done.by_hand:
        return _hand_over(turn, done)
    key = "joining.admitted_known" if done.known else "joining.admitted"
    return line(turn, key, name=words.clean(done.asked.name), unit=words.clean(done.unit))


def _hand_over(turn: Turn, done: Admitted) -> Reply:
    """The invitation for who asked on the page; how to reach them is said only on our own pages."""
    say, asked = turn.reader.say, done.asked
    code = deciding.invitation(turn.desk, turn.act(), done)
    elsewhere = "joining.reach_elsewhere" if turn.officer.role == "head" else "joining.reach_inside"
    reach = "joining.reach" if turn.incoming.channel == PAGE else elsewhere
    lines = (
        say("joining.admitted_page", name=words.clean(asked.name), unit=words.clean(done.unit)),
        say("joining.hand_over", code=code, days=turn.desk.office.invite_life.days),
        say(reach, reach=words.clean(asked.address, joining.LONG)),
    )
    return Reply((Message(lines),))
