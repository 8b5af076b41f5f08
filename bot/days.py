"""Days in words: the day and the reason of an extension, the days of a leave. Exact, or known to be unclear.

A length without its start (延期3天) is no day yet: it is counted from the due date, and asked about.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.grammar_text import fold
from schedules.phrases import Ambiguous, Past, Read, take_day
from schedules.workdays import WorkCalendar

_FROM = re.compile("(?:从|由|自|原定|原)[ ]?")
_ONWARD = re.compile("[ ,，]*(?:申请)?(?:延期|延后|延|推迟|改)?[ ]?(?=[到至为])为?[ ]?")
_TO = re.compile("(?:延期?|延后|推迟|宽限|顺延)?[ ]?(?:到|至|为|截止到?|on|to|until|till)?[ ]?")
_LENGTH = re.compile(
    "(?:延期?|延长|再|多|宽限|给)*[ ]?(?P<count>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})[ ]?"
    "(?P<unit>个?工作日|天|日|周|个?星期|个?礼拜|个月)(?!后|内|之|以)[ ]?(?:时间)?"
)
_HALF_MONTH = re.compile("半个?月[ ]?(?:时间)?")
_DONE = re.compile(
    "[ ,，]*(?:前|之前|底前)?(?:再)?(?:完成|办结|办理|报送|上报|报|做|提交)?(?=$|[ ,，。.;；、:：]|因|由|原|理)"
)
_WHY = re.compile(
    r"[\s,，。.;；、:：(（—-]*(?:因为|是因为|原因是?|理由是?|由于|因|because(?: of)?|as|since)?[\s,，:：、]*"
)
_UNREAD = re.compile(
    "(?:延?[到至]|或者?|和)?[0-9]{1,4}[年月./-][ ]?[0-9]{1,2}(?:[月./-][0-9]{1,2})?[日号]?(?:前|[(（].{1,4}[)）])?"
)
"""A date that is none, 2月30日: no part of a reason."""
_CLAUSES = re.compile("[,，。;；、 ]+")
_TAIL = " \t\n,，。.;；、:：)）!！"
_REAL = re.compile("[a-z一-龥]", re.IGNORECASE)
_NAMES_WEEK = re.compile("(?:下下?|本|这)个?(?:周|星期|礼拜)")
_WEEKDAY = re.compile("(?:周|星期|礼拜)[一二三四五六日天]")
LONGEST = timedelta(days=183)
_AND = re.compile("[ ]?(?:到|至|-|~|—|–|——)+[ ]?")
FORTNIGHT = 15
LEAST = 2


@dataclass(frozen=True, slots=True)
class Wish:
    """A day and a reason. `length`: no day was named, only a length; as words that count from a day (3个工作日后)."""

    day: Read
    reason: str
    length: str = ""


def read_wish(words: str, today: date, calendar: WorkCalendar) -> Wish:
    """The day that the words name, at their start or at a clause's, and everything else as the reason."""
    text = words.strip()
    for place in (0, *(match.end() for match in _CLAUSES.finditer(text))):
        found = _at(text[place:], today, calendar)
        if found is not None:
            before = text[:place].strip(_TAIL)
            reason = "，".join(part for part in (_reason(before), found.reason) if part)
            return Wish(found.day, reason, found.length)
    return Wish(None, _reason(_UNREAD.sub(" ", text)))


def is_reason(words: str) -> bool:
    """Whether there is something in it that somebody could read as a reason."""
    return len(_REAL.findall(words)) >= LEAST


def _at(text: str, today: date, calendar: WorkCalendar) -> Wish | None:
    """A day at the very start; after 从…延到… the second of two."""
    start = _FROM.match(text)
    plain = text[start.end() :] if start else text
    begin = _TO.match(plain)
    read, rest = take_day(plain[begin.end() if begin else 0 :], today, calendar)
    if read is None:
        return _length(text)
    onward = _ONWARD.match(rest)
    if onward and (start or onward.group().strip()):
        later, after = take_day(rest[onward.end() :], today, calendar)
        read, rest = (later, after) if later is not None else (read, rest)
    elif start:
        return None
    done = _DONE.match(rest)
    return Wish(read, _reason(rest[done.end() :] if done else rest))


def _length(text: str) -> Wish | None:
    flat = fold(text).flat
    if half := _HALF_MONTH.match(flat):
        return Wish(None, _reason(text[half.end() :]), f"{FORTNIGHT}天后")
    match = _LENGTH.match(flat)
    if match is None:
        return None
    return Wish(None, _reason(text[match.end() :]), f"{match['count']}{match['unit']}后")


def _reason(text: str) -> str:
    why = _WHY.match(text)
    return text[why.end() if why else 0 :].strip(_TAIL)


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both included."""

    first: date
    last: date


def read_span(words: str, today: date, calendar: WorkCalendar) -> Span | None:
    """12月1日到12月5日, 12月1日至5日, 明天, 下周一到周三; None for what is not exact, over, or runs backwards."""
    text = re.sub("^(?:从|自)|起$|(?:期间)$", "", words.strip())
    for split in _AND.finditer(text):
        first, last = _day(text[: split.start()], today, calendar), text[split.end() :].strip(_TAIL)
        second = first and _last(text[: split.start()], last, (first, today), calendar)
        if first and second and first <= second <= first + LONGEST and second >= today:
            return Span(first, second)
    single = _day(text, today, calendar)
    return Span(single, single) if single and single >= today else None


def _day(text: str, today: date, calendar: WorkCalendar) -> date | None:
    read, rest = take_day(text.strip(), today, calendar)
    if rest.strip(_TAIL) not in {"", "起", "开始"}:
        return None
    if isinstance(read, Past):
        return read.day
    return None if isinstance(read, Ambiguous) else read


def _last(before: str, text: str, known: tuple[date, date], calendar: WorkCalendar) -> date | None:
    """The last day: read from today like the first one, or from the first on: 12月1日至5日, 下周一到周三."""
    first, today = known
    if re.fullmatch("[0-9０-９]{1,2}", text):
        text += "日"
    if _NAMES_WEEK.match(before) and _WEEKDAY.match(text):
        read, _ = take_day(f"本{text}", first - timedelta(days=first.weekday()), calendar)
        return read if isinstance(read, date) else None
    found = _day(text, today, calendar)
    return found if found and found >= first else _day(text, first, calendar)
