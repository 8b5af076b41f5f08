"""Acts in words: 收12 15, 办12 文号…, 12 已完成, 完成了. Doubtful ones are asked about, denied ones are never acts."""

import re
from decimal import Decimal

from bot.grammar_codes import Codes, take_codes
from bot.grammar_doubt import doubt, doubt_receipt
from bot.grammar_text import Said
from bot.intents import Intent, NotDone, Receive, Report, Unsure
from bot.vocabulary import either

_RECEIVE, _REPORT = either("receive"), either("report")
_LEAD = re.compile(
    rf"(?:(?P<receive>{_RECEIVE}|收)|(?P<report>{_REPORT}|办|结))(?:了)?[ :,.;]*+(?=#?(?:办|编号)?[ ]?[0-9一-十])"
)
_TRAIL = re.compile(rf"[ ,:、]*+(?:都|均|全部|全|已经)?(?:(?P<receive>{_RECEIVE})|(?P<report>{_REPORT}|办了))(?:了)?")
_ALONE = re.compile(rf"(?:(?P<receive>{_RECEIVE}|好的收到|收)|(?P<report>{_REPORT}))(?:了)?")
_ENDS = re.compile(r"[ ,.;:!~。、…?🙏👌👍]|$")
_POLITE = re.compile(
    r"(?:谢谢|多谢|感谢|辛苦|您|你|哈|呀|啦|哦|了|的|thanks|thank you|🙏|👌|👍|\ufe0f|[ ,.;!~。、…])*+$"
)
_OPENS_NOTE = re.compile(r"文号|说明|已|附|见|材料|完成|办结|[一-龥]{1,12}[〔\[(【][12][0-9]{3}")
_AMOUNT = re.compile(
    r"(?P<amount>[0-9]{1,7}(?:\.[0-9]{1,3})?)[ ]?"
    r"(?P<unit>学时|课时|个?小时|人次|[次个件场期份篇轮批家户人名条项宗起]|hours?|times?|pieces?)(?=[ ,.;。、]|$)"
)


def read_act(said: Said) -> Intent | None:
    """The act that the whole text is; None for anything else."""
    return _verb_first(said) or _codes_first(said) or _verb_alone(said)


def read_amount(flat: str) -> tuple[Decimal | None, str]:
    """How much the words begin with, and of what: 30学时. (None, "") where they do not."""
    match = _AMOUNT.match(flat)
    return (Decimal(match["amount"]), match["unit"]) if match else (None, "")


def _verb_first(said: Said) -> Intent | None:
    verb = _LEAD.match(said.flat)
    codes = take_codes(said.flat, verb.end()) if verb else None
    if verb is None or codes is None:
        return None
    if verb["receive"]:
        return _receive(codes, said.after(codes.end), tight=_tight(said, codes.end))
    tight = _tight(said, codes.end) and not _OPENS_NOTE.match(said.flat, codes.end)
    return _report(codes, said.after(codes.end), tight=tight)


def _codes_first(said: Said) -> Intent | None:
    codes = take_codes(said.flat)
    verb = _TRAIL.match(said.flat, codes.end) if codes else None
    if codes is None or verb is None:
        return None
    if not _ENDS.match(said.flat, verb.end()):
        return _denied(said, codes)
    rest = said.after(verb.end())
    return _receive(codes, rest, tight=False) if verb["receive"] else _report(codes, rest, tight=False)


def _verb_alone(said: Said) -> Intent | None:
    verb = _ALONE.match(said.flat)
    none = Codes((), 0)
    if verb is None:
        return None
    if not _ENDS.match(said.flat, verb.end()):
        return _denied(said, none)
    rest = said.after(verb.end())
    return _receive(none, rest, tight=False) if verb["receive"] else _report(none, rest, tight=False)


def _denied(said: Said, codes: Codes) -> Intent | None:
    """完成不了, 12办结了吗: said outright, and not an act; other words that run on are not for here."""
    return NotDone(codes.codes) if doubt(said.flat) == "not_done" else None


def _receive(codes: Codes, rest: Said, *, tight: bool) -> Intent:
    if doubt_receipt(rest.flat):
        return NotDone(codes.codes)
    if _POLITE.match(rest.flat) or not (tight or codes.doubtful):
        return Unsure("receive", codes.codes, rest.typed) if codes.doubtful else Receive(codes.codes)
    return Unsure("receive", codes.codes, rest.typed)


def _report(codes: Codes, rest: Said, *, tight: bool) -> Intent:
    words = "" if _POLITE.match(rest.flat) else rest.typed
    found = doubt(rest.flat)
    if found == "not_done":
        return NotDone(codes.codes)
    if found or tight or codes.doubtful or codes.loose:
        return Unsure("report", codes.codes, words)
    amount, unit = read_amount(rest.flat)
    return Report(codes.codes, words, amount, unit)


def _tight(said: Said, end: int) -> bool:
    """Whether words follow the code with nothing in between."""
    return not _ENDS.match(said.flat, end)
