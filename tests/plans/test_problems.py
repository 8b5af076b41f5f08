"""The table of sentences: complete in both languages, every one of them in use, and none of them echoing mischief."""

import re
import string
from pathlib import Path

import pytest

from plans.problems import MOST, Finds, sentences, shortened

ROOM = Path(__file__).parents[2] / "plans"


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("key", sentences())
def test_both_languages_say_the_same_things(key: str) -> None:
    sentence = sentences()[key]
    assert placeholders(sentence.zh) == placeholders(sentence.en)
    assert sentence.level in {"error", "warning"}
    assert sentence.zh.endswith(("。", "？"))
    assert "！" not in sentence.zh + sentence.en
    assert sentence.en.endswith((".", "?"))


def test_every_sentence_is_said_somewhere() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py"))
    assert [key for key in sentences() if not re.search(rf'"{key}"', code)] == []


def test_a_problem_is_one_line_with_its_place() -> None:
    finds = Finds("a.yaml")
    finds.add("missing", (3, 5), "duties[0].title", name="title")
    [problem] = finds.sorted()
    assert str(problem) == "a.yaml:3:5: error: 缺少“title”。 / “title” is missing. [duties[0].title]"
    assert problem.say("en") == "“title” is missing."


def test_what_concerns_the_whole_file_has_no_line() -> None:
    finds = Finds("a.yaml")
    finds.add("empty_file", (0, 0))
    assert str(finds.sorted()[0]) == "a.yaml: error: 文件里没有内容。 / The file holds nothing."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲" * 100, "甲" * 39 + "…"),
        ("a\r\nb\x00c\u202ed\x1b[31m", "a b c d [31m"),
        ("{name} %s", "{name} %s"),
    ],
)
def test_words_of_a_stranger_are_repeated_safely(text: str, said: str) -> None:
    assert shortened(text) == said
    finds = Finds("a.yaml")
    finds.add("missing", (1, 1), name=text)
    assert said in finds.sorted()[0].message


def test_beyond_the_most_it_only_says_that_there_are_more() -> None:
    finds = Finds("a.yaml")
    for line in range(1, 3 * MOST):
        finds.add("one_line", (line, 1))
    assert len(finds.sorted()) == MOST + 1
    assert finds.sorted()[0].key == "more"
