"""What the bureau decides in words and by buttons, for which unit, and what nobody else may."""

import pytest

from bot.turn import Incoming
from tests.bot.town import Town, buttons, text


def test_a_reason_that_is_missing_is_asked_for(town: Town) -> None:
    oath = town.parts("张敏")["年度集中宣誓"]
    assert "请回复免办原因：示例区教育局 办2" in text(town.say("王芳", "免办 教育局 2"))
    assert "已免办：示例区教育局 办2" in text(town.say("王芳", "已并入市级活动"))
    assert town.state(oath) == "waived"
    assert "已重开：示例区教育局 办2" in text(town.say("王芳", "重开 教育局2 弄错了"))
    assert town.state(oath) == "open"


def test_an_extension_is_answered_under_its_notice(town: Town) -> None:
    town.bind("王芳")
    town.say("张敏", "延2 12月20日 场地没定")
    (notice,) = [ref for ref, message in town.beat().items() if "申请延期" in message.text]
    assert "请回复不同意延期的原因" in text(town.say("王芳", "不同意", reply_to=notice))
    assert "未同意延期" in text(town.say("王芳", "时间够用"))
    town.say("张敏", "延2 12月21日 场地没定")
    (second,) = [ref for ref, message in town.beat().items() if "申请延期" in message.text]
    assert "已同意延期" in text(town.say("王芳", "同意", reply_to=second))
    assert str(town.parts("张敏")["年度集中宣誓"].due) == "2026-12-21"


def test_a_part_moves_to_another_unit(town: Town) -> None:
    part = town.parts("张敏")["配合市级案卷评查"]
    town.say("张敏", "3不归我们 应由水务局办")
    listed = text(town.say("王芳", "待定"))
    assert listed.startswith("今天请您定 1 件：不是我们 1")
    shown = town.press("王芳", "v1:decide_next")
    assert "原因：应由水务局办" in text(shown)
    assert "请回复转到哪个单位" in text(town.press("王芳", buttons(shown)["转办"]))
    assert "没有“城管局”" in text(town.say("王芳", "城管局")), "no such unit, and the question stays"
    assert "现由示例区水务局办理" in text(town.say("王芳", "水务局"))
    assert town.state(part) == "waived"
    assert town.parts("李娜")["配合市级案卷评查"].came_from == "示例区教育局"


def test_whose_it_is_is_asked_where_several_units_have_that_code(town: Town) -> None:
    for name in ("张敏", "李娜"):
        code = town.parts(name)["整改情况报告"].code
        town.say(name, f"办{code} 宁〔2026〕1号")
    codes = {town.parts(name)["整改情况报告"].code for name in ("张敏", "李娜")}
    if len(codes) == 1:
        assert "是哪个单位的？" in text(town.say("王芳", f"退回 {codes.pop()} 缺签到表"))


def test_skipping_binds_every_unit_and_is_confirmed(town: Town) -> None:
    ours, theirs = town.parts("张敏")["年度案卷评查"], town.parts("李娜")["年度案卷评查"]
    asked = town.say("王芳", "跳过 教育局 1 今年不开展")
    assert "2 个单位都不再办理" in text(asked)
    assert town.state(ours) == town.state(theirs) == "open"
    assert "没有改动" in text(town.say("王芳", "取消"))
    town.say("王芳", "跳过 教育局 1 今年不开展")
    assert "已免办 2 件" in text(town.say("王芳", "是"))
    assert town.state(ours) == town.state(theirs) == "waived"


def test_entered_for_somebody_with_both_names(town: Town) -> None:
    oath = town.parts("张敏")["年度集中宣誓"]
    assert "报结" in text(town.say("王芳", "代教育局张敏 办2 宁司通〔2026〕5号"))
    assert (town.state(oath), town.part(oath.id).note) == ("reported", "宁司通〔2026〕5号")
    assert "已签收：办1" in text(town.say("王芳", "代张敏收1"))
    for words in ("代李四 办1", "代张敏 办不了1", "替我收1", "代张敏 转1给周强"):
        assert "没有改动" in text(town.say("王芳", words)), words
    assert "没有改动" in text(town.say("李娜", "代张敏 办1"))
    assert town.states("张敏")["年度案卷评查"][0] == "received"


def test_nudges_are_shown_before_they_go_to_many(town: Town) -> None:
    for name in ("张敏", "李娜"):
        town.bind(name)
    assert "已催办 1 件：示例区教育局" in text(town.say("王芳", "催 教育局 2"))
    assert "已由王芳催办" in text(town.say("王芳", "催 教育局 2"))
    assert "现在没有逾期的单位" in text(town.say("王芳", "催办 逾期的"))
    town.later(days=42)
    asked = town.say("王芳", "催办 逾期的")
    assert text(asked).startswith("将催办 6 件，涉及 2 个单位")
    assert "没有等待确认的内容" in text(town.say("张敏", "确认催办"))
    assert "已催办 6 件" in text(town.press("王芳", buttons(asked)["确认催办"]))
    assert "没有等待确认" in text(town.press("王芳", buttons(asked)["确认催办"])), "a second press sends nothing"


