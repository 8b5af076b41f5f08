"""A stranger asks to join, in words; the bureau decides in words and by buttons; a stranger learns nothing."""

from dataclasses import replace

import pytest

from bot.admitting import asks_to_join
from bot.turn import Incoming, Reply
from tests.bot.town import Town, buttons, text
from usecases.ask_on_page import ask_on_page
from usecases.enroll import who

ADDRESS = "chat-nobody"


@pytest.fixture
def open_town(town: Town) -> Town:
    town.office = replace(town.office, join_requests=True)
    town.bind("王芳")
    return town


def bound(town: Town) -> str:
    with town.desk() as desk:
        officer = who(desk, "telegram", ADDRESS)
        return officer.name if officer else ""


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("申请加入 教育局 张敏", ("教育局", "张敏")),
        ("申请加入，教育局，张敏", ("教育局", "张敏")),
        ("申请加入：示例区 教育局 张敏", ("示例区 教育局", "张敏")),
        ("我要申请加入 教育局 张敏", ("教育局", "张敏")),
        ("join Education Office Zhang", ("Education Office", "Zhang")),
        ("申请加入教育局", ("", "")),
        ("申请加入", ("", "")),
        ("joint duty done", None),
        ("申请延期", None),
        ("你好", None),
    ],
)
def test_what_asks_to_join(said: str, meant: tuple[str, str] | None) -> None:
    assert asks_to_join(said) == meant


def test_the_same_words_whatever_was_named(open_town: Town) -> None:
    """A unit that exists, one that does not, a person who exists: nobody learns which."""
    said = {
        text(open_town.stranger(f"申请加入 {named}", address=f"chat-{n}"))
        for n, named in enumerate(("教育局 张敏", "教育局 无此人", "无此单位 张敏", "司法局 王芳"))
    }
    assert len(said) == 1
    (one,) = said
    assert one.startswith("申请已收到")
    assert "教育局" not in one


def test_off_it_is_the_neutral_line_as_ever(town: Town) -> None:
    assert text(town.stranger("申请加入 教育局 钱新")) == text(town.stranger("你好"))
    assert "申请加入" not in text(town.stranger("你好"))


def test_on_the_neutral_line_says_how(open_town: Town) -> None:
    assert "申请加入 单位 姓名" in text(open_town.stranger("你好"))
    assert "请写明单位和姓名" in text(open_town.stranger("申请加入"))
    assert "没有重复提交" in [text(open_town.stranger("申请加入 教育局 钱新")) for _ in range(2)][1]


def test_the_bureau_says_yes_by_a_button(open_town: Town) -> None:
    open_town.stranger("申请加入 教育局 钱新")
    listed = open_town.say("王芳", "待定")
    assert text(listed).startswith("今天请您定 1 件：加入申请 1")
    shown = open_town.press("王芳", "v1:decide_next")
    assert "申请加入：教育局 钱新" in text(shown)
    done = open_town.press("王芳", buttons(shown)["同意加入"])
    assert "钱新现为示例区教育局联络员" in text(done)
    assert bound(open_town) == "钱新"
    assert "已经处理过" in text(open_town.press("王芳", buttons(shown)["同意加入"]))
    assert "没有等您决定" in text(open_town.say("王芳", "加入申请"))


def test_the_bureau_says_no_and_why(open_town: Town) -> None:
    open_town.stranger("申请加入 教育局 钱新")
    shown = open_town.say("王芳", "加入申请")
    assert "不同意的原因" in text(open_town.press("王芳", buttons(shown)["不同意"]))
    assert "原因已告知申请人" in text(open_town.say("王芳", "请找本单位管理员"))
    assert bound(open_town) == ""
    told = [message.text for message in open_town.beat().values() if "未获同意" in message.text]
    assert told == ["您的申请未获同意。原因：请找本单位管理员"]


def test_the_bureau_chooses_the_unit_in_words(open_town: Town) -> None:
    open_town.stranger("申请加入 教育 钱新")
    assert "与名册对不上" in text(open_town.say("王芳", "同意加入 1"))
    assert "没有“城管局”" in text(open_town.say("王芳", "同意加入 1 城管局"))
    assert "钱新现为示例区水务局联络员" in text(open_town.say("王芳", "同意加入1 水务局"))


@pytest.mark.parametrize("said", ["同意加入 1", "不同意加入 1 不认识", "加入申请"])
def test_nobody_else_decides(open_town: Town, said: str) -> None:
    open_town.stranger("申请加入 教育局 钱新")
    for name in ("张敏", "李娜", "赵静"):
        open_town.say(name, said)
    assert bound(open_town) == ""
    assert "申请加入：教育局 钱新" in text(open_town.say("王芳", "加入申请")), "it still waits"


def test_a_stranger_presses_and_types_the_bureaus_words_in_vain(open_town: Town) -> None:
    open_town.stranger("申请加入 教育局 钱新")
    for button in ("v1:join_yes:1", "v1:join_no:1"):
        open_town.stranger(button=button)
    open_town.stranger("同意加入 1")
    assert bound(open_town) == ""


def test_the_units_head_decides_about_their_own(open_town: Town) -> None:
    open_town.stranger("申请加入 教育局 钱新")
    assert "钱新现为示例区教育局联络员" in text(open_town.say("周强", "同意加入 1"))


def in_the_inbox(town: Town, said: str) -> Reply:
    return town.turn("王芳", Incoming("web", "web-王芳", text=said))


def from_the_page(town: Town) -> None:
    with town.desk() as desk:
        ask_on_page(desk, unit_said="教育局", name="钱新", reach="0951-5098112", note="接替张敏")


def test_who_asked_on_the_page_gets_a_code_from_the_bureau(open_town: Town) -> None:
    """How to reach them is not for a foreign chat; the code is handed over by whoever admitted them."""
    from_the_page(open_town)
    shown = open_town.say("王芳", "加入申请")
    assert "来自网页" in text(shown)
    done = text(open_town.press("王芳", buttons(shown)["同意加入"]))
    assert "钱新现为示例区教育局联络员" in done
    assert "0951" not in text(shown) + done
    code = done.partition("/start ")[2].partition("，")[0]
    assert "示例区教育局" in text(open_town.stranger(f"/start {code}"))
    assert bound(open_town) == "钱新"


def test_in_our_own_inbox_it_says_how_to_reach_them(open_town: Town) -> None:
    from_the_page(open_town)
    shown = text(in_the_inbox(open_town, "加入申请"))
    assert "联系方式：0951-5098112" in shown
    assert "留言：接替张敏" in shown
    assert "联系方式：0951-5098112" in text(in_the_inbox(open_town, "同意加入 1"))


def test_nothing_is_sent_to_what_was_typed_on_the_page(open_town: Town) -> None:
    from_the_page(open_town)
    assert "请按对方留的联系方式告知" in text(open_town.say("王芳", "不同意加入 1 不认识"))
    assert not [message for message in open_town.beat().values() if "未获同意" in message.text]


def test_a_head_has_no_roster_page_and_is_told_whom_to_ask(open_town: Town) -> None:
    from_the_page(open_town)
    assert "请主管部门的同志查看后告知您" in text(open_town.say("周强", "同意加入 1"))
