"""Lists, one part, and why a reminder came, as they are read."""

from datetime import date

import pytest

from tests.texts.parts import EN, FRIDAY, NINE, ZH, part, reported
from texts import lists
from texts.reasons import WhyNext, WhyTold, why


def test_lists_turn_pages() -> None:
    parts = [part(code=n) for n in range(1, 16)]
    first, last = lists.listing(ZH, "list", parts), lists.listing(ZH, "list", parts, page=9)
    assert first.lines[0] == "待办清单 15 件 · 第 1/3 页"
    assert first.lines[-1] == "另有 9 件，回复“清单 2”查看下一页。"
    assert len(first.lines) <= 8
    assert [button.data for row in first.buttons for button in row] == ["v1:receive_all", "v1:list:2"]
    assert last.lines[0] == "待办清单 15 件 · 第 3/3 页"
    assert [p.code for p in lists.page_of(parts, 9)] == [13, 14, 15]


@pytest.mark.parametrize("word", ["today", "week", "overdue", "list", "to_verify"])
def test_an_empty_list_says_so_and_what_comes_next(word: str) -> None:
    message = lists.empty(ZH, word, nearest=part(), standing=3)
    assert message.lines[0].endswith("。")
    assert message.lines[1].startswith("最近一件：办12")
    assert message.lines[2] == "另有 3 项长期坚持，没有具体期限。"


def test_one_part_with_what_can_be_done() -> None:
    assert [b.label for row in lists.part_card(ZH, part()).buttons for b in row] == [
        "签收",
        "办结",
        "稍后",
        "申请延期",
        "不是我们",
        "为什么收到",
    ]
    ended = lists.part_card(ZH, reported(part()))
    assert ended.lines[0] == "✓ 办12 年度心理健康教育活动 · 12月31日(周四)"
    assert ended.lines[1].endswith("已报结 11月20日(周五) 09:14")
    assert [b.label for row in ended.buttons for b in row] == ["为什么收到"]


RUNGS = [
    ("assigned", "新任务通知", "notice of a new duty"),
    ("d30", "期限前 30 天", "30 days before it is due"),
    ("d0", "到期当天", "on the due day"),
    ("w1", "过期后第 1 个工作日催办", "asked again 1 working day after it was due"),
    ("w4", "过期后第 4 个工作日督办单", "supervision notice 4 working days after it was due"),
    ("w9", "过期后第 9 个工作日通报", "overdue report 9 working days after it was due"),
    ("w4_bureau", "过期后第 4 个工作日通报", "overdue report 4 working days after it was due"),
    ("snooze2", "稍后再提醒", "put off"),
    ("odd", "提醒", "reminder"),
]


@pytest.mark.parametrize(("key", "zh", "en"), RUNGS)
def test_rungs_in_words(key: str, zh: str, en: str) -> None:
    assert (lists.rung_name(ZH, key), lists.rung_name(EN, key)) == (zh, en)


def test_why_names_plan_role_rung_and_what_comes() -> None:
    moved = part(rule_day=date(2026, 12, 20), siblings=5, siblings_done=2)
    told, coming = WhyTold("d30", NINE, "officer"), [WhyNext("w4", FRIDAY, "head", ("bureau",))]
    lines = why(ZH, moved, told=told, coming=coming).lines
    assert lines[1] == "方案：三年行动任务分工 第 17 项"
    assert "按方案应为 12月20日(周日)，期限已有调整。" in lines
    assert "同一任务共 5 个单位，已办 2 个。" in lines
    assert lines[-1] == "下一次：过期后第 4 个工作日督办单 · 11月20日(周五) · 发给单位负责人，抄送督办单位"
    assert why(ZH, moved, told=None, coming=[]).lines[-2:] == ("这件任务还没有发过提醒。", "之后不再提醒。")
