"""Pausing and going on: of everything, or of one plan. What is missing, or which plan is meant, is asked once."""

from collections.abc import Sequence
from datetime import date

from bot.choosing import place, plans_named, question
from bot.days import is_reason, read_wish
from bot.intents_bureau import Pause, Resume
from bot.turn import Reply, Turn, ask, line
from storage import plans
from storage.rows import PlanRow
from texts import dates, words
from texts.buttons import Press
from texts.values import Message, PartView
from usecases import pause as pauses


def pause(turn: Turn, meant: Pause) -> Reply:
    if turn.officer.role != "bureau":
        return line(turn, "talk.bureau_only")
    return _of_plan(turn, "pause", meant.plan, meant.words) if meant.plan else pause_until(turn, meant.words)


def resume(turn: Turn, meant: Resume) -> Reply:
    if turn.officer.role != "bureau":
        return line(turn, "talk.bureau_only")
    return _of_plan(turn, "resume", meant.plan, "") if meant.plan else _resume(turn, None)


def pause_until(turn: Turn, said: str, plan: PlanRow | None = None) -> Reply:
    """Until a day, for a reason; the bureau's. What is missing is asked for."""
    if turn.officer.role != "bureau":
        return line(turn, "talk.bureau_only")
    wish = read_wish(said, turn.desk.today, turn.desk.calendar)
    if not isinstance(wish.day, date) or not is_reason(wish.reason):
        kept = said if isinstance(wish.day, date) or is_reason(wish.reason) else ""
        return _ask_when(turn, kept, plan)
    held = pauses.pause(turn.desk, turn.officer, wish.day, wish.reason, plan.id if plan else None)
    day = dates.day(turn.reader, held.until)
    if plan is None:
        return line(turn, "talk.paused", day=day)
    return line(turn, "choose.paused", day=day, plan=words.clean(plan.heading))


def go_on(turn: Turn, _parts: Sequence[PartView], said: str) -> Reply:
    """The day, or the reason, of the plan that was named before."""
    key, _, kept = (turn.question.words if turn.question else "").partition("\n")
    plan = plans.by_key(turn.desk.tx, key)
    return line(turn, "ask.stale") if plan is None else pause_until(turn, f"{kept} {said}".strip(), plan)


def choose(verb: str, turn: Turn, said: str) -> Reply:
    """Which of the plans that were shown: by its place, or by more of its name."""
    name, _, rest = (turn.question.words if turn.question else "").partition("\n")
    shown = plans_named(turn, name)
    number = place(said)
    if number is not None:
        return _with(turn, verb, shown[number - 1], rest) if 0 < number <= len(shown) else line(turn, "ask.stale")
    named = {plan.id for plan in plans_named(turn, said)}
    found = [plan for plan in shown if plan.id in named]
    return _with(turn, verb, found[0], rest) if len(found) == 1 else _of_plan(turn, verb, name, rest)


def press(verb: str, turn: Turn, pressed: Press) -> Reply:
    fresh = turn.question is not None and turn.question.asks == f"{verb}_which"
    return choose(verb, turn, str(pressed.number or 0)) if fresh else line(turn, "ask.stale")


def _of_plan(turn: Turn, verb: str, name: str, rest: str) -> Reply:
    found = plans_named(turn, name)
    if len(found) == 1:
        return _with(turn, verb, found[0], rest)
    if found:
        view = question(turn.reader, f"choose.{verb}", [words.clean(plan.heading) for plan in found], f"{verb}_plan")
        return ask(turn, f"{verb}_which", view, words=f"{name}\n{rest}")
    followed = [plan for plan in plans.all_plans(turn.desk.tx) if plan.state == "on"]
    known = turn.reader.say("list.joiner").join(words.clean(plan.heading) for plan in followed[:6])
    return line(turn, "choose.no_plan", name=words.clean(name), known=known)


def _with(turn: Turn, verb: str, plan: PlanRow, rest: str) -> Reply:
    return pause_until(turn, rest, plan) if verb == "pause" else _resume(turn, plan)


def _resume(turn: Turn, plan: PlanRow | None) -> Reply:
    pauses.resume(turn.desk, turn.officer, plan.id if plan else None)
    return line(turn, "choose.resumed", plan=words.clean(plan.heading)) if plan else line(turn, "talk.resumed")


def _ask_when(turn: Turn, kept: str, plan: PlanRow | None) -> Reply:
    say = turn.reader.say
    if plan is None:
        return ask(turn, "pause", Message((say("talk.need.pause"), say("talk.next"))), words=kept)
    lines = (say("choose.need", plan=words.clean(plan.heading)), say("talk.next"))
    return ask(turn, "pause_plan", Message(lines), words=f"{plan.key}\n{kept}")
