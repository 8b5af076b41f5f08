"""Who reaches which units: the tree of a city, every role at every place, and offices without a tree."""

import pytest

from schedules.roster import OFFICER_ROLES
from storage.rows import Officer, Unit
from usecases.remit import Tree

CITY = {
    1: ("市", None, ()),
    2: ("市司法局", 1, ()),
    3: ("东区", 1, ()),
    4: ("东区司法局", 3, ("督办",)),
    5: ("东区司法局督办科", 4, ()),
    6: ("东区教育局", 3, ()),
    7: ("东区教育局学生科", 6, ()),
    8: ("西区", 1, ()),
    9: ("西区司法局", 8, ()),
    10: ("西区教育局", 8, ()),
    11: ("外单位", None, ()),
}
EAST = {3, 4, 5, 6, 7}
WEST = {8, 9, 10}
ALL = set(CITY)


def tree_of(units: dict[int, tuple[str, int | None, tuple[str, ...]]]) -> Tree:
    return Tree.of(
        Unit(n, name, "", above, list(said), sample=False, next_code=1) for n, (name, above, said) in units.items()
    )


def somebody(role: str, unit_id: int) -> Officer:
    return Officer(unit_id * 10, unit_id, role, role, "", "zh", "", active=True, sample=False)


def reach(role: str, unit_id: int) -> set[int]:
    known = tree_of(CITY)
    return {n for n in CITY if known.reaches(somebody(role, unit_id), n)}


BUREAUS = {
    1: ALL,
    2: ALL - {11},
    3: EAST,
    4: EAST,
    5: {4, 5},
    6: {6, 7},
    7: {6, 7},
    8: WEST,
    9: WEST,
    10: WEST,
    11: ALL,
}
"""A bureau at each unit, and the units it reaches."""
UNDER = {1: ALL - {11}, 3: EAST, 4: {4, 5}, 6: {6, 7}, 8: WEST}


@pytest.mark.parametrize("role", OFFICER_ROLES)
@pytest.mark.parametrize("unit_id", CITY, ids=lambda n: CITY[n][0])
def test_every_role_at_every_unit(role: str, unit_id: int) -> None:
    match role:
        case "administrator":
            wanted = ALL
        case "bureau" | "auditor":
            wanted = BUREAUS[unit_id]
        case "head":
            wanted = UNDER.get(unit_id, {unit_id})
        case _:
            wanted = {unit_id}
    assert reach(role, unit_id) == wanted


def test_an_office_without_a_tree_is_its_bureaus_altogether() -> None:
    """The shipped samples: units side by side, the bureau one of them, perhaps with a section of its own."""
    flat = tree_of({1: ("司法局", None, ()), 2: ("教育局", None, ()), 3: ("司法局执法监督科", 1, ())})
    assert all(flat.reaches(somebody("bureau", 1), n) for n in (1, 2, 3))
    assert not flat.reaches(somebody("bureau", 3), 2)


def test_the_bureau_right_under_the_only_top_is_in_charge_of_everything() -> None:
    """市司法局 under 某市 with everybody else: plans, pauses and lists of people stay its own."""
    known = tree_of({n: unit for n, unit in CITY.items() if n != 11})
    assert known.seat(somebody("bureau", 2)) is None
    assert known.seat(somebody("auditor", 2)) is None
    assert known.seat(somebody("head", 2)) == 2
    assert known.seat(somebody("bureau", 4)) == 3
    assert tree_of(CITY).seat(somebody("bureau", 2)) == 1, "外单位 is not under 市"
    staff = [somebody("bureau", n) for n in (2, 4)]
    assert [one.unit_id for one in known.nearest(staff, 7)] == [4], "a district's own comes first all the same"
    assert [one.unit_id for one in known.nearest(staff, 10)] == [2]


@pytest.mark.parametrize(
    ("unit_id", "heard"), [(7, [4]), (6, [4]), (5, [4]), (10, [9]), (3, [4]), (2, [2]), (1, [2]), (11, [11])]
)
def test_the_nearest_bureau_hears_of_a_unit(unit_id: int, heard: list[int]) -> None:
    staff = [somebody("bureau", n) for n in (2, 4, 9, 11)]
    assert [one.unit_id for one in tree_of(CITY).nearest(staff, unit_id)] == heard


def test_without_a_near_bureau_the_one_in_charge_of_everything_hears() -> None:
    staff = [somebody("bureau", n) for n in (4, 11)]
    assert [one.unit_id for one in tree_of(CITY).nearest(staff, 10)] == [11]
    assert tree_of(CITY).nearest([somebody("bureau", 4)], 10) == []


def test_a_circle_ends() -> None:
    assert tree_of({1: ("甲", 2, ()), 2: ("乙", 1, ())}).up(1) == [1, 2]
