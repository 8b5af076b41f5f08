"""What the steps are called that no plain ladder has: a nudge by hand, and asking a silent part again."""

import pytest

from tests.texts.parts import ZH
from texts.lists import rung_name


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("nudge1", "催办"),
        ("a60", "签收后 60 个工作日没有进展，再次询问"),
        ("assigned", "新任务通知"),
        ("snooze2", "稍后再提醒"),
        ("w6", "过期后第 6 个工作日催办"),
        ("w9", "过期后第 9 个工作日通报"),
    ],
)
def test_each_step_has_its_name(key: str, said: str) -> None:
    assert rung_name(ZH, key) == said


def test_a_copy_is_called_what_it_is_a_copy_of() -> None:
    assert rung_name(ZH, "w4", "copy_head") == rung_name(ZH, "w4", "head")
