"""Refusing (不是我们): the unit says why a part is not its own; the bureau then decides whose it is."""

from usecases.answer import Act, Answer
from usecases.office import Desk


def refuse(desk: Desk, act: Act, part_id: int, *, to: str = "") -> Answer:
    """`act.words` is the reason, and compulsory; `to` the unit that should do it, as typed, for the bureau to see."""
    raise NotImplementedError
