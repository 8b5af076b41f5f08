"""The ladder as a table: the one that is shipped, and what an office may make of it."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from schedules.rungs import BadLadder, Rung, load_ladders


@pytest.mark.parametrize("kind", ["standard", "report", "recurring"])
def test_the_shipped_ladder_is_the_designs(kind: str) -> None:
    ladder = load_ladders()[kind]
    assert ladder.rungs == (
        Rung("assigned", 0),
        Rung("a60", 60, silent=True),
        Rung("d30", 30, far=True),
        Rung("d14", 14, far=True),
        Rung("d7", 7),
        Rung("d3", 3),
        Rung("d1", 1),
        Rung("d0", 0),
        Rung("w1", 1, after=True, audience="officer"),
        Rung("w4", 4, after=True, audience="head"),
        Rung("w6", 6, after=True),
        Rung("w9", 9, after=True, audience="bureau", copies=("head",)),
        *(Rung(f"w{day}", day, after=True) for day in (11, 16, 21)),
    )
    assert ladder.answer_within == 3


def test_an_office_overrules_one_kind_and_keeps_the_others() -> None:
    ladders = load_ladders("far = 10\n[report]\nbefore = [5, 10, 5]\nafter_officer = [2]\nafter_bureau = [2]")
    assert [(rung.key, rung.far, rung.audience) for rung in ladders["report"].rungs] == [
        ("d10", True, "officer"),
        ("d5", False, "officer"),
        ("w2", False, "officer"),
        ("w2_bureau", False, "bureau"),
    ]
    assert ladders["standard"] == load_ladders()["standard"]


def test_an_office_may_add_a_kind_and_silence_one() -> None:
    ladders = load_ladders("[urgent]\nassigned = true\nbefore = [0]\n[recurring]")
    assert [rung.key for rung in ladders["urgent"].rungs] == ["assigned", "d0"]
    assert ladders["recurring"].rungs == ()


@pytest.mark.parametrize(
    ("text", "said", "reason"),
    [
        ("[standard\n", "line 1", "not TOML: the place is named"),
        ("a = " + "[" * 2000, "not TOML", "brackets without end are refused and do not break us"),
        ("far = -1", "far = -1", "a lead cannot be negative"),
        ("far = true", "far = True", "true is no number"),
        ("standard = 3", "must be a section", "a value where a section is meant"),
        ("[report]\nbefor = [3]", "knows no 'befor', only assigned, before, ask_again", "a slip is not ignored"),
        ("[report]\nassigned = 1", "assigned must be true or false", "1 is no yes"),
        ("[report]\nbefore = 3", "before = 3 must be a list", "one number is not a list"),
        ("[report]\nbefore = [-1]", "whole numbers from 0 up", "after the due date there are other words"),
        ("[report]\nafter_head = [0]", "whole numbers from 1 up", "on the due day nobody is late"),
        ("[report]\nbefore = ['7']", "whole numbers", "text is no number"),
        ("[report]\nrepeat = 3", "more than once a week", "nobody is chased more often"),
        ("[report]\nrepeat = true", "repeat = True must be a whole number", "true is no number"),
        ("[report]\nanswer_within = -1", "answer_within = -1 must be a whole number", "not before it is sent"),
        ("[report]\ncopy_head = ['mayor']", "must be a list of officer, head, bureau", "nobody of that name"),
        ("[report]\nask_again = [0]", "whole numbers from 1 up", "nobody is asked again at once"),
        ("[a]\nx = 1\n[b]\ny = 1", "2 problem(s)", "all problems at once"),
    ],
)
def test_what_is_wrong_is_named(text: str, said: str, reason: str) -> None:
    with pytest.raises(BadLadder) as error:
        load_ladders(text)
    assert said in str(error.value), reason


def test_a_rung_is_found_by_its_key() -> None:
    ladder = load_ladders()["standard"]
    assert ladder.rung("d7") == Rung("d7", 7)
    assert ladder.rung("d8") is None


def test_nudges_repeat_after_the_last_one_and_stop() -> None:
    text = "[x]\nafter_officer = [1, 3]\nafter_head = [8]\nrepeat = 5\nrepeat_most = 2\ncopy_head = ['head', 'bureau']"
    ladder = load_ladders(text)["x"]
    assert [(rung.key, rung.audience, rung.copies) for rung in ladder.rungs] == [
        ("w1", "officer", ()),
        ("w3", "officer", ()),
        ("w8", "officer", ()),
        ("w8_head", "head", ("bureau",)),
        ("w13", "officer", ()),
    ], "nobody gets a copy of their own letter"
    assert [rung.key for rung in load_ladders("[x]\nrepeat = 5\nrepeat_most = 2")["x"].rungs] == []


@pytest.mark.parametrize("page", ["ladder.md", "ladder.zh-CN.md"])
def test_the_page_about_the_ladder_names_every_key_and_its_example_is_one(page: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    shipped = tomllib.loads((files("schedules") / "data" / "ladder.toml").read_text(encoding="utf-8"))
    assert [key for key in ("far", *shipped["standard"]) if f"| `{key}` |" not in text] == []
    example = text.partition("```toml\n")[2].partition("```")[0]
    assert [rung.key for rung in load_ladders(example)["standard"].rungs][:3] == ["assigned", "d7", "d1"]
