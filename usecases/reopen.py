"""Reopening: the bureau asks for a part again that had reached an end or was refused; the history stays."""

from usecases.answer import Act, Answer
from usecases.office import Desk


def reopen(desk: Desk, act: Act, part_id: int) -> Answer:
    """`act.words` is the reason, and compulsory."""
    raise NotImplementedError
