"""Wishes about one's own parts: 延12 12月20日 原因 (more time) and 不是我们，应由… (another unit's)."""

import re

from bot.grammar_codes import Codes, take_codes
from bot.grammar_doubt import asks, denied, supposes
from bot.grammar_text import Said
from bot.intents_wishes import Extend, Hint, NotOurs
from bot.vocabulary import either

NO_CODES = Codes((), 0)
_ASKED_FOR = (
    "(?:特此|特|现|拟|我们|我单位|我局|本单位|请求|恳请|请|希望|想|需要|需|要|申请){0,4}+(?:批准|给予|予以|再)?"
)
_DAYLIKE = "[ ,.:;。、到至因由理原0-9下本这明后大月年周星礼今一二两三四五六七八九十几半]"
_EXTEND = re.compile(
    rf"{_ASKED_FOR}(?:{either('extend')}|延)(?:申请|办理|报送|完成|上报|时间|期限)?(?=$|#|办[ ]?[0-9]|编号|{_DAYLIKE})"
)
_LINK = re.compile("[ ,:]*+(?:这[件项个]|任务)?[ ,:]*+")
_MIDST = re.compile(
    f"(?P<formal>(?:特此|特|现)?(?:申请|请求|恳请)(?:批准|给予|予以|把期限)?(?:{either('extend')}))|(?:{either('extend')}|延)[到至]"
)
_DENIED = re.compile(
    f"(?:{either('extend_denied')})[^,.;。]{{0,4}}(?:{either('extend')})|(?:{either('extend')})(?:了|不了|过)"
)
_ASKED = re.compile(f"(?:{either('extend')})")
_BY_NAME = re.compile(r"(?:办|编号)[ ]?(?P<code>[0-9]{1,6}+)[ ,:]*+$")
_RECEIPT = re.compile("(?:已?收到|收悉|知悉|好的?|您好|你好|领导好?)[ ,.。!]*+")
_OTHER_ACT = re.compile("(?:办|收|完成|办结)[ ]?[0-9]")

_OURS = re.compile(
    "(?:我们核实|经核实|经查|经研究)?[ ,:]*+(?:(?:这|该|此|本)[件项个]?(?:任务|工作|事项?|件|项)?)?(?:的)?"
    rf"(?P<head>(?:{either('not_is')})[ ]?(?:{either('us')}))"
    "(?P<kind>的|职责|职能|任务|工作|事情|事项|事|业务|范围|主管"
    "|管的?|办的?|负责的?|承办的?|来办|来管|分内|之内|内|该[办管]的?)*+(?:了|呀|啊|哦|吧)?"
)
_OURS_NEXT = re.compile("$|[ ,.:;。、!0-9#]|应|建议|请|该|是|属|归|找|麻烦|转|办[ ]?[0-9]")
_LEADS = re.compile("(?:不|非)[^,.。]{0,8}(?:牵头|一家|的原因|的错|的责任|不办|不做|不报|不想)")
_BUT = re.compile("但|不过|可是|可以配合|我们(?:来|先|去|可以)|先办|先做")
_TO = re.compile(
    "(?:应当?该?|该(?=由|归|是|转)|是|属于?|归|建议|请|找|转|由|请转)+"
    "(?:由|转交?|给|是|归|到|至|找)?[ ]?(?P<to>[一-龥]{2,20}?)"
    "(?:来?(?:办理?|管|负责|牵头|承办|处理|主管|办结)|的(?:职责|职能|事|任务|工作)?|职责|[ ,.;。!]|$)"
)
_POLITE = re.compile("[ ,.;!~。、]*+(?:谢谢|麻烦了?|请核实|请知悉|请悉知|请领导知悉)?[ ,.;!~。、]*+$")


def read_wish(said: Said) -> Extend | NotOurs | Hint | None:
    """More time or another unit; a hint where it is spoken of and not asked for; None for anything else."""
    return _not_ours(said) or _extend(said)


def _extend(said: Said) -> Extend | Hint | None:
    verb, codes = _EXTEND.match(said.flat), NO_CODES
    if verb:
        codes = _codes(said, verb.end())
        rest = said.after(codes.end or verb.end())
    elif (first := take_codes(said.flat)) and (verb := _EXTEND.match(said.flat, _after(said, first.end))):
        codes, rest = first, said.after(verb.end())
    else:
        return _in_the_midst(said)
    if not asks(said.flat):
        return Extend(codes.codes, rest.typed, sure=not (codes.doubtful or codes.loose or supposes(said.flat)))
    return Extend(codes.codes, rest.typed, sure=False) if re.search("[0-9月周]", rest.flat) else Hint("extend")


def _in_the_midst(said: Said) -> Extend | Hint | None:
    """材料未齐，申请延期到12月20日: the reason comes first; told of something else, it is asked about."""
    verb = _MIDST.search(said.flat)
    if _OTHER_ACT.match(said.flat) or (verb is None and not _DENIED.search(said.flat)):
        return Hint("extend") if asks(said.flat) and _ASKED.search(said.flat) else None
    if verb is None or _DENIED.search(said.flat):
        return Hint("extend")
    before, after = said.flat[: verb.start()], said.after(verb.end())
    named, receipt = _BY_NAME.search(before), _RECEIPT.match(before)
    reason = said.typed[receipt.end() if receipt else 0 : named.start() if named else verb.start()].strip(" ,，。：:")
    clear = verb["formal"] and (named or not before.strip() or before[-1] in " ,.;。、:")
    told = supposes(said.flat) or (denied(said.flat) and before[-1:] not in {",", "。", ";"})
    sure = bool(clear) and not asks(said.flat) and not told
    codes = (int(named["code"]),) if named else ()
    if asks(said.flat) and not re.search("[0-9月周]", after.flat):
        return Hint("extend")
    return Extend(codes, " ".join(part for part in (after.typed, reason) if part), sure=sure)


def _after(said: Said, place: int) -> int:
    link = _LINK.match(said.flat, place)
    return link.end() if link else place


def _codes(said: Said, place: int) -> Codes:
    """The codes after 延; of 延12 20号 the second number is a day."""
    found = take_codes(said.flat, _after(said, place))
    if found is None or not (found.doubtful or found.loose):
        return found or NO_CODES
    single = re.compile(r"#?(?:办|编号)?[ ]?(?P<code>[0-9]{1,6}+)[ ]++(?=[0-9]{1,2}[号日])").match(
        said.flat, _after(said, place)
    )
    return Codes((int(single["code"]),), single.end()) if single else found


def _not_ours(said: Said) -> NotOurs | Hint | None:
    first = take_codes(said.flat)
    match = _OURS.match(said.flat, _after(said, first.end) if first else 0)
    if match is None:
        first, match = None, _OURS.match(said.flat)
    if match is None:
        return Hint("refuse") if _OURS.search(said.flat) and re.search("不|非|not", said.flat) else None
    if _LEADS.match(said.flat, match.start("head")) or not _OURS_NEXT.match(said.flat, match.end()):
        return Hint("refuse")
    if asks(said.flat) or supposes(said.flat):
        return Hint("refuse")
    codes = first or take_codes(said.flat, _after(said, match.end())) or NO_CODES
    rest = said.after(max(match.end(), codes.end))
    words = "" if _POLITE.match(rest.flat) else rest.typed
    to = _TO.match(rest.flat) or _TO.search(rest.flat)
    named = rest.typed[to.start("to") : to.end("to")] if to else ""
    return NotOurs(codes.codes, words, named, sure=not (codes.doubtful or codes.loose or _BUT.search(rest.flat)))
