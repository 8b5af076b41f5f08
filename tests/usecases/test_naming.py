"""Suggestions for printed names: by category for names of several, by alike names for one unit, never too boldly."""

import pytest

from schedules.fanout import Member
from usecases.naming import suggest

ROSTER = [
    Member(1, "示例区司法局", "司法局", frozenset({"司法局"})),
    Member(2, "教育局", "", frozenset({"执法部门", "行业主管部门"})),
    Member(3, "综合执法局", "", frozenset({"执法部门"})),
    Member(4, "红柳镇", "", frozenset({"乡镇"})),
    Member(5, "城东街道", "", frozenset({"街道"})),
    Member(6, "交通运输局", "", frozenset({"执法部门"})),
]


@pytest.mark.parametrize(
    ("name", "categories"),
    [
        ("各行政执法部门", ("执法部门",)),
        ("各执法部门〔单位〕", ("执法部门",)),
        ("各乡镇〔街道〕", ("乡镇", "街道")),
        ("各乡镇（街道）", ("乡镇", "街道")),
        ("各镇、街道", ("街道",)),
        ("有关行业主管部门", ("行业主管部门",)),
        ("各区县政府", ()),
    ],
)
def test_a_name_of_several_is_a_category(name: str, categories: tuple[str, ...]) -> None:
    suggestion = suggest(name, ROSTER)
    assert suggestion.sure_categories == categories
    assert suggestion.sure_units == ()


@pytest.mark.parametrize(
    ("name", "sure", "likeliest"),
    [
        ("市司法局", "示例区司法局", "示例区司法局"),
        ("区教育局", "教育局", "教育局"),
        ("区综合行政执法局", "", "综合执法局"),
        ("市交通局", "", "交通运输局"),
        ("税务局", "", ""),
    ],
)
def test_a_name_of_one_is_the_unit_that_ends_alike(name: str, sure: str, likeliest: str) -> None:
    suggestion = suggest(name, ROSTER)
    assert suggestion.sure_units == ((sure,) if sure else ())
    assert suggestion.units[:1] == ((likeliest,) if likeliest else ())


def test_two_that_end_alike_are_no_certainty() -> None:
    roster = [*ROSTER, Member(7, "另一区司法局", "", frozenset())]
    suggestion = suggest("市司法局", roster)
    assert suggestion.sure_units == ()
    assert suggestion.units[:2] == ("示例区司法局", "另一区司法局")


def test_an_empty_roster_suggests_nothing() -> None:
    suggestion = suggest("司法局", [])
    assert (suggestion.categories, suggestion.units) == ((), ())
