"""The conversation on real databases: what is said has its effect once, and what is not clear has none."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.conversation import Incoming, respond
from tests.bot.town import CHAT, Town, buttons, text
from texts.catalogue import say
from usecases.enroll import find_officer, invite


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


def test_words_travel_with_the_question(town: Town) -> None:
    oath = town.parts("张敏")["年度集中宣誓"]
    asked = town.say("张敏", "宣誓搞完了")
    assert text(asked).startswith("是报结“办2 年度集中宣誓”吗？")
    assert town.state(oath) == "open"
    town.press("张敏", buttons(asked)["是，报结"])
    assert (town.state(oath), town.part(oath.id).note) == ("reported", "宣誓搞完了")


def test_reply_to_our_question_is_understood(town: Town) -> None:
    """The parts a reply shows are told to the channel, so that 完成 said to the question means the same part."""
    asked = town.say("张敏", "宣誓搞完了")
    assert asked.parts == (town.parts("张敏")["年度集中宣誓"].id,)


def test_plain_words_that_fit_two_duties_are_asked_about(town: Town) -> None:
    asked = town.say("张敏", "案卷评查做完了")
    labels = list(buttons(asked))
    assert [label.split(" · ")[0] for label in labels[:2]] == ["办1 年度案卷评查", "办3 配合市级案卷评查"]
    assert all(state == "open" for state, _ in town.states("张敏").values())


@pytest.mark.parametrize(
    "words",
    [
        "完成不了",
        "没完成",
        "还没收到",
        "什么时候完成",
        "办不了",
        "12号开会",
        "办1 没完成",
        "1办结了吗",
        "办1？",
        "延1 12月20日 原因",
        "不是我们的",
    ],
)
def test_what_denies_or_asks_changes_nothing(quick: Town, words: str) -> None:
    quick.bind("张敏")
    before = quick.states("张敏")
    (digest,) = quick.beat()
    for reply_to in ("", digest):
        assert "没有" in text(quick.say("张敏", words, reply_to=reply_to)), words
    assert quick.states("张敏") == before


def test_alone_without_a_message_asks_once(town: Town) -> None:
    asked = town.say("张敏", "收到")
    assert text(asked).startswith("未签收的有 6 件，是全部签收吗？")
    assert "是哪一件报结？" in text(town.say("张敏", "完成"))
    assert all(state == "open" for state, _ in town.states("张敏").values())
    town.press("张敏", "v1:receive_all")
    assert all(state == "received" for state, _ in town.states("张敏").values())


def test_the_last_one_open_is_confirmed_not_guessed(town: Town) -> None:
    for code in (1, 2, 3):
        town.say("李娜", f"办{code}")
    said = town.say("李娜", "完成")
    assert buttons(said).keys() == {"是，报结", "不是"}
    assert len(town.parts("李娜")) == 2, "one waits for the bureau, one is still open"


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


def test_a_foreign_forged_or_stale_press_changes_nothing(town: Town) -> None:
    theirs = town.parts("李娜")["年度案卷评查"]
    for data in (f"v1:report:{theirs.id}", f"v1:receive:{theirs.id}", f"v1:verify:{theirs.id}"):
        reply = town.press("张敏", data)
        assert reply.toast == text(reply)
        assert "没有改动" in reply.toast
    mine = town.parts("张敏")["年度案卷评查"]
    forged = [
        "v0:report:1",
        "v1:drop:1",
        "v1:report",
        f"v1:report:{mine.id}x",
        "v1:report:-1",
        "",
        "v1",
        "v1:report:9999999999999",
    ]
    for data in (*forged[:5], *forged[6:], f"v1:report:{mine.id}:" + "长" * 60):
        assert "没有改动" in town.press("张敏", data).toast, data
    assert town.state(theirs) == town.state(mine) == "open"


def test_strangers_get_one_neutral_line_until_a_code_binds(town: Town) -> None:
    line = say("zh", "stranger")
    for words in ("你好", "办1", "清单", "/list", "帮助", "/start"):
        assert text(town.stranger(words)) == line
    assert town.stranger(button="v1:report:1").toast == line
    assert text(town.stranger("/start wrongcode")) == say("zh", "error.bad_invite")
    with town.desk() as desk:
        code = invite(desk, find_officer(desk, "李娜"))
    assert text(town.stranger(f"/start {code}")).startswith("绑定成功：示例区水务局")
    assert text(town.stranger(f"/start {code}", address="chat-other")) == say("zh", "error.bad_invite")
    assert town.state(town.parts("张敏")["年度案卷评查"]) == "open"


def test_a_strangers_line_tells_nothing_of_anybody(quick: Town) -> None:
    said = text(quick.stranger("清单"))
    assert not any(name in said for name in ("张敏", "李娜", "王芳", "教育局", "司法局", "案卷"))


def test_bureau_verifies_and_returns_by_unit_and_code(town: Town) -> None:
    ours, theirs = town.parts("张敏")["整改情况报告"], town.parts("李娜")["整改情况报告"]
    town.say("张敏", f"办{ours.code} 甲〔2026〕1号")
    said = text(town.say("李娜", f"办{theirs.code}"))
    assert "待司法局销号" in said
    listed = text(town.say("王芳", "待销号"))
    assert "示例区教育局 办6 整改情况报告 · 已报结 张敏 10:00" in listed
    assert "缺" not in text(town.say("王芳", f"退回 教育局 {ours.code}"))
    assert town.state(ours) == "reported", "a return needs a reason"
    said = text(town.say("王芳", f"退回 教育局 {ours.code} 缺签到表"))
    assert "已退回：示例区教育局 办6 整改情况报告" in said
    assert "原因：缺签到表" in said
    assert town.state(ours) == "received"
    assert "已销号" in text(town.say("王芳", f"销号 水务局 {theirs.code}"))
    assert town.state(theirs) == "verified"


def test_bureau_answers_a_notice(town: Town) -> None:
    town.bind("王芳")
    part = town.parts("张敏")["整改情况报告"]
    town.say("张敏", f"办{part.code}")
    (notice,) = [ref for ref, message in town.beat().items() if "已报结" in message.text]
    asked = town.press("王芳", f"v1:return:{part.id}", on=notice)
    assert "退回要写明原因" in text(asked)
    assert town.state(part) == "reported"


def test_only_the_bureau_verifies(town: Town) -> None:
    part = town.parts("张敏")["整改情况报告"]
    town.say("张敏", f"办{part.code}")
    for words in (f"销号 教育局 {part.code}", f"销号{part.code}", f"退回 教育局 {part.code} 理由"):
        assert "没有改动" in text(town.say("张敏", words))
    assert "没有改动" in town.press("周强", f"v1:verify:{part.id}").toast
    assert town.state(part) == "reported"


def test_auditors_only_read(town: Town) -> None:
    part = town.parts("张敏")["年度案卷评查"]
    assert "没有改动" in town.press("赵静", f"v1:report:{part.id}").toast
    assert town.state(part) == "open"


def test_lists_say_why_they_are_empty_and_what_comes_next(quick: Town) -> None:
    assert text(quick.say("张敏", "今天")).splitlines()[1].startswith("最近一件：办1 年度案卷评查")
    assert "另有 1 项长期坚持" in text(quick.say("张敏", "清单"))
    quick.later(days=28)
    assert text(quick.say("张敏", "今天")).splitlines()[0] == "今天要办 1 件"
    assert "今天到期" in text(quick.say("张敏", "今天"))
    quick.later(days=1)
    assert "已过期 1 个工作日" in text(quick.say("张敏", "逾期"))


def test_a_confidential_plan_says_number_and_date_only(town: Town) -> None:
    code = town.parts("李娜")["不能说的事"].code
    words = ("清单", str(code), f"为什么{code}", f"收{code}", f"稍后{code}", f"办{code}", f"办{code}", "撤销", "完成")
    for said in words:
        reply = town.say("李娜", said)
        assert "不能说的事" not in text(reply) + "".join(buttons(reply)), said
        assert "保密方案" not in text(reply), said


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


def test_english(town: Town) -> None:
    assert "Ruqi speaks English" in text(town.say("张敏", "/language en"))
    assert text(town.say("张敏", "done 1")).startswith("Recorded: #1 年度案卷评查 reported")
    assert text(town.say("张敏", "undo")).startswith("Undone")
    assert "已改用中文" in text(town.say("张敏", "/language zh"))


def test_events_need_their_full_name_and_a_sure_day(town: Town) -> None:
    assert "请写全名称" in text(town.say("王芳", "登记 发布 11月1日"))
    assert "请写明年份" in text(town.say("王芳", "登记 自方案发布之日 3月3日"))
    assert "请写明是哪一天" in text(town.say("王芳", "登记 自方案发布之日"))
    assert "没有任务在等“没有的事”" in text(town.say("王芳", "登记 没有的事 11月1日"))
    assert "发布后报送情况" not in town.parts("张敏")
    assert "已登记：自方案发布之日 · 11月1日(周日)" in text(town.say("王芳", "登记 自方案发布之日 11月1日"))
    assert town.parts("张敏")["发布后报送情况"].rule_day.isoformat() == "2026-11-16"
    assert "早先已登记" in text(town.say("王芳", "登记 自方案发布之日 2026年11月1日"))


def test_nothing_understood_is_said_in_two_lines(quick: Town) -> None:
    for words in ("", "👍", "今天天气不错", "x" * 4096, "<script>alert(1)</script>"):
        reply = quick.say("张敏", words)
        assert len(text(reply).splitlines()) <= 2
        assert "script" not in text(reply)


def test_every_button_has_a_text_form(quick: Town) -> None:
    """What a button does can be said in words: the message with the button says how, or help does."""
    quick.bind("张敏")
    (digest,) = quick.beat().values()
    words = digest.text + text(quick.say("张敏", "帮助"))
    for form in ("收1", "办1", "清单", "日历", "稍后", "撤销"):
        assert form in words


def test_replying_to_a_message_that_is_not_ours_is_like_saying_it(quick: Town) -> None:
    assert "是哪一件报结？" in text(quick.say("张敏", "完成", reply_to="m999"))
    assert "没有改动" in quick.press("张敏", "v1:receive_all", on="m999").toast


def test_a_message_of_another_chat_shows_nothing(town: Town) -> None:
    """References are per chat: one that means a message in somebody else's chat means nothing here."""
    town.bind("李娜")
    (digest,) = town.beat()
    assert "是哪一件报结？" in text(town.say("张敏", "完成", reply_to=digest))


def test_help_is_one_screen(quick: Town) -> None:
    assert len(text(quick.say("张敏", "/help")).splitlines()) <= 8
    assert "销号 单位 12" in text(quick.say("王芳", "帮助"))


def test_binding_again_moves_the_chat(town: Town) -> None:
    with town.desk() as desk:
        code = invite(desk, find_officer(desk, "李娜"))
        asked = Incoming(CHAT, "chat-张敏", text=f"/start {code}")
        said = respond(desk, find_officer(desk, "张敏"), asked)
        assert "绑定成功：示例区水务局" in text(said)
        again = respond(desk, find_officer(desk, "李娜"), replace(asked, text="/start"))
        assert "您已绑定：示例区水务局" in text(again)
