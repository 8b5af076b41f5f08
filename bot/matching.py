"""Matching plain words with duty titles: 案卷评查做完了 means the duty whose title holds 案卷评查."""

import re
from collections.abc import Sequence

from bot.grammar_text import fold
from bot.vocabulary import either
from texts.values import PartView

CLEAR = 0.6
"""The share of what was said that a title must hold to be meant."""
NEAR = 0.15
"""Titles this close to the best one are asked about too."""
_VERBS = re.compile(
    f"{either('claims_report')}|{either('report')}|{either('receive')}|我们|单位|本局|今天|昨天|上午|下午|中午|刚刚|刚才|已经|全部|都|已|刚|的|了|通知"
    r"|\b(?:the|is|are|has|have|been|was|we|i)\b"
)
_CLAUSE = re.compile(r"[,，.。;；:：!！?？]")
_SIGNS = re.compile(r"[^0-9a-z一-龥]+")
_Pairs = frozenset[str]


def match(words: str, parts: Sequence[PartView]) -> list[PartView]:
    """The parts that the words may mean, the best first; empty where none is clear."""
    clauses = [pairs for clause in _CLAUSE.split(fold(words).flat) if (pairs := _pairs(_VERBS.sub(" ", clause)))]
    if not clauses:
        return []
    scored = [(_share(clauses, part), part) for part in parts]
    best = max((score for score, _ in scored), default=0.0)
    if best < CLEAR:
        return []
    ranked = sorted(scored, key=lambda pair: (-pair[0], pair[1].due, pair[1].code))
    return _nearest([part for score, part in ranked if score >= max(CLEAR, best - NEAR)])


def _share(clauses: Sequence[_Pairs], part: PartView) -> float:
    """How much of a clause the title holds, of the clause that it holds most of: what else was told names no duty."""
    title = _pairs(fold(part.title).flat)
    return max(len(said & title) / len(said) for said in clauses)


def _nearest(parts: Sequence[PartView]) -> list[PartView]:
    """Of a recurring duty only the date that comes first: nobody speaks of next year's vow before this year's."""
    first: dict[tuple[str, ...], PartView] = {}
    for part in parts:
        duty = (part.plan_key, part.item, part.title, part.stage)
        if duty not in first or part.due < first[duty].due:
            first[duty] = part
    return [part for part in parts if part in first.values()]


def _pairs(text: str) -> _Pairs:
    """Every two signs that stand side by side, word by word."""
    return frozenset(word[i : i + 2] for word in _SIGNS.split(text) for i in range(len(word) - 1))
