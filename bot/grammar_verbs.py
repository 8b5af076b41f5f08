"""The other verbs: 稍后 and 登记."""

import re
from collections.abc import Mapping
from typing import get_args

from bot.grammar_codes import take_codes
from bot.grammar_text import Said
from bot.intents import Event, Intent, Snooze, When
from bot.vocabulary import WORDS

_SNOOZE = re.compile(r"(?:稍后|晚点|晚些|稍晚|推后|later|snooze)(?:再)?(?:提醒我?|再说|办理?|处理)?[ :,]*+")
_SNOOZE_LAST = re.compile(r"[ ,:]*+(?:稍后|晚点|晚些|稍晚|later|snooze)(?:再)?(?:提醒我?|再说|办理?|处理)?[ :,]*+")
_WHEN: Mapping[str, When] = {word: when for when in get_args(When) for word in WORDS[when]}
_EVENT = re.compile(r"(?:登记事件|事件登记|登记|register)[ :]++")
_DAY = re.compile(
    r"(?:(?:[0-9]{4}|今|去|明|本)年[ ]?)?[0-9]{1,2}月[ ]?[0-9]{1,2}[日号]?$"
    r"|(?<![0-9])[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}$|(?<![0-9])[0-9]{8}$|(?<![0-9])[0-9]{1,2}[-/.][0-9]{1,2}$"
    r"|(?:今天|今日|昨天|昨日|前天|today|yesterday)$"
)
_ENGLISH_DAYS = {"today": "今天", "yesterday": "昨天"}


def read_verb(said: Said) -> Intent | None:
    """A verb of this file with what it is about; None for anything else."""
    return _snooze(said) or _event(said)


def _snooze(said: Said) -> Intent | None:
    codes = take_codes(said.flat)
    last = _SNOOZE_LAST.match(said.flat, codes.end) if codes else None
    if codes and last:
        return Snooze(codes.codes, _when(said.flat[last.end() :]))
    first = _SNOOZE.match(said.flat)
    if first is None:
        return None
    codes = take_codes(said.flat, first.end())
    rest = said.flat[codes.end if codes else first.end() :]
    if codes is None and rest and _when(rest) is None:
        return None
    return Snooze(codes.codes if codes else (), _when(rest))


def _when(words: str) -> When | None:
    return _WHEN.get(words.strip(" ,.;。、!").removesuffix("吧").removesuffix("再提醒").removesuffix("提醒").strip())


def _event(said: Said) -> Intent | None:
    verb = _EVENT.match(said.flat)
    if verb is None:
        return None
    rest = said.after(verb.end())
    flat = rest.flat.rstrip(" .。")
    day = _DAY.search(flat)
    if day is None:
        return Event(rest.typed.strip())
    named = rest.typed[: day.start()].strip(" ,:，：、\u3000")
    return Event(named, _ENGLISH_DAYS.get(day.group(), day.group()))
