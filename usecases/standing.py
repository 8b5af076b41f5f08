"""Standing duties: what binds a unit all the time and has no date (长期坚持)."""

from storage import plans
from storage.rows import Officer
from usecases.office import Desk
from usecases.unfold import gather


def standing(desk: Desk, officer: Officer) -> list[tuple[str, str, str]]:
    """(item, title, plan) of the standing duties of the officer's unit."""
    found: list[tuple[str, str, str]] = []
    for plan in plans.all_plans(desk.tx):
        facts = gather(desk, plan.id)
        found += [
            (duty.item, duty.title, plan.heading)
            for duty in facts.duties
            if duty.ongoing
            and duty.state == "live"
            and not duty.timings
            and officer.unit_id in facts.shares[duty.id].units
        ]
    return found
