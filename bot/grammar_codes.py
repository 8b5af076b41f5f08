"""Short codes in a text: 12 15 16, 12、15和16. A number that counts something else (12个, 12:30, 12月) is none."""

import re
from dataclasses import dataclass

LONGEST_CODE = 6
BEYOND = 999_999_999
"""Stands for any number too long to be a code: it belongs to nothing."""

_NUMBER = re.compile(r"#?(?:办|编号)?[ ]?(?P<digits>[0-9]++)")
_COUNTS = re.compile(
    r"[a-z%]|[.:/~—–-][0-9]"
    r"|学时|课时|小时|[年月日天点时分秒个次份场人名家户条项件期批元万千百亿度倍处起宗案套台组队篇季周岁级页]|至[0-9]"
    r"|[ ](?:个|次|份|场|名|项|件|条|万|元|页|处|学时|课时|小时|月(?!底|末))"
    r"|[ ]?(?:hours?|times?|items?|people|days?|pieces?|percent)\b"
)
_LISTED = re.compile(r"[ ]*+(?:[,、;&+]|和|与|及|and\b)[ ]*+")
_SPACED = re.compile(r"[ ]++")
_ENUMERATES = frozenset("、和与及&+")

_CHINESE = re.compile(r"[一二三四五六七八九十]{1,3}+(?:[ ,、和]++[一二三四五六七八九十]{1,3}+)*+$")
_DIGITS = {sign: n for n, sign in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True)
class Codes:
    """What was found, and where it ends. `doubtful`: 12号, or a list that goes on with something that is no code.

    `loose`: some are set apart by nothing but a space, so that the second may be an amount.
    """

    codes: tuple[int, ...]
    end: int
    doubtful: bool = False
    loose: bool = False


def take_codes(flat: str, start: int = 0) -> Codes | None:
    """The codes that begin at `start`; None where there is none, or the first number counts something else."""
    first = _one(flat, start)
    if first is None:
        return _chinese(flat, start)
    value, end, doubtful = first
    found, loose = [value], False
    while step := _LISTED.match(flat, end) or _SPACED.match(flat, end):
        following = _one(flat, step.end())
        listed = any(sign in _ENUMERATES for sign in step.group())
        if following is None:
            doubtful |= listed and _NUMBER.match(flat, step.end()) is not None
            break
        if following[0] == BEYOND:
            break
        loose |= not step.group().strip()
        doubtful |= following[2]
        found.append(following[0])
        end = following[1]
    return Codes(tuple(dict.fromkeys(found)), end, doubtful, loose)


def _one(flat: str, start: int) -> tuple[int, int, bool] | None:
    """(code, end, whether 号 follows); None for no number or one that counts something."""
    match = _NUMBER.match(flat, start)
    if match is None:
        return None
    end = match.end()
    numbered = flat.startswith("号", end)
    end += numbered
    if _COUNTS.match(flat, end):
        return None
    digits = match["digits"]
    return int(digits) if len(digits) <= LONGEST_CODE else BEYOND, end, numbered


def _chinese(flat: str, start: int) -> Codes | None:
    """十二、十五: only where nothing else follows, since 三、四季度 is no pair of codes."""
    match = _CHINESE.match(flat, start)
    if match is None:
        return None
    numbers = [_number(word) for word in re.split("[ ,、和]+", match.group())]
    if 0 in numbers:
        return None
    return Codes(tuple(dict.fromkeys(numbers)), match.end())


def _number(word: str) -> int:
    """十二 is 12; 0 for what is no number below a hundred."""
    tens, ten, ones = word.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or tens == "十":
        return 0
    return (_DIGITS.get(tens, 0 if tens else 1) if ten else 0) * 10 + (_DIGITS[ones] if ones else 0)
