"""The bureau's words: 退回 教育局 12 缺签到表, 教育局12 销号, 同意延 教育局 12 到12月25日, 催办 逾期的, 通知：…."""

import re
from dataclasses import dataclass
from typing import get_args

from bot.grammar_codes import take_codes
from bot.grammar_doubt import asks, denied, supposes
from bot.grammar_text import Said
from bot.intents_bureau import (
    ORDERS,
    Admit,
    Announce,
    Brief,
    CancelEvent,
    Confirm,
    Decide,
    MoveEvent,
    NudgeLate,
    Order,
    Topic,
)
from bot.intents_wishes import Hint
from bot.vocabulary import WORDS, either

MANY: frozenset[Order] = frozenset({"verify", "nudge", "grant"})
"""Orders without a reason of their own, so that several parts may be named at once."""
_AFTER = r"(?=[ :,#0-9。.!]|$|[^ ]{2,60}[0-9]{1,6}$)"
_HEAD = {order: re.compile(f"(?:请|现)?(?:{either(order)})" + _AFTER) for order in ORDERS}
_HEAD["grant"] = re.compile(rf"(?:{either('grant')})(?:{_AFTER}|(?=[到至]|[^ 0-9,]{{2,30}}[ ]?[0-9]))")
_TIGHT = "(?=[^ 0-9,]{2,20}[0-9]{1,6}(?![0-9年月日]))"
_HEAD |= {
    order: re.compile(f"(?:请|现)?(?:{either(order)})(?:{_AFTER}|{_TIGHT})")
    for order in ("return", "decline", "waive", "skip", "reopen")
}
_TAIL = re.compile(
    "|".join(
        f"(?P<{order}>{either(order)})"
        for order in (
            "decline",
            "grant",
            *[order for order in ORDERS if order not in {"decline", "grant", "agree", "disagree"}],
        )
    )
)
_UNIT = re.compile(r"[ :,]*+(?P<unit>[^0-9#:;,.。]{0,40}?)[ ]?(?=#?(?:办|编号)?[ ]?[0-9])")
_FIRST = re.compile(r"(?:把|将)?(?P<unit>[一-龥]{2,30})[ ]?(?=#?(?:办|编号)?[ ]?[0-9])")
_ANNOUNCE = re.compile(
    "(?:发(?:个|一个|一条)?通知|发布通知|群发|通知|公告|announce)(?:(?P<audience>逾期单位|各单位|全体|所有单位|各联络员|全体联络员|所有联络员))?"
    "[ :,]++(?!已?收到|已?收悉|已?阅|知悉)(?=.{2})"
)
_ANNOUNCE_TO = re.compile(
    "(?:发(?:个|一个|一条)?通知(?:给)?|发布通知给|群发给?|通知)[ ]?(?:给)?"
    "(?P<audience>(?!书|单|内容|要求|附件|原文|全文|中|里|上|是|已|的|说|稿|函|会|时间|如下)[^ ,:;。?0-9]{2,30})"
    "[ ]?:[ ]*+(?=.{2})"
)
_BELOW = re.compile("通知如下[ ]?:[ ]*+(?=.{2})")
_TO = re.compile(
    "(?:给|发给)?(?P<audience>逾期单位|各单位|全体|所有单位|各联络员|全体联络员|所有联络员|全体联络员和负责人)[ :,]++"
)
_MOVE = re.compile("(?:事件改期|登记改期|改期事件|改期)[ :]++|move event[ :]++")
_CANCEL = re.compile("(?:取消登记|撤销登记|取消事件|注销登记|cancel event)[ :]++")
_DAY = re.compile(
    r"(?:到|为|至)?[ ]?(?P<day>(?:(?:[0-9]{4}|[今去明本])年[ ]?)?[0-9]{1,2}月[ ]?[0-9]{1,2}[日号]?"
    r"|(?<![0-9])[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|(?<![0-9])[0-9]{8}|(?<![0-9])[0-9]{1,2}[-/.][0-9]{1,2}"
    r"|今天|今日|昨天|昨日|前天|明天)$"
)
_ADMIT = re.compile(
    "(?:(?P<no>不同意|不予|拒绝|驳回)|同意|批准|准予|允许)(?:其|他|她|对方)?(?:申请)?加入(?:申请)?"
    "[ :,#]*(?P<number>[0-9]{1,6})(?![0-9])"
)
_JOININGS = frozenset({"加入申请", "申请加入的", "谁申请加入", "加入申请有哪些", "同意加入", "不同意加入", "joinings"})
_STOPS = frozenset({"verify", "nudge"})


@dataclass(frozen=True, slots=True)
class _Aim:
    """Whose part an order is about, and the words after it; `loose`: more numbers follow than could be told apart."""

    unit: str
    codes: tuple[int, ...]
    rest: Said
    loose: bool = False


