"""Receiving, reporting, undoing, putting off: on real databases, with their effect once."""

from decimal import Decimal

from tests.bot.town import Town, buttons, text


def test_receive_report_undo_by_code(town: Town) -> None:
    review = town.parts("张敏")["年度案卷评查"]
    assert text(town.say("张敏", "收1")).startswith("已签收：办1 年度案卷评查 · 11月30日(周一) · 还有 20 个工作日")
    assert town.state(review) == "received"
    said = text(town.say("张敏", "办1 宁司通〔2026〕5号"))
    assert "已记录：办1 年度案卷评查 报结 · 11月2日(周一) 10:00" in said
    assert "附文号 1 个" in said
    assert "10 分钟内回复“撤销”可收回。" in said
    assert town.part(review.id).note == "宁司通〔2026〕5号"
    assert text(town.say("张敏", "撤销")) == "已撤销：办1 年度案卷评查，现为“已签收”"
    assert town.state(review) == "received"


def test_second_press_says_who_did_it_and_changes_nothing(town: Town) -> None:
    review = town.parts("张敏")["年度案卷评查"]
    town.say("张敏", "办1 文号甲〔2026〕1号")
    town.later(minutes=14)
    said = town.press("周强", f"v1:report:{review.id}")
    assert said.toast == "办1 已由张敏于 10:00 报结，没有重复登记。"
    assert town.part(review.id).note == "文号甲〔2026〕1号"
    assert "已由张敏于 10:00 报结" in text(town.say("张敏", "收1"))


def test_several_codes_do_what_can_be_done_and_name_what_cannot(town: Town) -> None:
    said = text(town.say("张敏", "收1 2 99"))
    assert "已签收 2 件：办1 办2" in said
    assert "没有找到编号 99" in said
    assert town.states("张敏")["年度案卷评查"][0] == town.states("张敏")["年度集中宣誓"][0] == "received"


def test_reply_to_a_reminder_acts_on_what_it_shows(town: Town) -> None:
    town.bind("李娜")
    (digest,) = town.beat()
    assert text(town.say("李娜", "收到", reply_to=digest)).startswith("已签收 4 件")
    asked = town.say("李娜", "完成 宁水〔2026〕3号", reply_to=digest)
    assert "哪一件" in text(asked)
    assert all(state == "received" for state, _ in town.states("李娜").values())
    label = next(label for label in buttons(asked) if "年度集中宣誓" in label)
    town.press("李娜", buttons(asked)[label])
    assert "年度集中宣誓" not in town.parts("李娜")


def test_amounts_and_counts(town: Town) -> None:
    said = text(town.say("张敏", "办5 30学时"))
    assert "已报 30/60 学时" in said
    assert "还差 30 学时" in said
    assert town.states("张敏")["业务培训"] == ("received", Decimal(30))
    asked = town.say("张敏", "办5 20课时")
    assert "按学时计，是报 20 学时吗？" in text(asked)
    assert town.states("张敏")["业务培训"][1] == 30
    town.press("张敏", buttons(asked)["是，报结"])
    assert town.states("张敏")["业务培训"][1] == 50
    assert "已报 1/2 次" in text(town.say("张敏", "办4 第一次"))
    assert "执法监督" in text(town.say("张敏", "办4 1次"))
    assert "执法监督" not in town.parts("张敏")


def test_two_numbers_may_be_an_amount(town: Town) -> None:
    asked = town.say("张敏", "办5 30")
    assert "按学时计，是报 30 学时吗？" in text(asked)
    town.press("张敏", buttons(asked)["是，报结"])
    assert town.states("张敏")["业务培训"][1] == 30


def test_snooze_by_words_and_buttons(town: Town) -> None:
    asked = town.say("张敏", "稍后1")
    assert "期限 11月30日(周一) 不变" in text(asked)
    said = town.press("张敏", buttons(asked)["下个工作日"])
    assert "11月3日(周二) 09:00 再提醒" in text(said)
    assert said.toast_is_enough
    assert "11月25日(周三) 09:00" in text(town.say("张敏", "稍后1 期限前"))
