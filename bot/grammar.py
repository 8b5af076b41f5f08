"""Grammar: what a typed text means. Pure; exact or asked, never guessed, and wrong in one direction only: not to act.

What denies, asks or promises (没完成, 什么时候完成, 下周完成) is never read as done, whatever words stand in it.
"""

import re
from dataclasses import replace

from bot.grammar_acts import read_act
from bot.grammar_bureau import read_ruling
from bot.grammar_doubt import doubt, doubt_receipt
from bot.grammar_fixed import read_command, read_word
from bot.grammar_hand import read_hand
from bot.grammar_text import Said, fold
from bot.grammar_times import read_times
from bot.grammar_verbs import read_verb
from bot.grammar_wishes import read_wish
from bot.intents import (
    Event,
    Intent,
    NotDone,
    Nothing,
    Plain,
    Receive,
    Report,
    Ruling,
    Snooze,
    Undo,
    Unsure,
    Wish,
)
from bot.intents_bureau import Admit, Brief
from bot.intents_wishes import Extend, Hint, NotOurs
from bot.vocabulary import MISHEARD, either

_MENTION = re.compile(r"@[A-Za-z0-9_]{3,32}+[ ,:]*+|[ ]*+@[A-Za-z0-9_]{3,32}+$")
_GREETING = re.compile(
    "(?:(?:好的?|嗯{1,9}+|是的?|okay|ok|yes|领导好?|您好|你好|大家好|hi|hello)"
    "(?:[ ,.。!~、]++|(?=收到|已|完成|办|报))){1,3}+"
)
_DONE = re.compile(
    f"{either('claims_report')}|(?:完成|办结)(?!情况|时|期|率|度|标准|目标|要求|后|前)|\\b(?:{either('claims_english')})\\b"
)
_RECEIVED = re.compile("收到(?![0-9])|签收|知悉|收悉|\\breceived\\b")
_QUESTION = re.compile(f"(?:{either('asks_last')}|[^?][?])[ .。!]*$")
_SOUNDS = re.compile("(?:[0-9]{1,6}+[ ,、]*+)?(?P<word>" + "|".join(sorted(MISHEARD, key=len, reverse=True)) + ")")


def parse(text: str) -> Intent:
    """What `text` means; a text that means nothing we know is Plain."""
    said = _without(_MENTION, fold(text))
    if not said.flat:
        return Nothing()
    meant = read_command(said)
    if isinstance(meant, str):
        said, meant = fold(meant), None
    meant = meant or read_word(said) or _sentence(_without(_GREETING, said))
    return _only_asked(meant, said) if _QUESTION.search(said.flat) else meant


def _only_asked(meant: Intent, said: Said) -> Intent:
    """撤销？ is no undo: what ends as a question is at most asked about."""
    if isinstance(meant, Receive | Report):
        return NotDone(meant.codes)
    if isinstance(meant, Snooze):
        return Snooze(meant.codes)
    if isinstance(meant, Extend | NotOurs):
        return replace(meant, sure=False)
    if isinstance(meant, Admit):
        return Admit()
    if isinstance(meant, Undo | Event | Ruling | Wish) and not isinstance(meant, Hint | Brief):
        return Plain(said.typed)
    return meant


READERS = (read_word, read_ruling, read_wish, read_times, read_hand, read_verb, read_act)


def _sentence(said: Said) -> Intent:
    found = (meant for reader in READERS if (meant := reader(said)) is not None)
    return next(found, None) or _misheard(said) or _plain(said)


def _misheard(said: Said) -> Intent | None:
    """受到12 may be 收到12: what only sounds like an act is asked about."""
    match = _SOUNDS.match(said.flat)
    if match is None:
        return None
    heard = MISHEARD[match["word"]]
    start = match.start("word")
    flat = said.flat[:start] + heard + said.flat[match.end("word") :]
    typed = said.typed[:start] + heard + said.typed[match.end("word") :]
    meant = read_act(Said(typed, flat))
    if isinstance(meant, Unsure):
        return meant
    if isinstance(meant, Receive) and (meant.codes or said.word() == match["word"]):
        return Unsure("receive", meant.codes)
    return Unsure("report", meant.codes, meant.words) if isinstance(meant, Report) else None


def _plain(said: Said) -> Intent:
    """A sentence of its own: what it claims, unless it denies or asks; what denies a report says so."""
    if _DONE.search(said.flat):
        return NotDone() if doubt(said.flat) else Plain(said.typed, "report")
    claims_receipt = _RECEIVED.search(said.flat) and not doubt_receipt(said.flat)
    return Plain(said.typed, "receive" if claims_receipt else "")


def _without(pattern: re.Pattern[str], said: Said) -> Said:
    """`said` without what the pattern finds at its start, or a mention anywhere; whole where nothing would be left."""
    match = pattern.match(said.flat) or (pattern.search(said.flat) if "@" in said.flat else None)
    if match is None:
        return said
    start, end = match.span()
    before, after = Said(said.typed[:start], said.flat[:start]), Said(said.typed[end:], said.flat[end:])
    kept = Said((before.typed + after.typed).strip(), (before.flat + after.flat).strip())
    return kept if kept.flat else said
