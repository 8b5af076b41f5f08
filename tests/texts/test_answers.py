"""Answers, lists and notices as they are read."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from schedules.errors import RuqiError
from tests.texts.parts import EN, FRIDAY, NINE, ZH, part, received, reported
from texts import answers, lists, notices, words
from texts.catalogue import has
from texts.values import Message, PartView
from usecases import errors


@dataclass(frozen=True, slots=True)
class Done:
    verb: str
    part: PartView
    repeated: bool = False
    by: str = "张敏"
    at: datetime = NINE
    until: datetime | None = None
    undo_until: datetime | None = NINE + timedelta(minutes=10)


def test_a_report_says_what_was_kept_and_how_to_take_it_back() -> None:
    kept = reported(part(), verification="bureau", bureau="司法局", note="宁司通〔2026〕5号、宁司通〔2026〕6号")
    assert answers.done(ZH, Done("report", kept)).lines == (
        "已记录：办12 年度心理健康教育活动 报结 · 11月20日(周五) 09:00",
        "附文号 2 个 · 待司法局销号",
        "10 分钟内回复“撤销”可收回。",
    )


def test_the_note_itself_stays_behind_the_inbox() -> None:
    said = answers.done(ZH, Done("report", reported(part(), note="联系人王某 13800000000"))).text
    assert "13800000000" not in said
    assert "附说明 1 条" in said


def test_an_amount_alone_is_no_note() -> None:
    assert "说明" not in answers.done(ZH, Done("report", reported(part(), note="30学时"))).text


def test_a_count_says_how_much_is_left() -> None:
    half = received(part(target=Decimal(2), counted=Decimal(1)))
    lines = answers.done(ZH, Done("count", half)).lines
    assert "已报 1/2 次" in lines[0]
    assert lines[1] == "还差 1 次 · 12月31日(周四) · 还有 29 个工作日"


@pytest.mark.parametrize("verb", ["receive", "report", "verify", "return"])
def test_a_repeated_act_names_the_first_and_has_no_buttons(verb: str) -> None:
    message = answers.done(ZH, Done(verb, received(part()), repeated=True))
    assert len(message.lines) == 1
    assert "张敏" in message.text
    assert "没有重复登记" in message.text
    assert message.buttons == ()
    assert answers.toast(ZH, Done(verb, received(part()), repeated=True)) == message.text


def test_what_ended_by_itself_names_nobody() -> None:
    ended = Done("report", part(state="lapsed"), repeated=True, by="")
    assert answers.done(ZH, ended).text == "办12 期满未办，没有改动。"


def test_several_at_once() -> None:
    acts = [Done("receive", received(part(code=n))) for n in (12, 15)]
    message = answers.done_many(ZH, acts, ["没有找到编号 99，回复“清单”可查看编号。"])
    assert message.lines[0] == "已签收 2 件：办12 办15"
    assert message.lines[-1] == "10 分钟内回复“撤销12”可收回一件。"
    assert answers.done_many(EN, acts).lines[0] == "Received 2: #12 #15"


def test_toasts_fit_over_a_button() -> None:
    """The Bot API shows at most 200 characters."""
    for verb in ("receive", "report", "count", "verify", "return", "undo", "snooze"):
        for again in (False, True):
            if not again or verb in {"receive", "report", "verify", "return"}:
                act = Done(verb, part(unit="单位" * 60), repeated=again)
                assert 0 < len(answers.toast(ZH, act)) <= 200
                assert 0 < len(answers.toast(EN, act)) <= 200


def every_refusal() -> list[type[errors.Refused]]:
    return [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.Refused)]


@pytest.mark.parametrize("kind", every_refusal(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_refusal_has_its_own_sentence(kind: type[errors.Refused], language: str) -> None:
    assert has(language, f"error.{kind.key}"), kind.key
    said = answers.refusal(replace(ZH, language=language), kind("", unit="甲局", code=1))
    assert said
    assert "甲局" not in said, "a refusal tells nothing about others"


def test_an_unknown_error_is_a_plain_no() -> None:
    assert "没有改动" in answers.refusal(ZH, RuqiError("secret details of a database"))


def test_a_move_that_the_state_forbids_names_the_state() -> None:
    said = answers.refusal(ZH, errors.NotAllowed("", role="bureau", verb="verify", state="open"))
    assert said == "这项任务现为“未签收”，不能做这一步，没有改动。"


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
        "为什么收到",
    ]
    ended = lists.part_card(ZH, reported(part()))
    assert ended.lines[0] == "✓ 办12 年度心理健康教育活动 · 12月31日(周四) · 已报结"
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
    lines = lists.why(ZH, moved, told=("d30", NINE), coming=("w4", FRIDAY)).lines
    assert lines[1] == "方案：三年行动任务分工 第 17 项"
    assert "按方案应为 12月20日(周日)，期限已有调整。" in lines
    assert "同一任务共 5 个单位，已办 2 个。" in lines
    assert lines[-1] == "下一次：过期后第 4 个工作日督办单 · 11月20日(周五) · 发给单位负责人"
    assert lists.why(ZH, moved, told=None, coming=None).lines[-2:] == ("这件任务还没有发过提醒。", "之后不再提醒。")


def test_notices_say_how_to_go_on() -> None:
    told = notices.reported(ZH, reported(part(), verification="bureau"))
    assert told.lines[-1] == "销号请回复“销号 示例区教育局 12”，退回请回复“退回 示例区教育局 12 原因”。"
    assert notices.reported(ZH, reported(part(), phase="late")).lines[0].startswith("示例区教育局 已报结(逾期)")
    back = notices.returned(ZH, received(part(reason="缺签到表")))
    assert back.lines[:3] == (
        "退回：办12 年度心理健康教育活动",
        "原因：缺签到表",
        "请补充后再次报结，原定期限 12月31日(周四) 不变。",
    )
    assert (
        notices.moved(ZH, part(), date(2026, 12, 1)).lines[1]
        == "由 12月1日(周二) 改为 12月31日(周四) · 还有 29 个工作日"
    )
    for notice in (notices.verified, notices.dropped, notices.reported, notices.returned):
        message: Message = notice(ZH, part(confidential=True, title="不能说", plan="机密"))
        assert "不能说" not in message.text
        assert "机密" not in message.text


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
