"""Corrections to the working days: a text file in which an administrator overrules or completes the calendar.

One line a day, `休` for a day off and `班` for a working day; one line for a year, `公布`, once its notice is typed in:

    2027-02-06 休   # 春节
    2027-02-14 班
    2027 公布       # the year is no longer provisional

Blank lines and what follows a # are for people. A line that cannot be read is reported with its number; the others
hold.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from unicodedata import normalize

_LINE = re.compile(r"(?P<when>\d{4}(?:-\d{1,2}-\d{1,2})?)\s*(?P<word>休|班|公布)")
_WORKS = {"休": False, "班": True}


@dataclass(frozen=True, slots=True)
class Corrections(Mapping[date, bool]):
    """Days with their answer to "is it worked?", and the years whose notice the file holds whole."""

    days: Mapping[date, bool] = field(default_factory=dict)
    announced: frozenset[int] = frozenset()

    def __getitem__(self, day: date) -> bool:
        return self.days[day]

    def __iter__(self) -> Iterator[date]:
        return iter(self.days)

    def __len__(self) -> int:
        return len(self.days)


@dataclass(frozen=True, slots=True)
class CorrectionProblem:
    """A line that was left out. `reason` is a key: unreadable, no_such_day, repeated."""

    line: int
    text: str
    reason: str


def parse_corrections(text: str) -> tuple[Corrections, tuple[CorrectionProblem, ...]]:
    """The corrections a file holds, and every line that could not be used. Of two lines on one day the first holds."""
    days: dict[date, bool] = {}
    announced: set[int] = set()
    problems: list[CorrectionProblem] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        said = normalize("NFKC", line).partition("#")[0].strip()
        if said and (reason := _take(said, days, announced)):
            problems.append(CorrectionProblem(number, line.strip(), reason))
    return Corrections(days, frozenset(announced)), tuple(problems)


def _take(said: str, days: dict[date, bool], announced: set[int]) -> str:
    """Adds one line to what is known; a key says why it could not be."""
    found = _LINE.fullmatch(said)
    if not found or (found["word"] == "公布") != (len(found["when"]) == 4):  # noqa: PLR2004 - a year alone has 4 digits
        return "unreadable"
    if found["word"] == "公布":
        announced.add(int(found["when"]))
        return ""
    try:
        day = date(*map(int, found["when"].split("-")))
    except ValueError:
        return "no_such_day"
    return "" if days.setdefault(day, _WORKS[found["word"]]) is _WORKS[found["word"]] else "repeated"
