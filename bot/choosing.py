"""One of several: plans and audiences by the name they go by in a chat, and the one question where it may be two."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.grammar_text import fold
from bot.turn import Turn
from storage import people, plans
from storage.rows import PlanRow
from texts import words
from texts.buttons import data
from texts.reader import Reader
from texts.values import Button, Message
from usecases.announce import Audience

T = TypeVar("T")
MOST = 6
LABEL = 28
FILLERS = ("的", "单位", "部门", "联络员", "各", "所有", "全体", "全部", "给")
EVERYBODY = frozenset({"", "各单位", "全体", "所有单位", "各联络员", "全体联络员", "所有联络员", "全体联络员和负责人"})
LATE = frozenset({"逾期单位", "逾期的单位", "各逾期单位", "有逾期任务的单位"})
_SIGNS = str.maketrans("", "", " 《》“”")
_PLACES = "一二三四五六"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may be meant: its names, what it is called in a sentence, and the audience it makes."""

    names: tuple[str, ...]
    label: str
    audience: Audience


def plans_named(turn: Turn, name: str) -> list[PlanRow]:
    """The plans that are followed and may be meant: the one of that name, else those whose name holds it."""
    followed = [plan for plan in plans.all_plans(turn.desk.tx) if plan.state == "on"]
    return _named(followed, name, lambda plan: (plan.heading, plan.title, plan.number))


def audiences(turn: Turn) -> list[Choice]:
    """Categories of units, then plans that are followed."""
    say = turn.reader.say
    categories = dict.fromkeys(name for unit in people.units(turn.desk.tx) for name in unit.categories)
    followed = [plan for plan in plans.all_plans(turn.desk.tx) if plan.state == "on"]
    return [
        *(Choice((name,), say("choose.category", name=name), {"to": "category", "name": name}) for name in categories),
        *(
            Choice(
                (plan.heading, plan.title, plan.number),
                say("choose.plan", name=words.clean(plan.heading)),
                {"to": "plan", "name": plan.key},
            )
            for plan in followed
        ),
    ]


def audiences_named(turn: Turn, name: str) -> list[Choice]:
    """Whom the name may mean; one where it is clear."""
    say, known = turn.reader.say, _plain(name)
    if known in EVERYBODY:
        return [Choice((), say("choose.all"), {"to": "all"})]
    if known in LATE:
        return [Choice((), say("choose.overdue"), {"to": "overdue"})]
    return _named(audiences(turn), name, lambda choice: choice.names)


def label_of(turn: Turn, audience: Audience) -> str:
    """To whom it goes, in words."""
    if audience["to"] in {"all", "overdue"}:
        return turn.reader.say(f"choose.{audience['to']}")
    wanted = {key: audience[key] for key in ("to", "name")}
    return next((choice.label for choice in audiences(turn) if choice.audience == wanted), wanted["name"])


def question(reader: Reader, key: str, labels: Sequence[str], verb: str) -> Message:
    """Which of these? Each a button; the place in the list, or the name, says the same in words."""
    rows = [(Button(words.clean(label, LABEL), data(verb, n)),) for n, label in enumerate(labels[:MOST], 1)]
    numbered = [reader.say("choose.line", n=n, label=label) for n, label in enumerate(labels[:MOST], 1)]
    return Message((reader.say(key), *numbered, reader.say("choose.how")), tuple(rows))


def place(said: str) -> int | None:
    """第2个, 2, 第二: the place in the list, from 1."""
    word = fold(said).word().strip("第个项 ")
    if word.isascii() and word.isdecimal() and len(word) == 1:
        return int(word)
    return _PLACES.find(word) + 1 or None if len(word) == 1 else None


def _named(found: Sequence[T], name: str, names: Callable[[T], tuple[str, ...]]) -> list[T]:
    for bare in (_plain, _core):
        if exact := [one for one in found if bare(name) in {bare(known) for known in names(one) if known}]:
            return exact
    core = _core(name)
    if len(core) < 2:  # noqa: PLR2004 one sign names nothing
        return []
    return [one for one in found if any(core in _plain(known) for known in names(one))]


def _plain(name: str) -> str:
    return fold(name).flat.translate(_SIGNS)


def _core(name: str) -> str:
    """Without the words that every name of many has: 各乡镇单位 and 乡镇 are the same."""
    core = _plain(name)
    for filler in FILLERS:
        core = core.removeprefix(filler)
    for filler in (*FILLERS[3:], *FILLERS[:3], "的"):
        core = core.removesuffix(filler)
    return core
