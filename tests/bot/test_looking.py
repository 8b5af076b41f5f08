"""Lists, why, help, the calendar, the pages, the language."""

from dataclasses import replace
from datetime import timedelta

from tests.bot.town import Town, text
from texts.catalogue import say


def test_lists_say_why_they_are_empty_and_what_comes_next(quick: Town) -> None:
    assert text(quick.say("张敏", "今天")).splitlines()[1].startswith("最近一件：办1 年度案卷评查")
    assert "另有 1 项长期坚持" in text(quick.say("张敏", "清单"))
    quick.later(days=28)
    assert text(quick.say("张敏", "今天")).splitlines()[0] == "今天要办 1 件"
    assert "今天到期" in text(quick.say("张敏", "今天"))
    quick.later(days=1)
    assert "已过期 1 个工作日" in text(quick.say("张敏", "逾期"))


def test_why_says_plan_role_and_what_comes_next(town: Town) -> None:
    town.bind("张敏")
    town.beat()
    said = text(town.say("张敏", "为什么1"))
    assert "方案：执法工作方案 第 1 项" in said
    assert "示例区教育局是责任单位" in said
    assert "最近一次提醒：新任务通知" in said
    assert "下一次：期限前" in said
    assert "没有找到" in text(town.say("张敏", "为什么99"))


def test_calendar_gives_an_address_once_and_stops_at_the_limit(town: Town) -> None:
    said = text(town.say("张敏", "日历"))
    assert "http://127.0.0.1:8080/feeds/" in said
    assert "webcal://127.0.0.1:8080/feeds/" in said
    for _ in range(4):
        town.say("张敏", "/calendar")
    assert text(town.say("张敏", "/calendar")) == say("zh", "error.too_many_feeds")


def test_a_link_into_the_pages(town: Town) -> None:
    assert "http://127.0.0.1:8080/in/" in text(town.say("张敏", "网页"))


def test_a_trials_link_says_days(town: Town) -> None:
    town.office = replace(town.office, link_life=timedelta(days=30))
    assert "30 天内有效" in text(town.say("张敏", "网页"))


def test_a_bound_chat_is_told_what_will_come(town: Town) -> None:
    assert "任务到期前" in text(town.say("张敏", "/start"))
    bureau = town.say("王芳", "/start")
    assert "待销号" in text(bureau)
    assert town.press("王芳", "v1:sign_in").messages[0].lines[0].startswith("打开网页：http")


def test_english(town: Town) -> None:
    assert "Ruqi speaks English" in text(town.say("张敏", "/language en"))
    assert text(town.say("张敏", "done 1")).startswith("Recorded: #1 年度案卷评查 reported")
    assert text(town.say("张敏", "undo")).startswith("Undone")
    assert "已改用中文" in text(town.say("张敏", "/language zh"))


def test_every_button_has_a_text_form(quick: Town) -> None:
    """What a button does can be said in words: the message with the button says how, or help does."""
    quick.bind("张敏")
    (digest,) = quick.beat().values()
    words = digest.text + text(quick.say("张敏", "帮助"))
    for form in ("收1", "办1", "清单", "日历", "稍后", "撤销"):
        assert form in words


def test_help_is_one_screen(quick: Town) -> None:
    assert len(text(quick.say("张敏", "/help")).splitlines()) <= 8
    assert "销号 单位 12" in text(quick.say("王芳", "帮助"))
