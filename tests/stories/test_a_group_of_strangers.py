"""A group of strangers: whatever they type or press, each gets the same neutral line that tells of nobody."""

import pytest

from bot.conversation import Incoming, respond
from tests.stories.telling import Teller
from tests.usecases.office import a_duty, a_plan, by
from tests.usecases.world import CHAT, World

WORDS = [
    "办1",
    "收1",
    "完成",
    "延1 12月20日 材料未齐",
    "不是我们 应由交通局办",
    "转1 给王副",
    "销号 教育局 1",
    "退回 教育局 1 缺表",
    "催办 逾期的",
    "代张敏 办1",
    "通知：大家好",
    "暂停提醒 12月1日 维护",
    "清单",
    "待定",
    "是",
    "确认发送",
    "/start",
    "/list",
    "张敏是谁",
]


def said_by_a_stranger(world: World, who: str, *, text: str = "", button: str = "") -> str:
    with world.desk() as desk:
        reply = respond(desk, None, Incoming(CHAT, who, text=text, button=button))
    return "\n".join(message.text for message in reply.messages)


@pytest.mark.parametrize("who", ["陌生人", "群聊"])
def test_nothing_is_told_and_nothing_is_done(teller: Teller, who: str) -> None:
    world = teller.begin("2025-03-03 08:00")
    world.take(a_plan(a_duty("1", by("2025-03-14"), title="案卷评查"), verification="bureau"))
    world.until("2025-03-03 09:30")
    part, heard = world.part(), len(world.told())
    answers = {said_by_a_stranger(world, who, text=words) for words in WORDS}
    verbs = ("receive", "report", "extend", "refuse", "verify", "grant", "skip", "nudge_all", "announce_send", "list")
    answers |= {said_by_a_stranger(world, who, button=f"v1:{verb}:{part.id}") for verb in verbs}
    assert len(answers) == 1, "one line for everything"
    (line,) = answers
    assert not any(name in line for name in ("张敏", "教育局", "司法局", "案卷"))
    assert world.part() == part
    world.until("2025-03-04 08:00")
    assert len(world.told()) == heard
