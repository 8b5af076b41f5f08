"""What was asked is remembered: for fifteen minutes, for one answer, for this person in this chat."""

from bot.conversation import Incoming, respond
from storage import questions
from tests.bot.town import CHAT, Town, buttons, text
from usecases.enroll import find_officer
from usecases.office import Desk


def test_yes_and_no_answer_a_question(town: Town) -> None:
    oath = town.parts("张敏")["年度集中宣誓"]
    town.say("张敏", "宣誓搞完了")
    assert "没有改动" in text(town.say("张敏", "不是"))
    assert town.state(oath) == "open"
    assert "没有看懂" in text(town.say("张敏", "是")), "it was asked once and is gone"
    assert town.state(oath) == "open"
    town.say("张敏", "宣誓搞完了")
    assert "已记录：办2 年度集中宣誓 报结" in text(town.say("张敏", "对"))
    assert town.part(oath.id).note == "宣誓搞完了"


def test_of_several_the_code_or_the_place_chooses(town: Town) -> None:
    town.say("张敏", "案卷评查做完了")
    assert "没有看懂" in text(town.say("张敏", "是")), "yes does not choose"
    town.say("张敏", "案卷评查做完了")
    assert "报结" in text(town.say("张敏", "3"))
    assert (town.states("张敏")["年度案卷评查"][0], "配合市级案卷评查" in town.parts("张敏")) == ("open", False)
    assert "是哪一件" in text(town.say("张敏", "完成"))
    assert "年度案卷评查" in text(town.say("张敏", "第一个"))


def test_something_else_drops_it(town: Town) -> None:
    town.say("张敏", "延2")
    assert "待办清单" in text(town.say("张敏", "清单"))
    assert "没有看懂" in text(town.say("张敏", "12月20日 材料未齐"))
    town.say("张敏", "延2")
    assert "已签收：办1" in text(town.say("张敏", "收1"))
    town.say("张敏", "延2")
    assert "已记录：办3" in text(town.say("张敏", "办3 12月20日已报"))
    assert town.parts("张敏")["年度集中宣誓"].asked_due is None


def test_manners_stickers_and_questions_back_leave_it_waiting(town: Town) -> None:
    town.say("张敏", "延2 12月20日")
    for words in ("好的", "👌好的", "", "谢谢", "原因怎么写？", "什么原因"):
        said = text(town.say("张敏", words))
        assert "还没有改动" in said or "没有看懂" in said, words
        town.say("张敏", "延2 12月20日")
    assert "已申请" in text(town.say("张敏", "场地没定"))


def test_it_is_forgotten_after_a_quarter_of_an_hour(town: Town) -> None:
    town.say("张敏", "延2")
    town.later(minutes=16)
    assert "已过 15 分钟" in text(town.say("张敏", "12月20日 材料未齐"))
    assert "没有看懂" in text(town.say("张敏", "12月20日 材料未齐"))
    assert town.parts("张敏")["年度集中宣誓"].asked_due is None


def test_it_is_nobody_elses(town: Town) -> None:
    town.say("张敏", "延2")
    with town.desk() as desk:
        here = Incoming(CHAT, "chat-张敏", text="12月20日 材料未齐")
        said = respond(desk, find_officer(desk, "周强"), here)
    assert "没有看懂" in text(said)
    assert "没有看懂" in text(town.say("李娜", "12月20日 材料未齐"))
    assert "已申请" in text(town.say("张敏", "12月20日 材料未齐"))


def test_a_reply_to_another_message_is_no_answer(town: Town) -> None:
    town.bind("李娜")
    (digest,) = town.beat()
    with town.desk() as desk:
        _asked(desk, "李娜", "refuse", 10**6)
    assert "不属本单位" not in text(town.say("李娜", "应由教育局办", reply_to=digest))


def test_rights_are_read_when_the_answer_comes(town: Town) -> None:
    part = town.parts("李娜")["年度集中宣誓"]
    with town.desk() as desk:
        _asked(desk, "张敏", "report", part.id)
    town.say("张敏", "是")
    assert town.state(part) == "open"


def test_every_button_of_a_question_has_its_words(town: Town) -> None:
    asked = town.say("张敏", "延2 3天 等批复")
    assert buttons(asked).keys() == {"是", "不是"}
    assert "回复“是”确认，不办了请回复“取消”" in text(asked)
    assert "没有改动" in text(town.say("张敏", "取消"))


def _asked(desk: Desk, name: str, asks: str, part_id: int) -> None:
    """A question about a part that is not theirs."""
    who = find_officer(desk, name)
    place = {"channel": CHAT, "address": f"chat-{name}"}
    questions.ask(desk.tx, **place, officer_id=who.id, asks=asks, part_ids=[part_id], words="", asked_at=desk.now)
