"""Handing on: 转12 给李四, 教育局 12 转水务局; and for somebody: 代张敏 办12 ….

Who is meant is looked up in the roster; here it is only a name. 转发, 转达 and the like hand nothing on.
"""

import re

from bot.grammar_codes import Codes, take_codes
from bot.grammar_doubt import asks, denied, supposes
from bot.grammar_text import Said
from bot.intents_bureau import Behalf
from bot.intents_wishes import Hint, Transfer
from bot.vocabulary import WORDS, either

_TO = "(?:给|到|至|由)?[ ]?(?P<to>[一-龥a-z·]{1,30}?)(?:来?(?:办理?|负责|处理|承办|牵头|跟进))?(?=[ ,.;。:?]|$)"
_NOT_AFTER = "(?!发|达|账|正|告|述|载|换|移到|化|型|弯|圈|岗|了|不|没)"
_VERB = re.compile(rf"[ ,:]*+(?:号)?(?:我想|申请|请)?(?:{either('transfer')}){_NOT_AFTER}[ ]?{_TO}")
_LEAD = re.compile(
    rf"(?:转办|转交|改派|移交|转)[ ]?{_NOT_AFTER}(?P<unit>[一-龥]{{2,20}}[ ]?)??(?=#?(?:办|编号)?[ ]?[0-9])"
)
_ALONE = re.compile(rf"(?:请|申请|请帮忙|麻烦)?(?:{either('transfer')}){_NOT_AFTER}[ ]?{_TO}")
_AIM = re.compile(rf"[ ,:]*+(?:转)?{_TO}")
_OBJECT = re.compile(r"(?:把|将)?[ ]?(?P<unit>[一-龥a-z]{0,20}?)[ ]?(?=#?(?:办|编号)?[ ]?[0-9])")
_FOR = re.compile("(?:代表?|替)[ ]?")
_SAYS = re.compile("[ ,:]*+(?:收|签收|办|报|完成|申请|延|不是|不归|已)")
_LONGEST_NAME = 30
LEAST = 2


def read_hand(said: Said) -> Transfer | Behalf | Hint | None:
    return _behalf(said) or _transfer(said)


def _transfer(said: Said) -> Transfer | Hint | None:
    lead = _LEAD.match(said.flat)
    if lead:
        codes = take_codes(said.flat, lead.end())
        aim = _AIM.match(said.flat, codes.end) if codes else None
        unit = said.typed[lead.start("unit") : lead.end("unit")].strip() if lead["unit"] else ""
        return _made(said, aim, codes, unit)
    item = _OBJECT.match(said.flat)
    codes = take_codes(said.flat, item.end()) if item else None
    verb = _VERB.match(said.flat, codes.end) if codes else None
    if item and verb:
        return _made(said, verb, codes, said.typed[item.start("unit") : item.end("unit")].strip())
    alone = _ALONE.match(said.flat)
    return _made(said, alone, None) if alone else None


def _made(said: Said, aim: re.Match[str] | None, codes: Codes | None, unit: str = "") -> Transfer | Hint | None:
    if (
        aim is None
        or asks(said.flat)
        or supposes(said.flat)
        or denied(said.flat)
        or aim["to"] in WORDS["nobody"]
        or len(aim["to"]) < LEAST
    ):
        return Hint("transfer")
    if codes and (codes.doubtful or (codes.loose and unit)):
        return Hint("transfer")
    to = said.typed[aim.start("to") : aim.end("to")].strip()
    return Transfer(to, codes.codes if codes else (), unit, said.after(aim.end()).typed)


def _behalf(said: Said) -> Behalf | Hint | None:
    """The name ends where the act begins; the act is read later, as that person's words."""
    lead = _FOR.match(said.flat)
    if lead is None:
        return None
    space = said.flat.find(" ", lead.end())
    places = [space] if 0 < space - lead.end() <= _LONGEST_NAME else []
    places += range(lead.end() + 1, min(len(said.flat), lead.end() + _LONGEST_NAME))
    for place in places:
        acts = _SAYS.match(said.flat, place)
        if acts and _begins(said.flat, place):
            return _for(said, said.typed[lead.end() : place].strip(" ,，:："), place)
    return None


def _begins(flat: str, place: int) -> bool:
    """Whether an act with a code begins here, and not only one of its signs inside a name."""
    return re.match(r"[ ,:]*+[^0-9 ]{1,6}[ ]?#?(?:办|编号)?[ ]?[0-9]", flat[place:]) is not None


def _for(said: Said, who: str, place: int) -> Behalf | Hint:
    return Hint("behalf") if who in WORDS["nobody"] or asks(said.flat) else Behalf(who, said.after(place).typed)
