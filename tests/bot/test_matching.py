"""Plain words and the duties they may mean."""

from datetime import date

import pytest

from bot.matching import match
from tests.texts.parts import part

TITLES = ("年度案卷评查", "配合市级案卷评查", "年度集中宣誓", "半年执法监督", "行政执法人员培训", "Annual case review")
PARTS = [part(title=title, code=n) for n, title in enumerate(TITLES, 1)]

WORDS = [
    ("案卷评查做完了", ["年度案卷评查", "配合市级案卷评查"], "both hold it"),
    ("市级案卷评查已完成", ["配合市级案卷评查"], "one holds more of it"),
    ("宣誓搞完了", ["年度集中宣誓"], "a short word"),
    ("我们单位的执法监督已经开展了", ["半年执法监督"], "with all that people say around it"),
    ("今天下午宣誓做完了，共 46 人参加，现场情况良好", ["年度集中宣誓"], "what else is told of it"),
    ("培训做了", ["行政执法人员培训"], "done"),
    ("the annual case review is finished", ["Annual case review"], "English"),
    ("消防检查做完了", [], "another matter"),
    ("做完了", [], "nothing but the verb"),
    ("年做完了", [], "one sign is no name"),
    ("执法", ["半年执法监督", "行政执法人员培训"], "several, so it is asked"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("words", "titles", "why"), WORDS, ids=[why for *_, why in WORDS])
def test_which_duties_the_words_may_mean(words: str, titles: list[str], why: str) -> None:
    assert sorted(found.title for found in match(words, PARTS)) == sorted(titles), why


def test_of_a_recurring_duty_the_next_date_is_meant() -> None:
    years = [part(date(year, 12, 4), title="年度集中宣誓", code=year) for year in (2027, 2026, 2028)]
    assert [found.code for found in match("宣誓做完了", years)] == [2026]
    stages = [part(date(2026, 12, month), title="清单", stage=stage) for month, stage in ((1, "初稿"), (2, "公布"))]
    assert len(match("清单做完了", stages)) == 2, "two stages are two things to do"


def test_no_duties_no_match() -> None:
    assert match("案卷评查做完了", []) == []