def read_ruling(
    said: Said,
) -> Decide | NudgeLate | Announce | Confirm | MoveEvent | CancelEvent | Brief | Admit | Hint | None:
    word = said.word()
    for topic in get_args(Topic):
        if word in WORDS[topic]:
            return Brief(topic)
    if word in WORDS["nudge_late"]:
        return NudgeLate()
    if word in WORDS["confirm"]:
        return Confirm()
    return _admit(said) or _event(said) or _announce(said) or _order(said)


def _admit(said: Said) -> Admit | None:
    """同意加入 3 教育局. A question is none: it shows the list, which decides nothing."""
    if said.word() in _JOININGS:
        return Admit()
    verb = _ADMIT.match(said.flat)
    if verb is None:
        return None
    if asks(said.flat):
        return Admit()
    return Admit(verb["no"] is None, int(verb["number"]), said.after(verb.end()).typed.strip(" ,:，：。."))


def _order(said: Said) -> Decide | Hint | None:
    for order in sorted(ORDERS, key=lambda name: name not in {"decline", "grant"}):
        verb = _HEAD[order].match(said.flat)
        if verb:
            return _decided(order, said, _aim(said, verb.end()))
    return _unit_first(said)


def _unit_first(said: Said) -> Decide | Hint | None:
    """教育局12 退回 缺签到表."""
    unit = _FIRST.match(said.flat)
    codes = take_codes(said.flat, unit.end()) if unit else None
    verb = _TAIL.match(said.flat, codes.end + (said.flat[codes.end : codes.end + 1] in {" ", ","})) if codes else None
    if not (unit and codes and verb) or re.match("[^ ,:;.。到至!]", said.flat[verb.end() :]):
        return None
    order: Order = next(name for name in ORDERS if name in verb.groupdict() and verb[name])
    name = said.typed[unit.start("unit") : unit.end("unit")].strip()
    if supposes(name) or denied(name):
        return _hint(order)
    return _decided(order, said, _Aim(name, codes.codes, said.after(verb.end()), codes.loose or codes.doubtful))


def _aim(said: Said, place: int) -> _Aim:
    rest = said.after(place)
    unit = _UNIT.match(rest.flat)
    codes = take_codes(rest.flat, unit.end()) if unit else None
    if unit is None or codes is None:
        return _Aim("", (), rest)
    name = rest.typed[unit.start("unit") : unit.end("unit")].strip(" 的，：")
    return _Aim(name, codes.codes, rest.after(codes.end), codes.loose or codes.doubtful)


def _decided(order: Order, said: Said, aim: _Aim) -> Decide | Hint | None:
    """An order about whom it names. A question is none, and neither is one whose numbers cannot be told apart."""
    if asks(said.flat) or (aim.loose and order not in MANY):
        return _hint(order)
    if not aim.codes and order in _STOPS:
        return Decide(order, aim.rest.typed.strip())
    if order == "verify" and aim.rest.flat.strip(" .。!"):
        return _hint(order)
    return Decide(order, aim.unit, aim.codes, aim.rest.typed.strip())


def _hint(order: Order) -> Hint:
    if order in {"grant", "decline", "agree", "disagree"}:
        return Hint("grant")
    if order in {"waive", "skip", "reopen"}:
        return Hint("waive")
    return Hint("return" if order == "return" else "order")


def _announce(said: Said) -> Announce | None:
    verb = _ANNOUNCE.match(said.flat)
    if verb is None:
        return _announce_to(said)
    rest = said.after(verb.end())
    to = _TO.match(rest.flat)
    audience = verb["audience"] or (to["audience"] if to else "")
    return Announce((rest.after(to.end()) if to else rest).typed.strip(), audience or "")


def _announce_to(said: Said) -> Announce | None:
    """通知乡镇街道：…: to whom is what stands before the colon, and has to be found before anything is drafted."""
    if below := _BELOW.match(said.flat):
        return Announce(said.after(below.end()).typed.strip())
    verb = _ANNOUNCE_TO.match(said.flat)
    if verb is None or asks(verb["audience"]) or supposes(verb["audience"]):
        return None
    audience = said.typed[verb.start("audience") : verb.end("audience")].strip()
    return Announce(said.after(verb.end()).typed.strip(), audience)


def _event(said: Said) -> MoveEvent | CancelEvent | None:
    if verb := _CANCEL.match(said.flat):
        return CancelEvent(said.after(verb.end()).typed.strip(" 。."))
    verb = _MOVE.match(said.flat)
    if verb is None:
        return None
    rest = said.after(verb.end())
    day = _DAY.search(rest.flat.rstrip(" .。"))
    if day is None:
        return MoveEvent(rest.typed.strip())
    return MoveEvent(rest.typed[: day.start()].strip(" ,:，：、"), day["day"])
