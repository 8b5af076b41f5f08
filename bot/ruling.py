"""Rulings of the bureau about a unit's part: whose, which, why; several at once where no reason is needed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from bot import spreading, views_ask, views_bureau, views_wish
from bot.acting import together
from bot.days import is_reason, read_wish
from bot.intents_bureau import Decide, Order
from bot.looking import to_verify
from bot.subjects import MOST, in_reply
from bot.turn import Reply, Turn, ask, line
from bot.units import units_named
from bot.wishing import kept
from schedules.phrases import Ambiguous, Past
from texts import answers, words
from texts.values import PartView
from usecases import answer, look
from usecases.answer import Act, Answer
from usecases.errors import NotAllowed
from usecases.extend import decline, grant
from usecases.office import Desk
from usecases.reopen import reopen
from usecases.waive import skip, waive

Do = Callable[[Desk, Act, int], Answer]
WITH_REASON: Mapping[str, Do] = {"return": answer.return_, "decline": decline, "waive": waive, "reopen": reopen}
"""What the bureau may do to one part; each wants a reason."""
ENDED = frozenset({"verified", "waived", "lapsed", "refused", "reported"})
FITS: Mapping[str, Callable[[PartView], bool]] = {
    "verify": lambda part: part.state == "reported",
    "return": lambda part: part.state == "reported",
    "grant": lambda part: part.asked_due is not None,
    "decline": lambda part: part.asked_due is not None,
    "reopen": lambda part: part.state in ENDED,
    "waive": lambda part: words.is_open(part) or part.state == "refused",
    "skip": lambda part: words.is_open(part) or part.state == "refused",
    "nudge": words.is_open,
}
"""Which parts an order without a unit's name can be about."""


def decide(turn: Turn, meant: Decide) -> Reply:
    found = targets(turn, meant)
    if isinstance(found, Reply):
        return found
    return rule(turn, meant.order, found, meant.words)


def rule(turn: Turn, order: Order, parts: Sequence[PartView], said: str) -> Reply:
    """Do it to these parts; where a reason is missing, ask for it. Nobody but the bureau is even asked."""
    if turn.officer.role != "bureau":
        raise NotAllowed(f"Only the bureau may {order}; nothing was changed.", role=turn.officer.role, verb=order)
    if order in WITHOUT_REASON:
        return WITHOUT_REASON[order](turn, parts, said)
    if not is_reason(said):
        return ask(turn, order, views_wish.need(turn.reader, order, parts), *parts)
    do = WITH_REASON[order]
    return together(turn, parts, (), lambda part: do(turn.desk, turn.act(said), part.id))


def _verify(turn: Turn, parts: Sequence[PartView], _: str) -> Reply:
    return together(turn, parts, (), lambda part: answer.verify(turn.desk, turn.act(), part.id))


def targets(turn: Turn, meant: Decide) -> list[PartView] | Reply:
    """The parts that are meant; or the question, or the list, that has to come first."""
    if meant.unit:
        return _of_unit(turn, meant)
    return _by_codes(turn, meant) if meant.codes else _in_reply(turn, meant.order)


def _by_codes(turn: Turn, meant: Decide) -> list[PartView] | Reply:
    found = [part for code in meant.codes[:MOST] for part in by_code_anywhere(turn, code, meant.order)]
    if len(found) == len(meant.codes):
        return found
    view = views_ask.whose(turn.reader, meant.order, found)
    return ask(turn, f"{meant.order}#", view, *found[:MOST], words=meant.words)


def _in_reply(turn: Turn, order: Order) -> list[PartView] | Reply:
    """What the message replied to shows, if it is one that fits; otherwise what could be meant."""
    shown = in_reply(turn)
    if len(shown) > 1:
        shown = [part for part in shown if order not in FITS or FITS[order](part)]
    if len(shown) == 1:
        return shown
    if order == "nudge":
        return spreading.nudge_late(turn)
    if order in {"verify", "return"}:
        return to_verify(turn)
    return line(turn, f"talk.hint.{_HINTS.get(order, 'grant')}")


_HINTS: Mapping[str, str] = {"waive": "waive", "skip": "waive", "reopen": "waive"}


def _of_unit(turn: Turn, meant: Decide) -> list[PartView] | Reply:
    units = units_named(turn, meant.unit)
    if len(units) > 1:
        known = turn.reader.say("list.joiner").join(words.clean(unit.name) for unit in units[:4])
        return line(turn, "talk.which_unit", name=words.clean(meant.unit), known=known)
    if not meant.codes:
        if meant.order == "nudge" and units:
            return spreading.nudge_unit(turn, units[0].id, units[0].name)
        return to_verify(turn) if meant.order == "verify" else line(turn, "talk.no_unit", name=words.clean(meant.unit))
    name = units[0].name if units else meant.unit
    return [look.of_unit_named(turn.desk, turn.officer, name, code) for code in meant.codes[:MOST]]


