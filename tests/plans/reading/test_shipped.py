"""The plans shipped as data, made anew from the documents they came from: what a person wrote, the reader reads too.

Where the two differ, the difference stands here with its reason.
"""

from collections import Counter
from pathlib import Path

import pytest

from plans.library import load
from plans.reading import read_document, to_plan
from schedules.plan import Plan
from schedules.timing import Event, Every, Period, Quantity, Timing

Dues = Counter[tuple[str, Timing]]

YEARLY = Every(Period.YEAR)
HAND_MADE: dict[str, tuple[str, str]] = {
    "hongsibu-2023": ("hongsibu-2023", "amounts of the text are kept as `measure` in the shipped plan"),
    "jinan-2022": ("jinan-2022", "two events are named more fully by hand"),
}
MORE_READ: dict[str, Dues] = {
    "hongsibu-2023": Counter(
        {("3", Quantity(60, "学时", "person-year")): 1, ("17", Every(Period.YEAR, min_count=3)): 1},
    ),
    "jinan-2022": Counter({("17", Event("上岗", 0)): 1}),
}
MORE_WRITTEN: dict[str, Dues] = {
    "hongsibu-2023": Counter(),
    "jinan-2022": Counter(
        {("2", Event("新任执法监督人员上岗", 0)): 1, ("17", Event("新取得执法证件的人员上岗", 0)): 1}
    ),
}


def made_anew(shared: Path, document: str, key: str) -> Plan:
    return to_plan(read_document(shared / "plans" / f"{document}.txt"), key)


def dues(plan: Plan) -> Dues:
    return Counter((duty.item, timing) for duty in plan.duties for timing in duty.due)


def shipped(key: str) -> Plan:
    plan = load(key).plan
    assert plan is not None
    return plan


@pytest.mark.parametrize("key", HAND_MADE)
def test_numbered_plans_have_the_same_due_dates(shared: Path, key: str) -> None:
    document, why = HAND_MADE[key]
    read, written = dues(made_anew(shared, document, key)), dues(shipped(key))
    assert read - written == MORE_READ[key], why
    assert written - read == MORE_WRITTEN[key], why


@pytest.mark.parametrize("key", HAND_MADE)
def test_numbered_plans_bind_the_same_units(shared: Path, key: str) -> None:
    read = {duty.key: duty for duty in made_anew(shared, HAND_MADE[key][0], key).duties if duty.key.isdigit()}
    written = {duty.key: duty for duty in shipped(key).duties if duty.key.isdigit()}
    assert read.keys() == written.keys()
    for number, duty in written.items():
        bound = {role: set(names) for role, names in duty.roles.items() if names}
        assert {role: set(names) for role, names in read[number].roles.items() if names} == bound, f"item {number}"
        assert read[number].ongoing == duty.ongoing, f"item {number}"


def test_prose_has_the_same_timed_duties(shared: Path) -> None:
    """Zhengzhou: by hand each yearly duty of item 22 stands alone, and the goal has no number."""
    read, written = dues(made_anew(shared, "zhengzhou-2024", "x")), dues(shipped("zhengzhou-2024"))
    assert {timing for _, timing in written} == {timing for _, timing in read}
    numbered = {(item, timing) for item, timing in written if item}
    assert numbered <= set(read)


def test_a_news_page_has_the_same_dates(shared: Path) -> None:
    """The national timetable: items are numbered by hand only, and two passages are one duty there."""
    read, written = (
        {timing for _, timing in dues(plan)}
        for plan in (made_anew(shared, "national-timetable-2023", "x"), shipped("national-2023"))
    )
    assert read == written


def test_essays_give_no_period_that_is_not_there(shared: Path) -> None:
    """The essays: every rhythm read stands in the shipped plan; a person also named events the page half lost."""
    rhythms = (Every, Quantity)
    read = {(item, t) for item, t in dues(made_anew(shared, "model-essays", "x")) if isinstance(t, rhythms)}
    assert read <= set(dues(shipped("model-essays")))
