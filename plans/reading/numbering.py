"""Numbers before items: 一、 （一） 1. 1.1 （1） ① 第三条. Each style has a rank; lower ones stand inside higher."""

import re
from dataclasses import dataclass

from plans.reading.tidy import half

_HAN = "一二三四五六七八九十百"
_STYLES: tuple[tuple[str, int, str], ...] = (
    ("chapter", 0, rf"第[{_HAN}\d]{{1,4}}(?:章|篇|部分|编)[、:.]?"),
    ("section", 1, rf"第[{_HAN}\d]{{1,4}}节[、:.]?"),
    ("han", 2, rf"[{_HAN}]{{1,4}}(?:、|\.(?!\d)|:)"),
    ("ordinal", 5, rf"第[{_HAN}]{{1,3}}[,、]"),
    ("article", 4, rf"第[{_HAN}\d]{{1,4}}条[、:.]?"),
    (
        "task",
        4,
        rf"[【\[]?(?:重点)?(?:任务|问题|事项|项目|行动|措施|专项)(?:[{_HAN}]{{1,4}}|\d{{1,3}})(?:[】\]]:?|[、:.]|(?=[\u4e00-\u9fff]))",
    ),
    ("han_bracket", 3, rf"[(〔\[【][{_HAN}]{{1,4}}[)〕\]】][、.]?"),
    ("dotted3", 7, r"\d{1,2}\.\d{1,2}\.\d{1,2}[.、]?(?=[^\d.年月日%])"),
    ("dotted", 6, r"\d{1,2}(?:\.|-)\d{1,2}[.、]?(?=[^\d.年月日%万亿倍元个公-])"),
    ("arabic", 5, r"\d{1,3}(?:、|\.(?!\d)|:(?!\d))"),
    ("arabic_open", 5, r"\d{1,3}[)](?=.)"),
    ("arabic_bracket", 8, r"[(〔\[【]\d{1,3}[)〕\]】][、.]?"),
    ("circled", 9, r"[①-⑳㉑-㉟][、.]?"),
    ("letter", 10, r"[A-Za-z][.、)](?=[\u4e00-\u9fff])"),
)
_PATTERNS = tuple((style, rank, re.compile(pattern)) for style, rank, pattern in _STYLES)
_LONGEST = 60
"""More signs than any number has, with what must follow it."""
_GAP_NUMBER = re.compile(r"(\d{1,3})[ \t\u3000]+(?=[\u4e00-\u9fff]{2})")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed, with its style and rank; `rest` is the text after it."""

    said: str
    style: str
    rank: int
    rest: str


def numbered(text: str) -> Number | None:
    """The number at the start of the text, or None."""
    start = half(text[:_LONGEST])
    for style, rank, pattern in _PATTERNS:
        match = pattern.match(start)
        if match and text[match.end() :].strip():
            return Number(bare(start[: match.end()]), style, rank, text[match.end() :].strip())
    return None


def with_gap(text: str) -> str:
    """`1 加强领导` with the point that the gap stands for; only for lines whose number is plainly one."""
    return _GAP_NUMBER.sub(r"\1. ", text, count=1) if _GAP_NUMBER.match(text) else text


def bare(number: str) -> str:
    """The number without its signs: 1. is 1, （一） is 一, ③ is 3."""
    if "①" <= number[0] <= "⑳":
        return str(ord(number[0]) - ord("①") + 1)
    return re.sub(
        r"^[【\[]?(?:重点)?(?:任务|问题|事项|项目|行动|措施|专项)|[第章篇部分编节条()〔〕\[\]【】、:.,]+$|^[第(〔\[【]+",
        "",
        number,
    ).strip()
