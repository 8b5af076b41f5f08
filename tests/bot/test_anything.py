"""Whatever is said or pressed, there is an answer, and nobody else's part is touched."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bot.town import Town, build, text

PIECES = [
    *"办收销退号12349、，。 ?",
    "完成",
    "收到",
    "没",
    "撤销",
    "稍后",
    "教育局",
    "文号〔2026〕1号",
    "30学时",
    "登记 ",
    "/list",
    "/start ",
    "延",
    "12月20日",
    " 材料未齐",
    "不是我们",
    "应由教育局办",
    "转1 给",
    "张敏",
    "免办 ",
    "催办 ",
    "代张敏 办1",
    "同意延期",
    "请假",
    "明天",
    "是",
    "取消",
]


@pytest.fixture(scope="module")
def busy() -> Iterator[Town]:
    built = build("sqlite://")
    built.bind("李娜")
    yield built
    built.office.store.close()


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_any_words_get_an_answer_of_one_screen(busy: Town, words: str) -> None:
    others = busy.states("张敏")
    reply = busy.say("李娜", words)
    assert 1 <= len(text(reply).splitlines()) <= 9
    assert "{" not in text(reply) or "{" in words
    assert busy.states("张敏") == others


@settings(max_examples=150)
@given(
    data=st.text(max_size=70)
    | st.tuples(
        st.sampled_from(
            [
                "report",
                "receive",
                "undo",
                "verify",
                "why",
                "list",
                "extend",
                "refuse",
                "grant",
                "skip",
                "reroute",
                "nudge",
                "nope",
            ]
        ),
        st.integers(-5, 40),
    ).map(lambda pair: f"v1:{pair[0]}:{pair[1]}")
)
def test_any_press_gets_an_answer_and_touches_nobody_else(busy: Town, data: str) -> None:
    others = busy.states("张敏")
    reply = busy.press("李娜", data or "v1:help", on="m1")
    assert reply.messages
    assert len(reply.toast) <= 200
    assert busy.states("张敏") == others
