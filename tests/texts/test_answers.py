"""Answers and notices as they are read."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from schedules.errors import RuqiError
from tests.texts.parts import EN, NINE, ZH, part, received, reported
from texts import answers, notices
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
    said = answers.refusal(replace(ZH, language=language), kind("", unit="甲局", code=1, most=3, left=2, name=""))
    assert said
    assert "甲局" not in said, "a refusal tells nothing about others"


def test_an_unknown_error_is_a_plain_no() -> None:
    assert "没有改动" in answers.refusal(ZH, RuqiError("secret details of a database"))


def test_a_move_that_the_state_forbids_names_the_state() -> None:
    said = answers.refusal(ZH, errors.NotAllowed("", role="bureau", verb="verify", state="open"))
    assert said == "这项任务现为“未签收”，不能做这一步，没有改动。"


def test_notices_say_how_to_go_on() -> None:
    told = notices.reported(ZH, reported(part(), verification="bureau"))
    assert told.lines[-1] == "销号请回复“销号 示例区教育局 12”，退回请回复“退回 示例区教育局 12 原因”。"
    assert notices.reported(ZH, reported(part(), phase="late")).lines[0].startswith("示例区教育局 已报结(逾期)")
    back = notices.returned(ZH, received(part(reason="缺签到表")))
    assert back.lines[:3] == (
        "退回：办12 年度心理健康教育活动",
        "原因：缺签到表",
        "请补充后再次报结，期限 12月31日(周四) 不变。",
    )
    assert (
        notices.moved(ZH, part(), date(2026, 12, 1)).lines[1]
        == "由 12月1日(周二) 改为 12月31日(周四) · 还有 29 个工作日"
    )
    for notice in (notices.verified, notices.dropped, notices.reported, notices.returned):
        message: Message = notice(ZH, part(confidential=True, title="不能说", plan="机密"))
        assert "不能说" not in message.text
        assert "机密" not in message.text
