"""The sample: what an empty database is filled with, so that the first look shows something real."""

from dataclasses import dataclass

from storage import marks, people, plans
from storage.rows import Officer
from usecases import enroll
from usecases.import_plan import import_plan
from usecases.office import Desk

PLANS = ("hongsibu-2023", "three-duties")


@dataclass(frozen=True, slots=True)
class Faces:
    """Whose links are shown: an officer with much to do, and somebody of the bureau; None where nobody is."""

    officer: Officer | None
    bureau: Officer | None


def is_empty(desk: Desk) -> bool:
    return not plans.all_plans(desk.tx) and not people.units(desk.tx)


def load_sample(desk: Desk) -> None:
    """The roster of invented people and two plans, all marked as a sample, in one transaction."""
    from plans.library import SAMPLE_ROSTER, load, load_roster  # for the first start only

    roster = load_roster(SAMPLE_ROSTER).roster
    assert roster is not None  # noqa: S101 - shipped data, held right by a test
    enroll.load_roster(desk, roster)
    for name in PLANS:
        plan = load(name).plan
        assert plan is not None  # noqa: S101 - as above
        import_plan(desk, plan)


def is_sample(desk: Desk) -> bool:
    """Whether the people here are invented, so that their links may be shown to whoever sits at the screen."""
    staff = people.officers(desk.tx)
    return bool(staff) and all(officer.sample for officer in staff)


def faces(desk: Desk) -> Faces:
    """The same two people at every start, whatever has been answered in between."""
    staff = people.officers(desk.tx)
    bureau = next((officer for officer in staff if officer.role == "bureau"), None)
    busy = [officer for officer in staff if officer.role == "officer"]
    held = marks.of_units(desk.tx, {officer.unit_id for officer in busy})
    load = {unit_id: parts for unit_id, (parts, _) in held.items()}
    return Faces(max(busy, key=lambda officer: (load.get(officer.unit_id, 0), -officer.id), default=None), bureau)