def test_an_announcement_wants_a_second_confirmation(town: Town) -> None:
    town.bind("张敏")
    asked = town.say("王芳", "通知：请周五前报送材料")
    assert text(asked).startswith("以下内容将发给全部单位，共 2 人，还没有发送")
    assert not any("请周五前报送材料" in message.text for message in town.beat().values())
    assert text(town.say("王芳", "确认发送")) == "已发给 2 人，工作时间内送达 · 王芳 · 11月2日(周一) 10:00"
    assert any("请周五前报送材料" in message.text for message in town.beat().values())
    assert text(town.press("王芳", buttons(asked)["确认发送"])).startswith("已发给 2 人")
    assert [one for one in town.beat().values() if "请周五前报送材料" in one.text] == [], "it went out once"
    dropped = town.say("王芳", "通知：再发一次")
    assert "已作废" in text(town.press("王芳", buttons(dropped)["不发了"]))
    assert "没有发送" in text(town.press("王芳", buttons(dropped)["确认发送"]))


def test_events_move_and_are_taken_back(town: Town) -> None:
    town.say("王芳", "登记 自方案发布之日 11月1日")
    assert "由 11月1日(周日) 改为 11月3日(周二)" in text(town.say("王芳", "改期 自方案发布之日 11月3日"))
    assert town.parts("张敏")["发布后报送情况"].rule_day.isoformat() == "2026-11-18"
    assert "请写明改到哪一天" in text(town.say("王芳", "改期 自方案发布之日"))
    assert "没有登记过“别的事”" in text(town.say("王芳", "取消登记 别的事"))
    assert "取消登记“自方案发布之日" in text(town.say("王芳", "取消登记 自方案发布之日"))
    assert "发布后报送情况" in town.parts("张敏")
    assert "已取消登记" in text(town.say("王芳", "是"))
    assert "发布后报送情况" not in town.parts("张敏")


def test_pausing_asks_until_when_and_why(town: Town) -> None:
    assert "请回复暂停到哪一天和原因" in text(town.say("王芳", "暂停提醒"))
    assert "到 12月1日(周二) 为止" in text(town.say("王芳", "12月1日 系统维护"))
    assert "已恢复提醒" in text(town.say("王芳", "恢复提醒"))
    assert "没有改动" in text(town.say("王芳", "恢复提醒"))


def test_the_report_of_the_week_when_it_is_asked_for(town: Town) -> None:
    town.bind("王芳")
    assert "周报随后送到" in text(town.say("王芳", "周报"))
    assert any(message.lines[0].startswith("周报 10月26日(周一)") for message in town.beat().values())
    assert text(town.say("赵静", "周报")).startswith("周报 10月26日(周一)"), "an auditor reads it at once"


BUREAU_ONLY = [
    "销号 水务局 {n}",
    "退回 水务局 {n} 缺表",
    "免办 教育局 2 没空",
    "免办 2 没空",
    "跳过 2 没空",
    "重开 2 理由",
    "同意延期 2",
    "不同意延期 2 没空",
    "教育局 2 转水务局",
    "催办 教育局 2",
    "催办 逾期的",
    "代李娜 办1",
    "通知：大家好好干",
    "暂停提醒 12月1日 维护",
    "待定",
    "联系不上",
    "取消登记 自方案发布之日",
    "周报",
]


@pytest.mark.parametrize("words", BUREAU_ONLY)
@pytest.mark.parametrize("who", ["张敏", "周强"])
def test_nobody_else_may(quick: Town, who: str, words: str) -> None:
    before = quick.states("张敏"), quick.states("李娜")
    said = text(quick.say(who, words.format(n=5)))
    assert "没有" in said, said
    assert (quick.states("张敏"), quick.states("李娜")) == before


def test_an_event_is_taken_back_in_words_in_a_chat_and_in_the_inbox(town: Town) -> None:
    before = town.states("张敏")
    said = text(town.say("王芳", "登记 自方案发布之日 11月1日"))
    assert "10 分钟内回复“撤销”可收回" in said
    assert town.states("张敏") != before
    assert "已撤销登记：自方案发布之日 · 11月1日(周日)" in text(town.say("王芳", "撤销"))
    assert town.states("张敏") == before
    town.say("王芳", "登记 自方案发布之日 11月1日")
    started = town.states("张敏")
    for act, back in (("改期 自方案发布之日 11月3日", "已撤销改期"), ("取消登记 自方案发布之日", "已撤销取消")):
        town.say("王芳", act)
        if act.startswith("取消"):
            assert "10 分钟内" in text(town.say("王芳", "是"))
        undone = town.turn("王芳", Incoming("web", "web-王芳", text="撤销"))
        assert back in text(undone)
        assert "11月1日(周日)" in text(undone)
        assert town.states("张敏") == started
