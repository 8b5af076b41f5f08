"""Columns of Chinese and Latin text line up, and lines break where they may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruqi.columns import pad, table, width, wrap


def test_a_chinese_character_is_two_cells() -> None:
    assert width("如期 ruqi") == 9
    assert pad("如期", 6) == "如期  "


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("今天要办三件事，请看。", 10, ["今天要办三", "件事，请", "看。"]),
        ("short words stay whole", 11, ["short words", "stay whole"]),
        ("用 ruqi run 启动", 8, ["用 ruqi", "run 启动"]),
        ("", 10, [""]),
    ],
)
def test_lines_break_where_they_may(text: str, cells: int, lines: list[str]) -> None:
    assert wrap(text, cells) == lines


@given(st.text("如期提醒，。 abc", max_size=60), st.integers(8, 40))
def test_nothing_is_lost_and_nothing_stands_out(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert "".join("".join(lines).split()) == "".join(text.split())
    longest = max((width(word) for word in text.replace("，", " ").replace("。", " ").split()), default=0)
    assert all(width(line) <= max(cells, 2 * longest + 8) for line in lines)


def test_a_table_lines_up() -> None:
    said = table(["名字", "任务"], [["ab", "1"], ["红寺堡", "43"]])
    assert said == ["名字    任务", "ab      1", "红寺堡  43"]
