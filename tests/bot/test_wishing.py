"""More time, not ours, to a colleague, leave, the hour: acted on when all is said, asked about once when it is not."""

import pytest

from storage import people
from tests.bot.town import CHAT, Town, buttons, text


def test_more_time_is_asked_and_granted(town: Town) -> None:
    review = town.parts("张敏")["年度案卷评查"]
    said = text(town.say("张敏", "延1 12月20日 材料未齐"))
    assert said.startswith("已申请：办1 年度案卷评查 由 11月30日(周一) 延至 12月20日(周日)")
    assert (town.part(review.id).asked_due, town.part(review.id).due) == (
        review.due.replace(month=12, day=20),
        review.due,
    )
    assert "不是" not in text(town.say("王芳", "同意延期 教育局 1 到12月25日"))
    part = town.part(review.id)
    assert (str(part.due), part.original_due, part.asked_due) == ("2026-12-25", review.due, None)


def test_what_is_missing_is_asked_for_and_what_was_said_is_kept(town: Town) -> None:
    assert "请回复新的日期和原因：办3" in text(town.say("张敏", "延3"))
    assert "请回复延期到 12月20日(周日) 的原因" in text(town.say("张敏", "12月20日"))
    assert "已申请：办3" in text(town.say("张敏", "专家没到"))
    assert town.parts("张敏")["配合市级案卷评查"].extension_reason == "专家没到"
    assert "请回复延期到哪一天" in text(town.say("张敏", "延2 材料未齐"))
    assert "由 12月4日(周五) 延至 12月11日(周五)" in text(town.say("张敏", "12月11日"))
    assert town.parts("张敏")["年度集中宣誓"].extension_reason == "材料未齐"


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("延2 3天 等批复", "是把“办2 年度集中宣誓”申请延期到 12月7日(周一) 吗？"),
        ("延2 11月9日 等批复", "11月9日(周一) 不晚于现期限 12月4日(周五)，请回复新的日期"),
        ("延2 昨天 等批复", "11月1日(周日) 已过，请回复新的日期"),
        ("延2 10月1日 等批复", "是把“办2 年度集中宣誓”申请延期到 2027年10月1日(周五) 吗？"),
        ("延2 2月30日 等批复", "请回复延期到哪一天"),
        ("能否延期到12月20日，材料未齐", "是哪一件申请延期？"),
        ("延2 12月20日 行不行", "申请延期到 12月20日(周日) 吗？"),
        ("申请延期到12月20日，材料未齐", "是哪一件申请延期？"),
    ],
)
def test_a_day_that_is_not_clear_is_asked_about_with_its_weekday(quick: Town, words: str, asked: str) -> None:
    assert asked in text(quick.say("张敏", words))
    assert all(part.asked_due is None for part in quick.parts("张敏").values())


def test_a_day_chosen_by_button_keeps_the_reason(town: Town) -> None:
    asked = town.say("张敏", "延2 3天 等批复")
    said = town.press("张敏", buttons(asked)["是"])
    assert "已申请：办2" in text(said)
    part = town.parts("张敏")["年度集中宣誓"]
    assert (str(part.asked_due), part.extension_reason) == ("2026-12-07", "等批复")
    town.say("张敏", "撤销")
    later = town.say("张敏", "延2 3天 等批复")
    town.later(minutes=16)
    assert "请回复延期到 12月7日(周一) 的原因" in text(town.press("张敏", buttons(later)["是"])), (
        "the reason is gone by now"
    )


def test_the_button_under_a_reminder_asks_and_the_next_message_answers(town: Town) -> None:
    oath = town.parts("张敏")["年度集中宣誓"]
    assert "请回复新的日期和原因" in text(town.press("张敏", f"v1:extend:{oath.id}"))
    assert "已申请" in text(town.say("张敏", "延到12月20日，场地没定"))
    assert "请回复不归本单位的原因" in text(town.press("张敏", f"v1:refuse:{oath.id}"))
    assert "已登记：办2 年度集中宣誓 不属本单位" in text(town.say("张敏", "应由水务局组织"))
    assert (town.state(oath), town.part(oath.id).reason) == ("refused", "应由水务局组织")


def test_not_ours_needs_a_reason_and_one_part(town: Town) -> None:
    asked = town.say("张敏", "不是我们")
    assert "是哪一件不归本单位？" in text(asked)
    assert "请回复不归本单位的原因，可写明应由哪个单位办：办3" in text(town.say("张敏", "3"))
    assert "不属本单位" in text(town.say("张敏", "应由水务局办"))
    assert town.parts("张敏")["配合市级案卷评查"].state == "refused"
    assert "不属本单位" in text(town.say("张敏", "2不归我们管 应由城管局办"))
    assert "不属本单位" not in text(town.say("张敏", "水务局的1不归我们管 应由城管局办"))
    assert town.parts("张敏")["年度案卷评查"].state == "open"


def test_a_part_goes_to_a_colleague_and_nowhere_else(town: Town) -> None:
    assert text(town.say("张敏", "转5给周强")).startswith("已转交：办5 业务培训 由周强办理")
    assert town.parts("张敏")["业务培训"].delegate == "周强"
    for words in ("转5给李四", "转5给李娜", "转5给水务局", "5转给谁"):
        assert "没有改动" in text(town.say("张敏", words)), words
    assert "请写明编号" in text(town.say("张敏", "转给周强"))
    assert town.parts("张敏")["业务培训"].delegate == "周强"


def test_leave_and_back(quick: Town) -> None:
    said = text(quick.say("张敏", "请假 12月1日到12月5日 由周强代"))
    assert said.startswith("已登记请假：12月1日(周二) 至 12月5日(周六)\n期间的提醒发给周强。")
    assert "请写明请假的起止日期" in text(quick.say("张敏", "请假3天"))
    assert "没有叫“李娜”的人" in text(quick.say("张敏", "请假 12月8日 由李娜代"))
    assert "已销假" in text(quick.say("张敏", "销假"))
    assert "没有改动" in text(quick.say("张敏", "销假"))


def test_the_hour_of_the_digest_lies_in_office_hours(quick: Town) -> None:
    assert text(quick.say("张敏", "每天8点40提醒我")) == "已设定：每个工作日 08:40 提醒您。"
    assert quick.officer("张敏").digest_at == "08:40"
    assert "没有改动" in text(quick.say("张敏", "每天7点提醒我"))
    assert "每天8点40提醒我" in text(quick.say("张敏", "每天25点提醒我"))
    assert quick.officer("张敏").digest_at == "08:40"
    quick.say("张敏", "恢复默认提醒时间")
    assert not quick.officer("张敏").digest_at


def test_a_test_message_goes_by_every_way(quick: Town) -> None:
    assert text(quick.say("张敏", "测试")).startswith("这是一条测试消息")
    quick.bind("张敏")
    person = quick.officer("张敏")
    with quick.desk() as desk:
        people.bind_contact(desk.tx, officer_id=person.id, channel=CHAT, address="chat-2", now=desk.now)
    assert "另有 1 种方式也各发了一条" in text(quick.say("张敏", "测试消息"))
    assert any("这是一条测试消息" in message.text for message in quick.beat().values())
