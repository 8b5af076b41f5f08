"""Days after an event: 自发布之日起15日内, 收到通知后5个工作日内; and the event that the words before them name."""

import re

from plans.reading.grammar import Phrase, tables
from plans.reading.periods import number_or
from schedules.timing import DayKind, Event

_REACH = 60
_DAYS_IN = {"working": 1.0, "calendar": 1.0, "week": 7.0, "month": 30.0, "year": 365.0, "hour": 1 / 24}
_STOPS = re.compile(r"[。;!?\n]")
_TAIL = r"[,、]?(?:的|应当?|须|要|必须|必需|在|于|并|将|均|原则上|一般|及时|最迟|起|内|时|,){0,4}$"
_MOST_DAYS = 3660
_NO_EVENTS = frozenset("然此最今其前先往")
_ACTOR = re.compile(r"^[^,]{0,24}(?:应当?|必?须|(?<![关由对])于|(?<![纪重主需摘概])要|(?<![所现正存])在)(?=[^,]{2})")


def event_timing(text: str, phrase: Phrase, *, field: bool) -> tuple[Event | None, int]:
    """The timing of "within so many days", and where its words begin; None where no event is named before them."""
    before = text[max(0, phrase.start - _REACH) : phrase.start]
    stops = list(_STOPS.finditer(before))
    before = before[stops[-1].end() :] if stops else before
    event = _event(before, field=field)
    days, kind = _days(phrase)
    if not event or days > _MOST_DAYS:
        return None, phrase.start
    return Event(event, days, kind), phrase.start - len(before) + before.rfind(event)


def _days(phrase: Phrase) -> tuple[int, DayKind]:
    unit = phrase.entry["unit"]
    said = float(number_or(phrase.said["N"])) if "N" in phrase.said else 24.0
    days = said * _DAYS_IN[unit]
    return max(1, int(-(-days // 1))), "working" if unit == "working" else "calendar"


def _event(before: str, *, field: bool) -> str:
    """What has to happen first, as named in the words before the days."""
    since = re.search(rf"自(?P<e>[^,]{{1,40}}?)(?:之日)?(?:起){_TAIL}", before)
    if since:
        lost = not since["e"].removesuffix("之日")
        named = re.split(r"[,。;]", before[: since.start()].rstrip(",应当须要"))[-1] if lost else since["e"]
        return _clean(named)
    then = re.search(rf"(?P<e>[^,]{{1,40}}?)(?:之日起|当日起|之后|以后|后){_TAIL}", before)
    if then and then["e"] not in _NO_EVENTS:
        return _clean(then["e"])
    cues = "|".join(tables()["events_after"])
    condition = re.search(rf"(?P<e>(?:{cues})[^,]{{0,30}}?)后,[^,]{{1,40}}的{_TAIL}", before)
    if condition:
        return _clean(condition["e"])
    late = re.search(rf"(?P<e>(?:{cues})[^,]{{0,40}}?)(?:的)?{_TAIL}", before)
    if late and (
        field or "," in before[late.start() :] or before.rstrip("在于应须要当内").endswith(("的", "后", "时"))
    ):
        return _clean(re.split(r"后|之日", late["e"])[0])
    return ""


def _clean(event: str) -> str:
    said = event.strip("、,:的").removesuffix("后")
    return re.sub(r"^(?:在|于|对|应|须|要|并|各|从)+", "", _ACTOR.sub("", said)) or event
