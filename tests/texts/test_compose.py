"""Reminders as they are read on a phone: the first line is enough, eight lines at most, the urgent first."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.texts.parts import FRIDAY, NINE, ZH, part, received, reminder, reported, view
from texts.compose import card, digest, line
from texts.values import Message

MONDAY = date(2026, 11, 23)
LATE = date(2026, 11, 19)


def labels(message: Message) -> list[list[str]]:
    return [[button.label for button in row] for row in message.buttons]


def test_one_new_duty() -> None:
    message = digest(view(reminder(part(), "assigned")))
    assert message.lines == (
        "新任务：办12 年度心理健康教育活动 · 12月31日(周四) · 还有 29 个工作日",
        "三年行动任务分工 第 17 项 · 责任单位 · 尚未签收",
        "收到请回复“收12”，办结请回复“办12 文号或说明”。",
    )
    assert labels(message) == [["签收", "办结"], ["稍后", "申请延期"], ["不是我们", "为什么收到"]]
    assert message.buttons[0][1].data == "v1:report:12"


def test_several_new_duties_of_one_plan() -> None:
    message = digest(view(*(reminder(part(code=n), "assigned") for n in (12, 15, 16))))
    assert message.lines[0] == "新任务 3 件 · 三年行动任务分工"
    assert message.lines[-1] == "收到请回复“收12 15 16”，办结请回复“办12 文号或说明”。"
    assert labels(message) == [["全部签收", "看清单"], ["订阅日历"]]


def test_before_it_is_due() -> None:
    message = digest(view(reminder(received(part(date(2026, 11, 30))), "d7")))
    assert message.lines[0] == "还有 6 个工作日：办12 年度心理健康教育活动 · 11月30日(周一)"
    assert message.lines[1].endswith("已签收，尚未报结")
    assert "张敏" not in message.text, "who received it stays in the inbox"
    assert message.lines[-1] == "办结请回复“办12 文号或说明”。"
    assert labels(message) == [["办结"], ["稍后", "申请延期", "为什么收到"]]


def test_on_the_day() -> None:
    message = digest(view(reminder(part(FRIDAY), "d0", next_rung="w1", next_on=MONDAY, next_audience="officer")))
    assert message.lines[0] == "今天到期：办12 年度心理健康教育活动 · 11月20日(周五)"
    assert "11月23日(周一) 仍未报结，将再次催办。" in message.lines


def test_overdue_says_what_comes_next() -> None:
    message = digest(view(reminder(part(LATE), "w1", next_rung="w4", next_on=date(2026, 11, 25))))
    assert message.lines[0] == "已过期 1 个工作日：办12 年度心理健康教育活动 · 原定 11月19日(周四)"
    assert "11月25日(周三) 仍未报结，将向单位负责人发督办单。" in message.lines
    assert message.lines[-1].startswith("请今天报结")


@pytest.mark.parametrize(
    ("rung", "audience", "said"),
    [("w2", "head", "督办单"), ("w3", "bureau", "列入通报"), ("w9", "", "列入通报"), ("x", "", "再次催办")],
)
def test_the_next_rung_is_named_by_whom_it_goes_to(rung: str, audience: str, said: str) -> None:
    """An office may edit its ladder: the audience that comes with the reminder decides, else the shipped ladder."""
    told = reminder(part(LATE), "w1", next_rung=rung, next_on=MONDAY, next_audience=audience)
    assert said in digest(view(told)).text


def test_the_heads_notice() -> None:
    told = reminder(received(part(date(2026, 11, 13))), "w4", next_rung="w9", next_on=date(2026, 11, 26))
    message = digest(view(told, audience="head"))
    assert message.lines[0] == "督办单：办12 年度心理健康教育活动 已过期 5 个工作日 · 原定 11月13日(周五)"
    assert "11月26日(周四) 仍未报结，将列入通报。" in message.lines
    assert labels(message) == [["办结", "为什么收到"]]


def test_the_bureaus_list_names_units_and_the_longest_overdue_first() -> None:
    told = [
        reminder(part(LATE, code=3, unit="甲局", unit_id=1), "w9"),
        reminder(part(date(2026, 11, 6), code=8, unit="乙镇", unit_id=2), "w9"),
    ]
    message = digest(view(*told, audience="bureau"))
    assert message.lines[0] == "通报：2 个单位逾期 2 件"
    assert message.lines[1] == "○ 乙镇 办8 年度心理健康教育活动 · 原定 11月6日(周五) · 已过期 10 个工作日"
    assert message.lines[2].startswith("○ 甲局 办3")
    assert labels(message) == [["打开台账"]]


def test_what_many_units_are_late_with_is_said_to_the_bureau_once() -> None:
    late = [reminder(part(LATE, code=5, id=n, unit=f"{n:02}局", unit_id=n), "w9") for n in range(1, 19)]
    message = digest(view(*late, reminder(part(LATE, title="别的", unit="甲镇", unit_id=99), "w9"), audience="bureau"))
    assert message.lines[0] == "通报：19 个单位逾期 19 件"
    said = "年度心理健康教育活动 · 原定 11月19日(周四) · 已过期 1 个工作日 · 18 个单位：01局、02局、03局等"
    assert message.lines[1] == said
    assert message.lines[2].startswith("○ 甲镇 办12 别的")
    assert message.lines[3] == "各单位的办理情况请看台账，回复“台账”可打开。"
    assert len(message.lines) == 4


def test_a_confidential_plan_keeps_its_duties_apart_for_the_bureau() -> None:
    late = [reminder(part(LATE, code=5, id=n, unit=f"{n}局", unit_id=n, confidential=True), "w9") for n in range(1, 9)]
    message = digest(view(*late, audience="bureau"))
    assert "心理" not in message.text
    assert message.lines[1].startswith("○ 1局 办5 · 原定")
    assert message.lines[6] == "另有 3 件。"
    assert len(message.lines) == 8


def test_the_bureaus_card_follows_what_is_reported() -> None:
    late = [reminder(part(LATE, id=n, unit=f"{n}局", unit_id=n), "w9") for n in range(3)]
    message = card(view(*late[1:], reminder(reported(late[0].part)), audience="bureau"))
    assert message.lines[0] == "通报：2 个单位逾期 2 件，另有 1 件已报结"
    assert "2 个单位：1局、2局" in message.lines[1]


@pytest.mark.parametrize(
    ("due", "rung", "line"),
    [
        (LATE, "w1", "逾期 2 件 · 最早 11月19日(周四) · 已过期 1 个工作日"),
        (FRIDAY, "d0", "今天到期 2 件 · 11月20日(周五)"),
        (date(2026, 11, 27), "d7", "将到期 2 件 · 最近 11月27日(周五) · 还有 5 个工作日"),
    ],
)
def test_the_first_line_of_several_says_by_when(due: date, rung: str, line: str) -> None:
    assert digest(view(reminder(part(due, code=1), rung), reminder(part(due, code=2), rung))).lines[0] == line


def test_what_is_received_is_not_new_any_more() -> None:
    told = [reminder(received(part(code=1)), "assigned"), reminder(part(code=2), "assigned")]
    assert [line[:6] for line in card(view(*told)).lines[1:3]] == ["◐ 办1 年", "○ 新 办2"]


def test_a_mixture_is_sorted_by_urgency() -> None:
    told = [
        reminder(part(code=1), "assigned"),
        reminder(part(date(2026, 11, 27), code=2), "d7"),
        reminder(part(FRIDAY, code=3), "d0"),
        reminder(part(LATE, code=4), "w1"),
    ]
    message = digest(view(*told))
    assert message.lines[0] == "待办 4 件：逾期 1，今天到期 1，临近 1，新任务 1 · 最早 11月19日(周四)"
    assert [re.search("办([0-9]+)", said)[1] for said in message.lines[1:5]] == ["4", "3", "2", "1"]  # type: ignore[index] # each line has a code
    assert "新 办1" in message.lines[4]


def test_a_few_duties_have_a_button_each() -> None:
    told = [reminder(received(part(code=code)), "d7") for code in (1, 2, 3, 4)]
    assert labels(digest(view(*told[:3]))) == [["办1 办结", "办2 办结", "办3 办结"], ["看清单"]]
    assert labels(digest(view(*told))) == [["看清单"]]


def test_late_and_possibly_twice() -> None:
    message = digest(view(reminder(part()), late_since=NINE - timedelta(hours=2), possible_repeat=True))
    assert message.lines[0].endswith("(本应 07:00 发送，系统中断，现补发)(可能重复，请以编号为准)")
    days_late = digest(view(reminder(part()), late_since=NINE - timedelta(days=1)))
    assert "(本应 11月19日(周四) 09:00 发送，系统中断，现补发)" in days_late.lines[0]


def test_the_card_shows_what_is_settled() -> None:
    assert card(view(reminder(reported(part())))) == Message(
        ("✓ 办12 年度心理健康教育活动 · 已报结 11月20日(周五) 09:14",)
    )
    told = [reminder(reported(part(code=1))), reminder(part(FRIDAY, code=2)), reminder(part(code=3))]
    message = card(view(*told))
    assert message.lines[0] == "提醒 3 件，已处理 1 件，待办 2 件"
    assert message.lines[3] == "✓ 办1 年度心理健康教育活动 · 已报结 11月20日(周五) 09:14"
    assert "收2 3" in message.lines[4]
    one_left = card(view(*told[:2]))
    assert labels(one_left) == [["办2 签收", "办2 办结"], ["看清单"]]
    none_left = card(view(told[0], reminder(reported(part(code=2)))))
    assert none_left.lines[0] == "提醒 2 件，已全部处理"
    assert none_left.buttons == ()


def test_waiting_for_the_bureau_is_not_settled() -> None:
    waiting = card(view(reminder(reported(part(), verification="bureau"))))
    assert waiting.lines[0].startswith("● 办12")
    assert waiting.buttons == ()


def test_a_returned_part_says_why() -> None:
    message = card(view(reminder(received(part(reason="缺签到表")))))
    assert "退回待补：缺签到表" in message.text
    assert labels(message)[0] == ["办结"]


def test_undone_it_is_open_again() -> None:
    """The card is written from the state, so that an undo brings the buttons back."""
    assert card(view(reminder(part()))) == digest(view(reminder(part())))


def test_a_confidential_plan_shows_number_and_date_only() -> None:
    hidden = part(
        confidential=True, title="不能说", plan="机密方案", measure="机密", section="机密", text="机密", stage="机密"
    )
    for told in (
        view(reminder(hidden)),
        view(reminder(hidden), reminder(part(code=2))),
        view(reminder(reported(hidden))),
    ):
        for audience in ("officer", "head", "bureau"):
            said = digest(replace(told, audience=audience)).text
            assert "不能说" not in said
            assert "机密" not in said
            assert "办12" in said


def test_the_lead_is_told_who_is_missing() -> None:
    lead = part(role="lead", siblings=5, siblings_done=1, waiting_for=("甲局", "乙局", "丙局", "丁局"))
    assert "还差 4 个单位：甲局、乙局、丙局等" in digest(view(reminder(lead))).lines


def test_amounts_and_what_is_asked_for() -> None:
    hours = part(target=Decimal(60), counted=Decimal("30.0"), unit_of_measure="学时", measure="每人每年不少于60学时")
    message = digest(view(reminder(hours)))
    assert "已报 30/60 学时" in message.text
    assert "要求：每人每年不少于60学时" in message.lines
    assert message.lines[-1] == "报数请回复“办12 数量学时”。"


def test_an_estimate_is_explained_once() -> None:
    far = date(2027, 2, 26)
    message = digest(view(*(reminder(part(far, code=n)) for n in (1, 2, 3))))
    assert message.text.count("2027年节假日安排未公布，工作日暂估。") == 1


def test_one_line_for_one_reminder() -> None:
    assert line(reminder(part(LATE), "w4"), ZH, audience="head").startswith("督办单：办12")
    assert line(reminder(part(), "d30"), ZH) == "还有 29 个工作日：办12 年度心理健康教育活动 · 12月31日(周四)"
    assert "\n" not in line(reminder(part(title="甲\n乙\t丙")), ZH)
