"""What is not clear has no effect: one question, with the choices as buttons."""

import pytest

from tests.bot.town import Town, buttons, text


def test_words_travel_with_the_question(town: Town) -> None:
    oath = town.parts("张敏")["年度集中宣誓"]
    asked = town.say("张敏", "宣誓搞完了")
    assert text(asked).startswith("是报结“办2 年度集中宣誓”吗？期限 12月4日(周五)。")
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
        "怎么延期",
        "是不是我们的",
        "转给谁",
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
    assert len(asked.parts) == 6, "the button under the question is about these"


def test_receive_all_is_about_the_message_it_stands_under(quick: Town) -> None:
    quick.bind("张敏")
    (digest,) = quick.beat()
    before = quick.states("张敏")
    assert "已失效" in quick.press("张敏", "v1:receive_all").toast, "under a card that is not in this chat"
    assert quick.states("张敏") == before
    quick.press("张敏", "v1:receive_all", on=digest)
    assert all(state == "received" for state, _ in quick.states("张敏").values())
    again = quick.press("张敏", "v1:receive_all", on=digest)
    assert (again.toast, again.toast_is_enough) == ("没有待签收的任务，没有改动。", True)


def test_a_sentence_that_names_one_duty_is_asked_about(quick: Town) -> None:
    said = quick.say("张敏", "集中宣誓公示了")
    assert text(said).startswith("没有看懂，没有改动。")
    assert buttons(said).keys() == {"签收", "办结"}


def test_good_manners_are_answered(quick: Town) -> None:
    assert text(quick.say("张敏", "您好")).startswith("您好。")
    assert text(quick.say("张敏", "谢谢！")) == "不客气。"


def test_the_last_one_open_is_confirmed_not_guessed(town: Town) -> None:
    for code in (1, 2, 3):
        town.say("李娜", f"办{code}")
    said = town.say("李娜", "完成")
    assert buttons(said).keys() == {"是，报结", "不是"}
    assert len(town.parts("李娜")) == 2, "one waits for the bureau, one is still open"


def test_nothing_understood_is_said_in_two_lines(quick: Town) -> None:
    for words in ("", "👍", "今天天气不错", "x" * 4096, "<script>alert(1)</script>"):
        reply = quick.say("张敏", words)
        assert len(text(reply).splitlines()) <= 2
        assert "script" not in text(reply)


def test_replying_to_a_message_that_is_not_ours_is_like_saying_it(quick: Town) -> None:
    assert "是哪一件报结？" in text(quick.say("张敏", "完成", reply_to="m999"))
    assert "没有改动" in quick.press("张敏", "v1:receive_all", on="m999").toast


def test_a_message_of_another_chat_shows_nothing(town: Town) -> None:
    """References are per chat: one that means a message in somebody else's chat means nothing here."""
    town.bind("李娜")
    (digest,) = town.beat()
    assert "是哪一件报结？" in text(town.say("张敏", "完成", reply_to=digest))
