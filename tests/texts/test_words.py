"""Words for a part: its state as a word and a shape, and text that was typed shown as text."""

from datetime import date

import pytest

from tests.texts.parts import part, reported
from texts import words

STATES = [
    ("open", "", "未签收", "○"),
    ("received", "", "已签收", "◐"),
    ("received", "缺材料", "退回", "↩"),
    ("reported", "", "已报结", "✓"),
    ("verified", "", "已销号", "✓"),
    ("waived", "plan_revised", "已免办", "–"),
    ("lapsed", "period_over", "期满未办", "–"),
    ("refused", "", "已回复不属本单位", "–"),
]


@pytest.mark.parametrize(("state", "reason", "word", "mark"), STATES)
def test_a_state_is_a_word_and_a_shape(state: str, reason: str, word: str, mark: str) -> None:
    shown = part(state=state, reason=reason)
    assert (words.state_word("zh", shown), words.mark(shown)) == (word, mark)


def test_reported_and_waiting_is_not_settled() -> None:
    assert words.mark(reported(part(), verification="bureau")) == "●"


def test_overdue_is_said_in_working_days() -> None:
    assert words.state_word("zh", part(date(2026, 11, 13))) == "逾期 5 个工作日"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("甲\n乙\t丙", "甲 乙 丙"),
        ("\u202e倒\u200b着", "倒着"),
        ("长" * 50, "长" * 39 + "…"),
        ("   ", ""),
        ("<script>", "<script>"),
        ("a\x00b", "ab"),
    ],
)
def test_what_was_typed_is_shown_as_one_line_of_text(typed: str, shown: str) -> None:
    assert words.clean(typed) == shown