def by_code_anywhere(turn: Turn, code: int, order: str = "") -> list[PartView]:
    """The parts with that code that the order can be about, of any unit the speaker sees; else the unit's own."""
    fits = FITS.get(order)
    found = [part for part in look.with_code(turn.desk, turn.officer, code) if fits is None or fits(part)]
    return found or [look.by_code(turn.desk, turn.officer, code)]


def _grant(turn: Turn, parts: Sequence[PartView], said: str) -> Reply:
    """As asked, or until another day; a day that is not clear is asked about."""
    first = parts[0]
    wish = read_wish(said, turn.desk.today, turn.desk.calendar)
    day = wish.day
    if isinstance(day, Ambiguous):
        ahead = [one for one in day.choices if one >= turn.desk.today]
        return ask(turn, "grant", views_wish.confirm_day(turn.reader, "grant_on", first, ahead, ""), *parts)
    if isinstance(day, Past) or wish.length or (day is None and _like_a_day(said)):
        return ask(turn, "grant", views_wish.need(turn.reader, "grant", parts), *parts)
    return together(turn, parts, (), lambda part: grant(turn.desk, turn.act(wish.reason), part.id, day))


def _like_a_day(said: str) -> bool:
    return said[:1] in {"到", "至", "下", "月", "本", "明"} or said[:1].isdigit()


def _agree(turn: Turn, parts: Sequence[PartView], said: str) -> Reply:
    """同意, said to a notice: an extension is all it can mean; a report is asked about."""
    return _whatever(turn, "grant", parts[0], said)


def _disagree(turn: Turn, parts: Sequence[PartView], said: str) -> Reply:
    return _whatever(turn, "decline", parts[0], said)


def _whatever(turn: Turn, order: Order, part: PartView, said: str) -> Reply:
    if part.asked_due is not None:
        return rule(turn, order, [part], said)
    if part.state == "reported":
        return Reply((views_ask.decide_one(turn.reader, part),), parts=(part.id,))
    return line(turn, "talk.hint.grant")


def _skip(turn: Turn, parts: Sequence[PartView], said: str) -> Reply:
    """The whole occurrence: where it binds several units, that is said and confirmed first."""
    part = parts[0]
    if not is_reason(said):
        return ask(turn, "skip", views_wish.need(turn.reader, "skip", [part]), part)
    if part.siblings > 1:
        return ask(turn, "skip?", views_bureau.confirm_skip(turn.reader, part, said), part, words=said)
    return skip_now(turn, part, said)


def skip_now(turn: Turn, part: PartView, reason: str) -> Reply:
    done = skip(turn.desk, turn.act(reason), part.id)
    return Reply((answers.done_many(turn.reader, done),), parts=tuple(act.part.id for act in done))


def press_kept(order: Order) -> Callable[[Turn, PartView, str], Reply]:
    """One of several was chosen; `said` was typed before."""
    return lambda turn, part, said: rule(turn, order, [part], said)


def answered(order: Order) -> Callable[[Turn, Sequence[PartView], str], Reply]:
    """The reason, or the day, that was asked for."""
    return lambda turn, parts, said: rule(turn, order, parts, said)


def press_ruling(order: Order) -> Callable[[Turn, PartView, str], Reply]:
    """The button does it, with the reason that was typed before it; or asks for one."""

    def press(turn: Turn, part: PartView, _: str) -> Reply:
        return rule(turn, order, [part], kept(turn, order, part))

    return press


def press_skip(turn: Turn, part: PartView, _: str) -> Reply:
    confirmed = turn.question is not None and turn.question.asks == "skip?" and part.id in turn.question.part_ids
    said = kept(turn, "skip", part)
    return skip_now(turn, part, said) if confirmed and said else _skip(turn, [part], said)


def press_grant_on(turn: Turn, part: PartView, figures: str) -> Reply:
    try:
        day: date = datetime.strptime(figures, "%Y%m%d").date()  # noqa: DTZ007 a day has no zone
    except ValueError:
        return line(turn, "ask.stale")
    return together(turn, [part], (), lambda one: grant(turn.desk, turn.act(), one.id, day))


WITHOUT_REASON: Mapping[str, Callable[[Turn, Sequence[PartView], str], Reply]] = {
    "verify": _verify,
    "nudge": spreading.nudge_parts,
    "grant": _grant,
    "agree": _agree,
    "disagree": _disagree,
    "skip": _skip,
}
"""Orders that need no reason, or look after it themselves."""
