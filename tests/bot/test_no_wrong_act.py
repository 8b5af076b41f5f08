"""Wrong action: zero. What is no act, or is only asked about, leaves no trace, whoever says it and to which message."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text as sql

from bot.grammar import parse
from bot.intents import Courtesy, Help, Intent, Look, NotDone, Nothing, Plain, Show, Unsure, Why
from bot.intents_bureau import Brief, Confirm
from bot.intents_wishes import Extend, Hint, NotOurs
from tests.bot.test_grammar import EVERYTHING
from tests.bot.town import Town, build

IDLE = (Unsure, NotDone, Plain, Nothing, Hint, Help, Show, Look, Why, Courtesy, Brief, Confirm)
"""What is asked about, refused or only looked up."""


def is_idle(meant: Intent) -> bool:
    return isinstance(meant, IDLE) or (isinstance(meant, Extend | NotOurs) and not meant.sure)


QUIET = [text for text, meant, _ in EVERYTHING if is_idle(meant)]


@pytest.fixture(scope="module")
def busy() -> Iterator[Town]:
    built = build("sqlite://")
    for name in ("张敏", "王芳"):
        built.bind(name)
    yield built
    built.office.store.close()


@pytest.fixture(scope="module")
def shown(busy: Town) -> dict[str, str]:
    """For each person a message of ours about one part that they could act on."""
    digest = next(iter(busy.beat()))
    busy.say("张敏", f"办{busy.parts('张敏')['整改情况报告'].code} 宁〔2026〕1号")
    notice = next(ref for ref, message in busy.beat().items() if "已报结" in message.text)
    return {"张敏": digest, "王芳": notice}


def trace(town: Town) -> int:
    """How much was ever done; what was asked before is forgotten, so that each row stands for itself."""
    with town.desk() as desk:
        desk.tx.execute(sql("DELETE FROM question"))
        counted = ("timeline", "extension", "leave", "pause", "announcement", "event")
        return sum(int(desk.tx.execute(sql(f"SELECT count(*) FROM {table}")).scalar_one()) for table in counted)  # noqa: S608 our own table names


def test_the_set_is_large_enough() -> None:
    texts = [text for text, _, _ in EVERYTHING]
    assert len(set(texts)) == len(texts), "a phrasing stands twice"
    assert len(texts) >= 500
    assert len(QUIET) >= 200


@pytest.mark.parametrize("who", ["张敏", "王芳"])
@pytest.mark.parametrize("quoting", [False, True], ids=["alone", "as a reply"])
def test_what_is_no_act_leaves_no_trace(busy: Town, shown: dict[str, str], who: str, *, quoting: bool) -> None:
    wrong = []
    before = trace(busy)
    for words in QUIET:
        busy.say(who, words, reply_to=shown[who] if quoting else "")
        if trace(busy) != before:
            wrong.append(words)
            before = trace(busy)
    assert wrong == []


FRAMES = [
    *("{}吗", "{}吗？", "{}？", "如果{}", "是不是{}", "要不要{}", "他说{}", "能不能{}"),
    *("怎么{}", "什么时候{}", "请问{}", "{}是什么意思", "{}，是吗", "{}对不对", "谁{}", "为什么{}", "局长说{}"),
]


@pytest.mark.parametrize("frame", FRAMES)
def test_no_question_and_no_hearsay_is_an_act(frame: str) -> None:
    """Any act of the set, asked about or told by somebody else."""
    assert framed(frame, [text for text, meant, _ in EVERYTHING if not is_idle(meant)]) == []


@pytest.mark.parametrize("frame", ["不要{}", "别{}", "先不{}", "没有{}", "先别{}", "请勿{}"])
def test_what_is_taken_back_at_the_start_is_no_act(frame: str) -> None:
    """But for reasons before a comma: 没有收到材料，申请延期."""
    acts = [text for text, meant, _ in EVERYTHING if not is_idle(meant) and "，" not in text]
    assert framed(frame, acts) == []


def framed(frame: str, acts: list[str]) -> list[tuple[str, Intent]]:
    """The texts in this frame that would still change something."""
    said = [frame.format(words.strip(" 。！!?？🙏")) for words in acts if words[0] not in "/@"]
    return [(words, meant) for words in said if type(meant := parse(words)).__name__ in CHANGES and not is_idle(meant)]


CHANGES = frozenset(
    {
        "Receive",
        "Report",
        "Extend",
        "NotOurs",
        "Transfer",
        "Decide",
        "TakeLeave",
        "EndLeave",
        "DigestTime",
        "Undo",
        "Pause",
        "Resume",
        "NudgeLate",
        "Behalf",
        "CancelEvent",
    }
)
