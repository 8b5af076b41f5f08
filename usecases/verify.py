"""Verifying (销号) and returning (退回): what the bureau says of a report."""

from decimal import Decimal

from schedules.lifecycle import Verb
from texts import notices
from usecases.acting import Act, Answer, held, move_on
from usecases.office import Desk
from usecases.tell import tell_together, tell_unit


def verify(desk: Desk, act: Act, part_id: int) -> Answer:
    answer = move_on(desk, act, held(desk, act.officer, part_id), Verb.VERIFY)
    if not answer.repeated:
        tell_together(desk, answer.part, notices.all_verified, word="verified")
    return answer


def return_(desk: Desk, act: Act, part_id: int) -> Answer:
    """Send a report back; `act.words` is the reason, and compulsory. The unit hears of it, the due date stays."""
    part = held(desk, act.officer, part_id)
    answer = move_on(desk, act, part, Verb.RETURN, reason=act.words, counted=Decimal(0))
    if not answer.repeated:
        tell_unit(desk, answer.part, notices.returned)
    return answer
