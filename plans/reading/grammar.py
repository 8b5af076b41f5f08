"""The time phrases of `phrases.yaml` made into a scanner: at each place of a text, the longest phrase that fits.

A row is compiled to one pattern of bounded length, anchored where it is tried, so scanning is linear in the text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from plans.loader import LOADER

_CN = "一二三四五六七八九"
_WORDS: Mapping[str, str] = {
    "Y": rf"(?P<Y>(?:19|20)\d\d|[一二][{_CN}〇零○]{{3}})",
    "Y2": r"(?P<Y2>20\d\d)",
    "R": r"(?P<R>[今本当明次来翌])",
    "M": rf"(?P<M>1[0-2]|0?[1-9]|十[一二]?|[{_CN}])(?!\d)",
    "m": rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{_CN}])(?!\d)",
    "D": rf"(?P<D>[12]\d|3[01]|0?[1-9]|三十一?|二?十[{_CN}]?|廿[{_CN}]?|[{_CN}])(?!\d)",
    "d": rf"(?:[12]\d|3[01]|0?[1-9]|三十一?|二?十[{_CN}]?|[{_CN}])(?!\d)",
    "MM": r"(?P<M>0[1-9]|1[0-2])",
    "DD": r"(?P<D>0[1-9]|[12]\d|3[01])(?!\d)",
    "Q": r"(?P<Q>[一二三四1234])",
    "H": r"(?P<H>[上下])",
    "X": r"(?P<X>上中|中下|[上中下])",
    "N": rf"(?P<N>\d{{1,7}}(?:\.\d{{1,2}})?|[{_CN}两十百]{{1,5}})",
    "B": r"(?P<B>之前|以前|前(?![期三两半一二后]))?",
}
_STARTS = re.compile(r"[0-9一二三四五六七八九〇零○十百两廿每逐按今本当明次来翌上下年全到岁季第末最首月历半即期/]")
_GUARD = re.compile(r"[0-9.]")


@dataclass(frozen=True, slots=True)
class Row:
    """One way of saying a time."""

    kind: str
    pattern: re.Pattern[str]
    entry: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase found in a text, from `start` up to `end`; `said` holds what stood in its places."""

    kind: str
    start: int
    end: int
    said: Mapping[str, str]
    entry: Mapping[str, Any]

    @property
    def before(self) -> bool:
        return bool(self.said.get("B"))


@cache
def tables() -> Mapping[str, Any]:
    """The tables of `phrases.yaml` as they are written."""
    text = (files("plans.reading") / "phrases.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, LOADER)  # noqa: S506 a safe one
    return loaded


@cache
def rows() -> tuple[Row, ...]:
    """Every row of the tables, compiled."""
    kinds = ("dates", "periods", "days", "counts", "amounts", "within")
    return tuple(Row(kind, compiled(row["say"]), row) for kind in kinds for row in tables()[kind])


def compiled(say: str) -> re.Pattern[str]:
    """The pattern of a row: {…} are places, […] may be missing, (…|…) is one of several."""
    pattern = say.replace(".", r"\.") if "}.{" in say else say
    pattern = re.sub(r"(?<!\[)\[([^\]\-0-9][^\]]*)\]\??", r"(?:\1)?", pattern)
    return re.compile(re.sub(r"\{(\w+)\}", lambda m: _WORDS[m[1]], pattern))


def scan(text: str, kinds: frozenset[str], *, field: bool) -> Iterator[Phrase]:
    """The phrases of these kinds from left to right, none overlapping; `field` admits what counts only in a field."""
    chosen, any_of = _chosen(kinds, field=field)
    at = 0
    while (found := _STARTS.search(text, at)) is not None:
        phrase = _longest(text, found.start(), chosen) if any_of.match(text, found.start()) else None
        at = phrase.end if phrase else found.start() + 1
        if phrase:
            yield phrase


@cache
def _chosen(kinds: frozenset[str], *, field: bool) -> tuple[tuple[Row, ...], re.Pattern[str]]:
    """The rows of these kinds, and all of them in one pattern: at most places none fits, and one look tells."""
    chosen = tuple(row for row in rows() if row.kind in kinds and (field or not row.entry.get("field")))
    return chosen, re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", row.pattern.pattern) for row in chosen))


def _longest(text: str, at: int, chosen: tuple[Row, ...]) -> Phrase | None:
    if at and text[at].isdigit() and _GUARD.match(text[at - 1]):
        return None
    best: tuple[int, Row, re.Match[str]] | None = None
    for row in chosen:
        match = row.pattern.match(text, at)
        if match and match.end() > at and (best is None or match.end() > best[0]):
            best = (match.end(), row, match)
    if best is None:
        return None
    end, row, match = best
    said = {key: value for key, value in match.groupdict().items() if value is not None}
    return Phrase(row.kind, at, end, said, row.entry)
