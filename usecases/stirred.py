"""Has anything changed in somebody's inbox? A mark for each person; another mark means: look again."""

from collections.abc import Mapping

from storage import marks
from usecases.office import Desk


def inbox_marks(desk: Desk, units: Mapping[int, int]) -> dict[int, str]:
    """A mark for each officer of `units` (officer id → unit id), for all of them in three queries."""
    of_units = marks.of_units(desk.tx, set(units.values()))
    lying = marks.of_officers(desk.tx, units, desk.now)
    everybody = (desk.today, marks.of_all(desk.tx))
    return {
        officer_id: repr((of_units.get(unit_id), lying.get(officer_id), everybody))
        for officer_id, unit_id in units.items()
    }
