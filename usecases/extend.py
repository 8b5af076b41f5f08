"""More time (延期): a unit asks with a reason and a date, the bureau decides; the original date stays known."""

from datetime import date

from usecases.answer import Act, Answer
from usecases.office import Desk


def ask_extension(desk: Desk, act: Act, part_id: int, day: date) -> Answer:
    """Ask for `day` instead of the due date; `act.words` is the reason, and compulsory. Verb `extend`."""
    raise NotImplementedError


def grant(desk: Desk, act: Act, part_id: int, day: date | None = None) -> Answer:
    """Grant what was asked, or another `day`; reminders follow the new date. Verb `grant`."""
    raise NotImplementedError


def decline(desk: Desk, act: Act, part_id: int) -> Answer:
    """Leave the date as it is; `act.words` is the reason, and compulsory. Verb `decline`."""
    raise NotImplementedError
