"""The file of corrections: every line is either used or reported."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.corrections import parse_corrections

FILE = """\ufeff# 2027 年安排
2027-02-06 休   # 春节

2027-2-14班
２０２７-０２-２０　班
2027-02-30 休
2027-02-21 上班吧
2027-02-14 休
2027-02-06 休
2027 公布
2028-01-01 公布
2028 休
"""


def test_a_file_with_good_and_bad_lines() -> None:
    corrections, problems = parse_corrections(FILE)
    assert dict(corrections) == {date(2027, 2, 6): False, date(2027, 2, 14): True, date(2027, 2, 20): True}
    assert corrections.announced == {2027}
    assert [(p.line, p.reason) for p in problems] == [
        (6, "no_such_day"),
        (7, "unreadable"),
        (8, "repeated"),  # contradicts line 4; saying the same twice (line 9) is no problem
        (11, "unreadable"),
        (12, "unreadable"),
    ]
    assert problems[1].text == "2027-02-21 上班吧"


@given(st.text(alphabet="0123456789- 休班公布#\n年２", max_size=80))
def test_no_text_breaks_the_reader_and_no_line_is_lost(text: str) -> None:
    corrections, problems = parse_corrections(text)
    said = [line for line in text.splitlines() if line.partition("#")[0].strip()]
    assert len(problems) <= len(said)
    assert len(corrections) + len(corrections.announced) + len(problems) <= len(said)


@given(st.dictionaries(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.booleans(), max_size=20))
def test_what_is_written_is_read(days: dict[date, bool]) -> None:
    text = "\r\n".join(f"{day} {'班' if works else '休'}" for day, works in days.items())
    corrections, problems = parse_corrections(text)
    assert (dict(corrections), problems) == (days, ())


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有说明\n"])
def test_an_empty_file_corrects_nothing(text: str) -> None:
    corrections, problems = parse_corrections(text)
    assert (len(corrections), problems) == (0, ())
