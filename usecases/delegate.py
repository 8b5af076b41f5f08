"""Delegating (转交): one part is handed to a colleague of the same unit, who is reminded from then on."""

from usecases.answer import Act, Answer
from usecases.office import Desk


def delegate(desk: Desk, act: Act, part_id: int, officer_id: int) -> Answer:
    """Hand the part to that colleague; handing it to oneself takes it over."""
    raise NotImplementedError
