"""What the pages' own forms do, verb by verb: nothing has to be understood, and every right is the use case's."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from texts import answers
from texts.reader import Reader
from texts.values import Message
from usecases import answer, delegate, extend, refuse, reopen, reroute, waive
from usecases.answer import Act, Answer
from usecases.errors import BadAmount, Refused
from usecases.letters import hold, let_go
from usecases.nudge import nudge
from usecases.office import Desk
from web import reports

Payload = Mapping[str, Any]
Effect = Callable[[Desk, Act, Payload, int], Answer | Sequence[Answer]]
"""One verb done to the part of that id, with whatever else the form said."""

UNIT = ("officer", "deputy", "head", "bureau")
BUREAU = ("bureau",)


def _report(desk: Desk, act: Act, said: Payload, part_id: int) -> Answer:
    return answer.report(desk, act, part_id, amount=_amount(str(said.get("amount", ""))))


def _day(said: Payload) -> date | None:
    return date.fromisoformat(said["day"]) if said.get("day") else None


def _plain(verb: Callable[[Desk, Act, int], Answer | Sequence[Answer]]) -> Effect:
    return lambda desk, act, _, part_id: verb(desk, act, part_id)


EFFECTS: Mapping[str, tuple[tuple[str, ...], Effect]] = {
    "receive": (UNIT, _plain(answer.receive)),
    "report": (UNIT, _report),
    "extend": (UNIT, lambda d, a, said, part: extend.ask_extension(d, a, part, _day(said) or d.today)),
    "refuse": (UNIT, lambda d, a, said, part: refuse.refuse(d, a, part, to=said.get("to", ""))),
    "delegate": (UNIT, lambda d, a, said, part: delegate.delegate(d, a, part, said["colleague"])),
    "verify": (BUREAU, _plain(answer.verify)),
    "return": (BUREAU, _plain(answer.return_)),
    "grant": (BUREAU, lambda d, a, said, part: extend.grant(d, a, part, _day(said))),
    "decline": (BUREAU, _plain(extend.decline)),
    "reroute": (BUREAU, lambda d, a, said, part: reroute.reroute(d, a, part, said["unit"])),
    "waive": (BUREAU, _plain(waive.waive)),
    "skip": (BUREAU, _plain(waive.skip)),
    "reopen": (BUREAU, _plain(reopen.reopen)),
}
"""Who may do it, and how. The use case asks again at the moment of the act."""
MANY: Mapping[str, tuple[str, ...]] = {"verify": BUREAU, "nudge": BUREAU}
"""What can be done to many parts with one form."""
LETTERS = {"hold": hold, "let_go": let_go}
ROLES: Mapping[str, tuple[str, ...]] = {
    **{verb: roles for verb, (roles, _) in EFFECTS.items()},
    "nudge": BUREAU,
    **dict.fromkeys(LETTERS, BUREAU),
}


def effect(desk: Desk, act: Act, said: Payload, reader: Reader) -> Message:
    """Do what a form says and put what came of it into words. Raises Refused where nothing was changed."""
    verb, ids = said["act"], [int(part_id) for part_id in said.get("parts", [said.get("part")])]
    if verb == "nudge":
        return reports.nudged(reader, nudge(desk, act, ids))
    if verb in LETTERS:
        return reports.held(reader, verb, LETTERS[verb](desk, act, ids[0], said["rung"]))
    if "parts" in said:
        return _many(desk, act, said, ids, reader)
    done = EFFECTS[verb][1](desk, act, said, ids[0])
    return answers.done(reader, done) if isinstance(done, Answer) else answers.done_many(reader, done)


def _many(desk: Desk, act: Act, said: Payload, ids: Sequence[int], reader: Reader) -> Message:
    """Each by itself: what one part refuses does not keep the others."""
    one = partial(EFFECTS[said["act"]][1], desk, act, said)
    done: list[Answer] = []
    refused: list[str] = []
    for part_id in ids:
        try:
            found = one(part_id)
        except Refused as error:
            refused.append(answers.refusal(reader, error))
        else:
            done += [found] if isinstance(found, Answer) else found
    return answers.done_many(reader, done, tuple(dict.fromkeys(refused)))


def _amount(text: str) -> Decimal | None:
    """The number typed, full-width digits too; None when the field was left empty."""
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise BadAmount(f"{text!r} is not a number.", amount=text) from error
    if not number.is_finite():
        raise BadAmount(f"{text!r} is not a number.", amount=text)
    return number
