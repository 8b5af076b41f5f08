"""What people write in cells: names with spaces, titles in brackets, several names."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.rosters.cells import Person, begins, keyed, listed, people, squeezed, visible


@pytest.mark.parametrize(
    ("cell", "found", "why"),
    [
        ("张敏", [Person("张敏")], "plain"),
        ("张 敏", [Person("张敏")], "padded for its looks"),
        ("张　　敏", [Person("张敏")], "with full-width spaces"),
        ("张\n敏", [Person("张敏")], "broken by a narrow column"),
        ("欧阳 明月", [Person("欧阳明月")], "a surname of two characters"),
        ("张敏 李红", [Person("张敏"), Person("李红")], "two people"),
        ("张敏、李红", [Person("张敏"), Person("李红")], "two people"),
        ("张敏\n李红", [Person("张敏"), Person("李红")], "two lines"),
        ("张敏（女）", [Person("张敏")], "what does not matter here"),
        ("张敏(回族)", [Person("张敏")], "what does not matter here"),
        ("张敏（科长）", [Person("张敏", position="科长")], "the position in brackets"),
        ("张敏（B角）", [Person("张敏", role="deputy")], "the role in brackets"),
        ("联络员：张敏", [Person("张敏", role="officer")], "the role before a colon"),
        ("阿依古丽·买买提", [Person("阿依古丽·买买提")], "a dot in the name"),
        ("示例·张敏", [Person("示例·张敏")], "as in the sample"),
        ("Zhang Min", [Person("Zhang Min")], "a name in letters"),
        ("张敏\u200b\ufeff", [Person("张敏")], "invisible signs"),
        ("张敏\u202e", [Person("张敏")], "a sign that turns text round"),
        ("张敏 １３９１２３４５６７８", [Person("张敏")], "a number in full-width figures"),
        ("+86 139 1234 5678 张敏", [Person("张敏")], "a number before the name"),
        ("3班", [Person("", position="3班")], "no name"),
        ("<b>张敏</b>", [Person("", position="<b>张敏<"), Person("", position="b>")], "no name"),
        ("无", [], "nobody"),
        (" ", [], "nobody"),
    ],
)
def test_the_people_in_a_cell(cell: str, found: list[Person], why: str) -> None:
    assert list(people(cell)) == found, why


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("人力资源和\n社会保障局", "人力资源和社会保障局"),
        ("东塬镇（街 道）", "东塬镇（街道）"),
        ("第１中学", "第1中学"),
        ("Bureau  of\nFinance", "Bureau of Finance"),
        ("'=1+1", "=1+1"),
        ("'张敏", "'张敏"),
    ],
)
def test_one_line_without_spaces_that_do_not_count(text: str, plain: str) -> None:
    assert squeezed(text) == plain


@pytest.mark.parametrize(
    ("text", "remark"),
    [("注：一", True), ("注", True), ("填表人:李", True), ("注册会计师协会", False), ("审核局", False)],
)
def test_a_remark_begins_with_its_word(text: str, remark: bool) -> None:
    assert begins(text, "remarks") is remark


def test_several_in_a_cell() -> None:
    assert listed("执法部门、主管部门; 执法部门/无") == ("执法部门", "主管部门")


@given(st.text(max_size=200))
def test_any_text_can_stand_in_a_cell(text: str) -> None:
    for person in people(text):
        assert person.name == squeezed(person.name)
    assert all(sign in "\n\t" or unicodedata.category(sign)[0] != "C" for sign in visible(text))
    assert not re.search(r"\s\s|[\n\t]", squeezed(text))
    keyed(text)
