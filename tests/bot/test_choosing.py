"""To a category of units or to those of one plan; pausing one plan; and the one question where it may be two."""

import pytest

from storage import leaves, plans
from tests.bot.town import Town, buttons, text

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def paused(town: Town) -> list[tuple[str, str]]:
    """What is paused now, and why."""
    with town.desk() as desk:
        keys = {plan.id: plan.key for plan in plans.all_plans(desk.tx)}
        return [(keys.get(row.plan_id or 0, "everything"), row.reason) for row in leaves.pauses(desk.tx, desk.today)]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("通知行政执法部门：请报送", "将发给行政执法部门类单位，共 2 人"),
        ("通知各行政执法部门：请报送", "将发给行政执法部门类单位，共 2 人"),
        ("通知乡镇街道教育单位：请报送", "将发给乡镇街道教育类单位，共 1 人"),
        ("通知专项督查方案的单位：请报送", "将发给《专项督查方案》有任务的单位，共 2 人"),
        ("通知《保密方案》的单位：请报送", "将发给《保密方案》有任务的单位，共 1 人"),
        ("通知逾期单位：请报送", "没有人"),
    ],
)
def test_an_audience_is_counted_shown_and_confirmed(town: Town, typed: str, told: str) -> None:
    asked = town.say("王芳", typed)
    assert told in text(asked)
    if buttons(asked):
        assert text(town.say("王芳", "确认发送")).startswith("已发给 ")


def test_who_is_nobody_is_told_whom_there_is(town: Town) -> None:
    said = text(town.say("王芳", "通知消防大队：请报送"))
    assert said.startswith("没有“消防大队”这个范围，没有发送")
    assert "乡镇街道教育类单位" in said
    assert "没有等待确认" in text(town.say("王芳", "确认发送"))
    assert "由督办单位办理" in text(town.say("张敏", "通知行政执法部门：请报送"))


@pytest.mark.parametrize("answer", ["2", "第2个", "专项督查方案", "button"])
def test_two_that_may_be_meant_are_asked_about_once(town: Town, answer: str) -> None:
    asked = town.say("王芳", "暂停方案 到12月1日 因机构改革")
    labels = list(buttons(asked))
    assert labels == ["执法工作方案", "专项督查方案", "保密方案"]
    done = town.press("王芳", buttons(asked)["专项督查方案"]) if answer == "button" else town.say("王芳", answer)
    assert text(done).startswith("《专项督查方案》已暂停提醒，到 12月1日(周二) 为止")
    assert paused(town) == [("checked", "机构改革")]


@pytest.mark.parametrize("answer", ["3", "保密方案", "button"])
def test_an_audience_that_may_be_two_is_asked_about_once(town: Town, answer: str) -> None:
    asked = town.say("王芳", "通知方案的单位：请报送")
    assert text(asked).startswith("通知发给谁？还没有发送\n1. 《执法工作方案》有任务的单位")
    done = town.press("王芳", list(buttons(asked).values())[2]) if answer == "button" else town.say("王芳", answer)
    assert "将发给《保密方案》有任务的单位，共 1 人" in text(done)


def test_a_paused_plan_holds_its_own_reminders_only_and_goes_on(town: Town) -> None:
    assert "《专项督查方案》暂停到哪一天" in text(town.say("王芳", "暂停专项督查方案的提醒"))
    assert paused(town) == []
    assert "已暂停提醒" in text(town.say("王芳", "12月1日 机构改革"))
    assert paused(town) == [("checked", "机构改革")]
    assert "没有暂停" in text(town.say("王芳", "恢复提醒")), "everything is not what was paused"
    assert "《专项督查方案》已恢复提醒" in text(town.say("王芳", "恢复 专项督查方案"))
    assert paused(town) == []
    assert "没有暂停" in text(town.say("王芳", "恢复 专项督查方案"))


def test_a_button_that_outlived_its_question_and_a_stranger_to_it_change_nothing(town: Town) -> None:
    asked = town.say("王芳", "暂停方案 到12月1日 因机构改革")
    town.later(minutes=20)
    town.press("王芳", buttons(asked)["专项督查方案"])
    town.press("张敏", buttons(asked)["专项督查方案"])
    assert "由督办单位办理" in text(town.say("张敏", "暂停 专项督查方案 到12月1日 因机构改革"))
    assert "没有“水利规划”这个方案" in text(town.say("王芳", "暂停 水利规划 到12月1日 因机构改革"))
    assert paused(town) == []
