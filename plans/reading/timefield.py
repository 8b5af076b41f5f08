"""A time field read whole: 2022年12月底前取得阶段性成果，2023年12月底前完成 is two dates with their stages.

Whatever the field says that gives neither a date nor a rhythm nor 长期坚持 is a doubt, never a guess.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from plans.reading.compose import Doubt, Told, tell
from plans.reading.grammar import tables
from plans.reading.tidy import REMEMBERED, half, plain
from schedules.timing import By, Event, Every, Timing

_DONE = re.compile(r"^(?:后|左右|全部|全面|基本|整改|任务|工作)?(?:完成|完毕|到位|办结|落实)?(?:整改|任务|工作|到位)?$")
_EVENT = re.compile(r"^(?P<e>[^,;。(]{1,24}?)(?:之前|以前|前)(?:[^期三]|$)")
_ONGOING_NOT = re.compile(r"(?:全年|日常|不断)(?:任务|工作|目标|总|各项|至少|不少于|不低于|最少|累计)")
_QUARTERS = re.compile(r"(第?[一二三四1-4])[、和及](第?[一二三四1-4])季度")
_PARTS = re.compile(r"[^,;。\n]+")
_STAGE_TRIM = " ,;。、:()（）前并\n"
_STAGE_MOST = 30
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Times:
    """What a time field gives."""

    due: tuple[Timing, ...] = ()
    ongoing: bool = False
    doubts: tuple[Doubt, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.due) or self.ongoing


@lru_cache(REMEMBERED)
def read_times(text: str, base: int | None) -> Times:
    """The timings of a time field; `base` is the year meant where none is printed."""
    said = half(plain(text)).strip()[:_MOST]
    said = _QUARTERS.sub(r"\1季度、\2季度", said.replace("上、下半年", "上半年、下半年"))
    told, doubts = tell(said, base, field=True)
    told = _with_events(said, told, tuple(doubt.words for doubt in doubts))
    ongoing = is_ongoing(said)
    if not told and not ongoing and not doubts and said:
        doubts = [Doubt(plain(text).strip(), "no_time")]
    return Times(tuple(dict.fromkeys(_staged(said, told))), ongoing, tuple(doubts))


def is_ongoing(text: str) -> bool:
    """Whether words like 长期坚持 stand in the text."""
    return any(word in _ONGOING_NOT.sub("", text) for word in _ongoing())


def is_vague(text: str) -> bool:
    """Whether the text speaks of a time without giving one: 适时, 按上级通知."""
    return any(word in text for word in tables()["vague"])


@cache
def _ongoing() -> tuple[str, ...]:
    return tuple(tables()["ongoing"])


def _with_events(said: str, told: list[Told], doubted: tuple[str, ...]) -> list[Told]:
    """The timings with 汛期前 as an event wherever a part of the field names no date."""
    found = [one for one in told if not _is_lead_of_event(said, one)]
    for part in _PARTS.finditer(said):
        if any(one.start < part.end() and part.start() < one.end for one in found):
            continue
        event = None if any(words in part[0] for words in doubted) else _EVENT.match(part[0])
        if event and _is_name(event["e"]):
            found.append(Told(Event(event["e"], 0), part.start(), part.start() + event.end("e") + 1))
    return sorted(found, key=lambda one: one.start)


def _is_name(words: str) -> bool:
    """Whether an event can be called this."""
    return bool(words.strip()) and not words.isdigit() and not is_vague(words)


def _is_lead_of_event(said: str, one: Told) -> bool:
    """每年汛期前: the period only says that the event comes again."""
    bare = isinstance(one.timing, Every) and one.timing.month is None and one.timing.day is None
    rest = said[one.end :]
    return bare and bool(_EVENT.match(rest)) and rest.startswith(tuple(tables()["events_before"]))


def _staged(said: str, told: Sequence[Told]) -> list[Timing]:
    dates = [one for one in told if isinstance(one.timing, By)]
    timings: list[Timing] = []
    for index, one in enumerate(told):
        if not isinstance(one.timing, By):
            timings.append(one.timing)
            continue
        end = told[index + 1].start if index + 1 < len(told) else len(said)
        start = told[index - 1].end if index else 0
        stage = _stage(said, (start, one.start, one.end, end), several=len(dates) > 1)
        timings.append(replace(one.timing, stage=stage))
    return timings


def _stage(said: str, places: tuple[int, int, int, int], *, several: bool) -> str:
    """What is to be done by that date: the words after it, or those before it and a colon or bracket."""
    start, begins, ends, end = places
    after = re.split(r"[;。\n]", said[ends:end])[0]
    after = re.split(r",(?=[^,]*$)", after)[0] if several and end < len(said) else after
    stage = after.strip(_STAGE_TRIM)
    if several and (not stage or _LABELLED.search(said[start:begins])):
        stage = re.split(r"[,;。\n]", said[start:begins].rstrip(_STAGE_TRIM))[-1].strip(_STAGE_TRIM) or stage
    if is_ongoing(stage) or (not several and _DONE.match(stage)):
        return ""
    return stage[:_STAGE_MOST].removeprefix("取得")


_LABELLED = re.compile(r"[:(]$")
