"""What people type, and what is understood. The refused ones matter most: nothing may be read as done by mistake."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.grammar import parse
from bot.grammar_text import fold
from bot.intents import Intent, Receive, Report
from tests.bot.phrasings import DAILY
from tests.bot.phrasings_bureau import RULINGS
from tests.bot.phrasings_wishes import WISHES

EVERYTHING = [*DAILY, *WISHES, *RULINGS]


@pytest.mark.parametrize(("text", "meant", "why"), EVERYTHING, ids=[f"{text!r}: {why}" for text, _, why in EVERYTHING])
def test_each_phrasing(text: str, meant: Intent, why: str) -> None:
    assert parse(text) == meant, why


@pytest.mark.parametrize(
    "denied",
    [
        "{}不了",
        "没{}",
        "还没{}",
        "未{}",
        "什么时候{}",
        "{}了吗",
        "{}了没有",
        "怎么{}",
        "能不能{}",
        "明天{}",
        "下周{}",
        "不能{}",
        "没有{}",
    ],
)
@pytest.mark.parametrize("verb", ["完成", "办结", "做完", "办完", "报结", "办好"])
@pytest.mark.parametrize("frame", ["{}", "{}。", "办12 {}", "12 {}", "案卷评查{}", "领导，{}"])
def test_denials_questions_and_promises_are_never_acts(denied: str, verb: str, frame: str) -> None:
    assert not isinstance(parse(frame.format(denied.format(verb))), Report | Receive)


@settings(max_examples=400)
@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from([*"办收完成结了没不12345 、，。和/@#号个?", "学时", "撤销", "退回"]), max_size=60).map(
        "".join
    )
)
def test_any_text_has_a_meaning_and_hidden_signs_change_nothing(text: str) -> None:
    meant = parse(text)
    assert parse(text + "\u200b") == meant
    assert parse(text) == meant


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_folding_keeps_every_sign_in_its_place(text: str) -> None:
    said = fold(text)
    assert len(said.typed) == len(said.flat)


HOSTILE = [
    "办",
    "办1",
    "1 ",
    "1、",
    "完",
    "没",
    "不",
    "@aaa",
    "收到",
    "谢谢",
    "好的",
    " ",
    "退回 ",
    "销号 a",
    "登记 ",
    "1月",
    "/",
    "一、",
    ",",
    "稍后",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    """A hostile message of the greatest length costs at most about as much for each sign as a short one."""
    whole = (piece * 4096)[:4096]
    parse(whole)
    start = time.process_time()
    for tail in ("", "x", "！", "12"):
        parse(whole[: 4096 - len(tail)] + tail)
    assert time.process_time() - start < 1.0
