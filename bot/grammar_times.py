"""Days off, the hour of the digest, and pauses: 请假 12月1日到12月5日 由李四代, 每天8点40提醒我, 暂停提醒 到12月1日."""

import re

from bot.grammar_doubt import asks, supposes
from bot.grammar_text import Said
from bot.intents_bureau import Pause, Resume
from bot.intents_wishes import DigestTime, EndLeave, Hint, TakeLeave, TryOut
from bot.vocabulary import WORDS, either

_DAYS = "[0-9一二两三四五六七八九十零〇年月日号天周星期礼拜本下这今明后大到至起前~—.:/ -]"
_LEAVE = re.compile(
    rf"(?:领导|您好|你好)?[ ,]*+(?:我|本人)?[ ]?(?:从|自|拟|想|要|需要?|申请|于|在){{0,2}}+(?P<before>{_DAYS}{{0,40}}?)"
    rf"[ ,]*+(?:我|本人)?(?:从|自|拟|想|要|需要?|申请|因公|因事|因病){{0,2}}+(?:{either('leave')})"
    "[ ,:]*+(?P<after>.*+)$"
)
_SPAN = re.compile(rf"(?:从|自)?(?P<days>{_DAYS}{{1,40}}+)")
_DEPUTY = re.compile(
    "(?:期间)?(?:[工作的]{0,3})(?:由|请|委托|交给|交由|让)[ ]?(?P<who>[一-龥a-z· ]{2,30}?)[ ]?(?:同志)?"
    "(?:来?(?:代|替|负责|接收|接收提醒|代管|代理|代班|代办|顶班|顶替|代收))"
    "|(?P<plain>[一-龥·]{2,10}?)(?:代班|代管|代办|顶班|代我|替我|代)(?=[ ,.。]|$)|deputy[ ]?(?P<deputy>[^,.;]{2,30})"
)
_NO_LEAVE = re.compile("条|单|流程|制度|手续|申请表|审批|规定|的人|人员|情况|名单|统计")
_CLOCK = (
    "(?P<half>早上|早晨|上午|中午|下午|晚上)?[ ]?"
    "(?P<hour>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})[ ]?(?:点钟?|:|时)[ ]?"
    "(?P<minute>半|一刻|三刻|[0-9]{1,2}|[一二三四五十]{1,3})?分?"
)
_EVERY = re.compile(
    f"(?:请|麻烦|以后|改为|改成|改到){{0,2}}+(?:每天|每日|天天|每个工作日|工作日)(?:的)?{_CLOCK}"
    "(?:左右)?(?:再)?(?:给我|跟我|向我)?(?:发|推送|推|统一)?(?:提醒)(?:我|给我|一次)?(?:吧|就行|即可|就好)?$"
)
_SET = re.compile(
    f"(?:请)?(?:把|将)?(?:我的)?(?:每日|每天)?提醒时间(?:改|调|设|定|设定|设置|调整|换)?(?:为|到|成|在)?[ :]*+{_CLOCK}$"
)
_PAUSE = re.compile("(?:暂停|停发|先停)(?:一下)?(?:全部|所有|一切)?(?:的)?提醒(?=[ ,:到至因]|$|[0-9])[ ,:]*+")
_NAMED = (
    "《(?P<book>[^《》]{2,60})》|方案[ ](?P<after>[^ ,:;。到至因0-9][^ ,:;。到至因]{1,39})"
    "|(?P<plan>[^ ,:;。《》]{0,40}?(?:方案|计划|分工|安排|要点|规划|清单))"
)
_PAUSE_PLAN = re.compile(
    f"(?:请|现)?(?:暂停|停发|先停)(?:一下)?[ :]?(?:{_NAMED})(?:的)?(?:提醒|催办)?(?=[ ,:到至因]|$)[ ,:]*+"
)
_RESUME_PLAN = re.compile(f"(?:请|现)?(?:恢复|重新开启)(?:一下)?[ :]?(?:{_NAMED})(?:的)?(?:提醒|催办)?[ ,.。]*+$")
_RESUME = re.compile("(?:恢复|继续|重新开启)(?:全部|所有)?(?:的)?提醒[ ,.。]*+$")
_MINUTES = {"半": 30, "一刻": 15, "三刻": 45, "": 0}
_ENGLISH = re.compile(r"remind me (?:daily |every day )?at (?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})$")
_LATER = frozenset({"下午", "晚上"})
NOON = 12
_DIGITS = {sign: n for n, sign in enumerate("一二三四五六七八九", 1)} | {"两": 2}


def read_times(said: Said) -> TakeLeave | EndLeave | DigestTime | TryOut | Pause | Resume | Hint | None:
    word = said.word()
    if word in WORDS["leave_over"]:
        return EndLeave()
    if word in WORDS["test"]:
        return TryOut()
    if word in WORDS["default_time"]:
        return DigestTime()
    return _digest(said) or _pause(said) or _leave(said)


def _digest(said: Said) -> DigestTime | Hint | None:
    word = said.word()
    match = _EVERY.match(word) or _SET.match(word) or _ENGLISH.match(word)
    if match is None:
        return None
    hour, minute = _number(match["hour"]), match["minute"] or ""
    minutes = _MINUTES.get(minute, _number(minute) if minute else 0)
    if hour is not None and match.groupdict().get("half") in _LATER and hour < NOON:
        hour += NOON
    if hour is None or minutes is None or hour > 23 or minutes > 59:  # noqa: PLR2004 a day's hours, an hour's minutes
        return Hint("digest")
    return DigestTime(f"{hour:02}:{minutes:02}")


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    if any(len(part) > 1 or (part and part not in _DIGITS) for part in (tens, ones)):
        return None
    return (_DIGITS.get(tens, 1) if ten else 0) * 10 + _DIGITS.get(ones, 0)


def _pause(said: Said) -> Pause | Resume | Hint | None:
    if _RESUME.match(said.flat):
        return Resume()
    if again := _RESUME_PLAN.match(said.flat):
        return Hint("pause") if asks(said.flat) or supposes(said.flat) else Resume(_name(said, again))
    one = _PAUSE_PLAN.match(said.flat)
    verb = one or _PAUSE.match(said.flat)
    if verb is None:
        return None
    if asks(said.flat) or supposes(said.flat):
        return Hint("pause")
    return Pause(said.after(verb.end()).typed, _name(said, one) if one else "")


def _name(said: Said, found: re.Match[str]) -> str:
    """The plan's name as typed."""
    place = next(name for name in ("book", "plan", "after") if found[name])
    return said.typed[found.start(place) : found.end(place)].strip()


def _leave(said: Said) -> TakeLeave | Hint | None:
    """One's own leave: words of other people, papers and questions about leave are none."""
    match = _LEAVE.match(said.flat)
    if match is None:
        return None
    if asks(said.flat) or supposes(said.flat):
        return Hint("leave")
    if _NO_LEAVE.match(match["after"]) or re.match("不|没|别|了[^ ,.。]", match["after"]):
        return None
    start = match.start("after")
    span = _SPAN.match(match["after"])
    days = said.typed[match.start("before") : match.end("before")].strip() or (
        said.typed[start : start + span.end()].strip() if span else ""
    )
    who = _DEPUTY.search(match["after"])
    place = next((name for name in ("who", "plain", "deputy") if who and who[name]), "")
    deputy = said.typed[start + who.start(place) : start + who.end(place)].strip() if who and place else ""
    return TakeLeave(days.strip(" ,，:："), deputy)
