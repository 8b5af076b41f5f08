"""Numbers as Chinese documents write them: 12, 十二, 二十, 两, 廿五, 二〇二五. Everything else is refused."""

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2, "壹": 1}
_TENS = {"十": 10, "廿": 20, "卅": 30, "百": 100}


def number(text: str) -> int:
    """12, 十二, 一百二十 and the like; a row of digits (二〇二五) is read digit by digit. Raises ValueError."""
    if text.isdecimal():  # also ٣: a pattern's \d takes the digits of every script
        return int(text)
    if not text or any(c not in DIGITS and c not in _TENS for c in text):
        raise ValueError(text)
    if len(text) > 1 and all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    return _counted(text)


def _counted(text: str) -> int:
    total = digit = 0
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c in "廿卅":
            total, digit = total + _TENS[c], 0
        else:
            total, digit = total + (digit or 1) * _TENS[c], 0
    return total + digit
