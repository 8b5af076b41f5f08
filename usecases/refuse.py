"""Refusing (不是我们): the unit says why a part is not its own; the bureau then decides whose it is."""

from schedules.lifecycle import Verb
from usecases.acting import Act, Answer, commit, own, repeated, step
from usecases.live_notice import ask_bureau
from usecases.office import Desk


def refuse(desk: Desk, act: Act, part_id: int, *, to: str = "") -> Answer:
    """`act.words` is the reason, and compulsory; `to` the unit that should do it, as typed, for the bureau to see."""
    part = own(desk, act, part_id)
    target = step(desk, act, part, Verb.REFUSE)
    if target is None:
        return repeated(desk, part, "refuse")
    detail = {"to": to} if to else {}
    answer = commit(desk, act, part, target, verb="refuse", values={"reason": act.words}, detail=detail)
    if not answer.repeated:
        ask_bureau(desk, answer.part, "refuse", but=act.officer, to=to)
    return answer
