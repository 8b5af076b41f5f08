"""Waiving (免办): the bureau asks a part of a unit no longer; skipping: an occurrence of every unit, this once."""

from usecases.answer import Act, Answer
from usecases.office import Desk


def waive(desk: Desk, act: Act, part_id: int) -> Answer:
    """`act.words` is the reason, and compulsory."""
    raise NotImplementedError


def skip(desk: Desk, act: Act, part_id: int) -> list[Answer]:
    """Waive every open part of the part's occurrence, with one reason; one answer for each part let off."""
    raise NotImplementedError
