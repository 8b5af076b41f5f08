"""What waits for the bureau is a live card: the decision takes the place of its buttons, whoever said it and how."""

import pytest

from storage import deliveries
from tests.bot.town import Town, buttons, text
from texts.values import Message

MINE = "整改情况报告"
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def told(town: Town) -> tuple[str, Message]:
    """The one message that 王芳 gets now, with its reference."""
    ((ref, message),) = town.beat().items()
    return ref, message


def known(town: Town) -> None:
    """王芳 has a chat, and has had her morning's mail."""
    town.bind("王芳")
    town.beat()


def labels(message: Message) -> list[str]:
    return [button.label for row in message.buttons for button in row]


def reported(town: Town) -> tuple[int, str]:
    """Its code, and the notice in the bureau's chat."""
    known(town)
    code = town.parts("张敏")[MINE].code
    town.say("张敏", f"办{code} 已整改")
    ref, notice = told(town)
    assert notice.lines[0] == f"示例区教育局 已报结：办{code} {MINE}"
    assert labels(notice) == ["销号", "退回"]
    return code, ref


@ONE_DATABASE
def test_words_decide_and_the_notice_says_who_and_when(town: Town) -> None:
    code, ref = reported(town)
    town.later(minutes=5)
    town.say("王芳", f"销号 教育局 {code}")
    same, card = told(town)
    assert same == ref
    assert card.lines == (
        f"已销号：示例区教育局 办{code} {MINE}",
        "王芳 · 11月2日(周一) 10:05",
        "10 分钟内回复“撤销”可收回。",
    )
    assert not card.buttons


@ONE_DATABASE
def test_a_second_press_says_who_did_it_and_when(town: Town) -> None:
    code, ref = reported(town)
    part = town.parts("张敏")[MINE]
    town.say("王芳", f"退回 教育局 {code} 缺签到表")
    town.later(minutes=20)
    for verb in ("verify", "return"):
        again = town.press("王芳", f"v1:{verb}:{part.id}", on=ref)
        assert text(again) == f"已退回：示例区教育局 办{code} {MINE}\n王芳 · 11月2日(周一) 10:00\n没有改动"
        assert again.toast_is_enough
    assert town.part(part.id).state == "received"


def test_taken_back_it_waits_again_and_a_new_report_is_a_notice_of_its_own(town: Town) -> None:
    code, ref = reported(town)
    town.say("王芳", f"退回 教育局 {code} 缺签到表")
    assert "原因：缺签到表" in told(town)[1].lines
    town.say("王芳", "撤销")
    assert labels(told(town)[1]) == ["销号", "退回"]
    town.say("王芳", f"退回 教育局 {code} 缺签到表")
    assert told(town)[0] == ref
    town.later(minutes=30)
    town.say("张敏", f"办{code} 已补")
    messages = town.beat()
    assert len(messages) == 2, "the new notice, and the old one without its way back"
    assert messages[ref].lines == (
        f"已退回：示例区教育局 办{code} {MINE}",
        "王芳 · 11月2日(周一) 10:00",
        "原因：缺签到表",
    )


@ONE_DATABASE
def test_a_report_taken_back_asks_for_nothing(town: Town) -> None:
    code, ref = reported(town)
    town.say("张敏", "撤销")
    assert told(town) == (ref, Message((f"示例区教育局 已撤回：办{code} {MINE}", "张敏 · 11月2日(周一) 10:00")))


@ONE_DATABASE
def test_more_time_and_not_ours_are_decided_in_their_notices(town: Town) -> None:
    known(town)
    code = town.parts("张敏")[MINE].code
    town.say("张敏", f"延{code} 12月25日 材料未齐")
    ref, asked = told(town)
    assert labels(asked) == ["同意延期", "不同意"]
    town.say("王芳", f"不同意延期 教育局 {code} 时间够用")
    assert told(town)[1].lines[0].startswith("未同意延期：示例区教育局")
    town.say("张敏", f"不是我们 {code} 应由水务局办理")
    (other, refusal), *rest = town.beat().items()
    assert (other != ref, rest) == (True, [])
    assert labels(refusal) == ["转办", "免办", "重新打开"]
    town.say("王芳", f"转给 水务局 教育局 {code}")
    town.say("王芳", f"免办 教育局 {code} 已并入")
    assert town.beat()[other].lines[0].startswith(("已转办：", "已免办："))


@ONE_DATABASE
def test_a_burst_of_changes_is_one_edit(town: Town) -> None:
    code, ref = reported(town)
    for _ in range(3):
        town.say("王芳", f"退回 教育局 {code} 缺签到表")
        town.say("王芳", "撤销")
    town.say("王芳", f"销号 教育局 {code}")
    assert told(town)[0] == ref


@ONE_DATABASE
def test_what_is_decided_before_it_leaves_is_not_asked(town: Town) -> None:
    known(town)
    part = town.parts("张敏")[MINE]
    town.say("张敏", f"办{part.code} 已整改")
    town.say("张敏", "撤销")
    assert not town.beat()
    with town.desk() as desk:
        (notice,) = deliveries.notices(desk.tx, part.id)
    assert (notice.state, notice.reason) == ("superseded", "decided")


@ONE_DATABASE
def test_an_announcement_decided_by_words_takes_its_preview_along(town: Town) -> None:
    asked = town.say("王芳", "通知：请周五前报送材料")
    assert asked.live
    sent = town.say("王芳", "确认发送")
    assert text(sent) == "已发给 2 人，工作时间内送达 · 王芳 · 11月2日(周一) 10:00"
    again = town.press("王芳", buttons(asked)["确认发送"])
    assert (text(again), again.toast_is_enough) == (text(sent), True)
