"""Strangers, forged and foreign presses, roles that only read, plans that must not be spoken of."""

from dataclasses import replace

from bot.conversation import Incoming, respond
from tests.bot.town import CHAT, Town, buttons, text
from texts.catalogue import say
from usecases.enroll import find_officer, invite


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


def test_a_confidential_plan_says_number_and_date_only(town: Town) -> None:
    code = town.parts("李娜")["不能说的事"].code
    words = ("清单", str(code), f"为什么{code}", f"收{code}", f"稍后{code}", f"办{code}", f"办{code}", "撤销", "完成")
    for said in words:
        reply = town.say("李娜", said)
        assert "不能说的事" not in text(reply) + "".join(buttons(reply)), said
        assert "保密方案" not in text(reply), said


def test_binding_again_moves_the_chat(town: Town) -> None:
    with town.desk() as desk:
        code = invite(desk, find_officer(desk, "李娜"))
        asked = Incoming(CHAT, "chat-张敏", text=f"/start {code}")
        said = respond(desk, find_officer(desk, "张敏"), asked)
        assert "绑定成功：示例区水务局" in text(said)
        again = respond(desk, find_officer(desk, "李娜"), replace(asked, text="/start"))
        assert "您已绑定：示例区水务局" in text(again)
