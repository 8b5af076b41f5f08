"""Rerouting: the bureau moves a part to another unit; the old part ends, and tells where it went."""

from usecases.answer import Act, Answer
from usecases.office import Desk


def reroute(desk: Desk, act: Act, part_id: int, unit_id: int) -> Answer:
    """End the part `waived` with `rerouted_to`, and open one at the other unit that knows where it came from."""
    raise NotImplementedError
