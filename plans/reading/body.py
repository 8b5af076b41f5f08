"""Duties with a time inside running text: the clause that says what is to be done by when, and who is named for it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from plans.reading.compose import Told, tell
from plans.reading.grammar import tables
from plans.reading.labels import words
from plans.reading.tidy import half, plain
from plans.reading.values import Said
from schedules.timing import Event, Every, Period

_SENTENCE_END = re.compile(r"[。;!?\n]")
_END = re.compile(r"[。;!?\n,:]")
_COMMA = re.compile(r"[,:]")
_SHORT = 12
_MOST_QUOTE = 160
_CHUNK = 3000
_SENTENCE_MOST = 600
_MODAL = re.compile(r"^.*(?:应当|应|须|必须|要|在|于|赶在)(?=.)")
_BEGINS_SELF = re.compile(r"^[\s\"']*(?:—+)?")
_DOING = ("开展", "组织", "做好", "加强", "进行", "抓好", "完成")
_MODALS = (
    r"(?:原则上)?(?:应当|应|须|必须|需|要|负责|于|在|每|按|将|对|至少|定期|力争|确保|(?:19|20)\d\d年|年底前|\d{1,2}月)"
)
_PUSH = re.compile(r"^(?:要|应|须)?(?:督促指导|督促|指导|组织|推动|要求|协调|会同|引导|支持|监督)+")
_YEARLY_PLAN = re.compile(
    r"(?:制定|编制|拟定|研究制定|制订)(?![^,。;]{0,16}(?:19|20)\d\d年)[^,。;《]{0,12}年度[^,。;《]{0,16}?(?:计划|方案|要点)"
)


def said_in(text: str, base: int | None) -> list[Said]:
    """Every duty with a time in the text, in order."""
    found: dict[tuple[str, str], Said] = {}
    for line in text.split("\n"):
        for start in range(0, len(line), _CHUNK):
            for said in _said_in(line[start : start + _CHUNK], base):
                found.setdefault((said.quote, repr(said.timing)), said)
    return list(found.values())


def _said_in(text: str, base: int | None) -> list[Said]:
    shown = plain(text)
    flat = half(shown)
    told, _ = tell(flat, base, field=False)
    told = [*told, *_events_before(flat, told), *_yearly_plans(flat, told)]
    if not told:
        return []
    told.sort(key=lambda one: (one.start, one.end))
    actors = _Actors(flat, shown)
    found: list[Said] = []
    for index, one in enumerate(told):
        later = next((other.start for other in told[index + 1 :] if other.start > one.start), len(flat))
        start, end = _clause(flat, one, later)
        quote = _BEGINS_SELF.sub("", shown[start:end]).strip(" ,，;；。:：\n")[:_MOST_QUOTE]
        found.append(Said(quote, actors.at(start, one.start), one.timing))
    return found


def _clause(flat: str, one: Told, later: int) -> tuple[int, int]:
    """The clause around a time; a time that stands alone takes the clause after it too."""
    left = max((m.end() for m in _ends(flat, 0, one.start)), default=0)
    stop = _SENTENCE_END.search(flat, one.end, one.end + _SENTENCE_MOST)
    last = stop.start() if stop else min(len(flat), one.end + _SENTENCE_MOST)
    comma = _COMMA.search(flat, one.end, last)
    right = comma.start() if comma else last
    if right - max(left, one.start) - (one.end - one.start) < _SHORT and right < last:
        after = _COMMA.search(flat, right + 1, last)
        further = after.start() if after else last
        right = right if right < later < further else further
    return left, right


def _ends(flat: str, low: int, high: int) -> Iterator[re.Match[str]]:
    return _END.finditer(flat, max(low, high - _MOST_QUOTE), high)


@cache
def _before() -> re.Pattern[str]:
    events = "|".join(sorted(tables()["events_before"], key=len, reverse=True))
    return re.compile(
        rf"(?:(?:应当|应|须|必须|要)(?:在|于|赶在)?|在|于|赶在|[,。]|^)(?P<e>(?:每年|今年|[一-龥]{{0,6}}?)(?:{events}))(?:之前|以前|前)(?![期三期款述置提款后])"
    )


def _events_before(flat: str, told: list[Told]) -> Iterator[Told]:
    for match in _before().finditer(flat) if "前" in flat else ():
        if not match["e"].startswith(_DOING) and not any(
            one.start < match.end() and match.start("e") < one.end for one in told
        ):
            yield Told(Event(_MODAL.sub("", match["e"]), 0), match.start("e"), match.end())


def _yearly_plans(flat: str, told: list[Told]) -> Iterator[Told]:
    """制定年度……计划 comes every year, unless the same clause has a time already."""
    for match in _YEARLY_PLAN.finditer(flat):
        clause = _SENTENCE_END.search(flat, match.end())
        end = clause.start() if clause else len(flat)
        begin = max((m.end() for m in _SENTENCE_END.finditer(flat, 0, match.start())), default=0)
        if not any(begin <= one.start < end for one in told):
            yield Told(Every(Period.YEAR), match.start(), match.end())


@cache
def _actors() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Who acts, and who is pushed to act."""
    units = "|".join(sorted(words()["units"], key=len, reverse=True))
    acts = rf"(?:^|(?<=[。;!?\n,]))(?P<who>[^。;!?\n,:]{{1,40}}?(?:{units})(?:\([^()]*\))?)(?={_MODALS})"
    pushed = rf"(?:督促指导|督促|指导|组织)(?P<who>[^。;!?\n,:]{{2,24}}?(?:{units}))(?=在|于|每|按|要|(?:19|20)\d\d年)"
    return re.compile(acts), re.compile(pushed)


class _Actors:
    """Who is named as the one to act: the nearest name before, in the same paragraph."""

    def __init__(self, flat: str, shown: str) -> None:
        acts, self.push = _actors()
        matches = list(acts.finditer(flat))
        self.places = [match.start("who") for match in matches]
        self.named = [shown[match.start("who") : match.end("who")] for match in matches]
        self.flat, self.shown = flat, shown

    def at(self, start: int, time: int) -> str:
        pushed = self.push.search(self.flat, start, min(len(self.flat), time + 8))
        if pushed:
            return self.shown[pushed.start("who") : pushed.end("who")]
        index = bisect_right(self.places, time)
        return _PUSH.sub("", self.named[index - 1]) if index else ""
