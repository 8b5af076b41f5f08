"""Texts that have broken calendar files elsewhere, and a way to find new ones."""

from hypothesis import strategies as st

KNOWN = [
    "办结\r\nATTACH:https://elsewhere.example/x",
    "a\nBEGIN:VALARM\nACTION:AUDIO\nEND:VALARM",
    "a\rORGANIZER:mailto:x@elsewhere.example",
    "a\x0bb\x0cc\x1cd\x1de\x1ef\x85g",
    "零\x00宽",
    "\x1b[31m红\x1b[0m",
    "第一段\u2028第二段\u2029第三段",
    "\u202e倒着写\u202c \u2066隔\u2069 \u200f右\u061c",
    "\ufeff字节序",
    "\\N备案 \\n换行 \\r\\n \\\\ \\; \\, \\",
    "逗号,分号;冒号:引号\"双引“号”^n^'^^",
    "👨‍👩‍👧‍👦" * 30,
    "👩🏽‍🚒🏳️‍🌈🇨🇳" * 20,
    "e\u0301" * 80,
    "办" * 10_000,
    "\U0010ffff\ufffe\uffff",
    "\ud800半个字\udfff",
    " 前后空白\t ",
    "END:VEVENT",
    "{code} {0} %s",
    "",
]
PIECES = ["\r\n", "\n", "\r", "\x00", "\x0b", "\u2028", "\u202e", "\\", "\\N", "\\n", ";", ",", ":", '"', " ", "\t"]
PIECES += ["BEGIN:VALARM", "END:VEVENT", "ATTACH:x", "办", "👨‍👩‍👧‍👦", "\ud83d", "{name}", "x" * 80]


def texts() -> st.SearchStrategy[str]:
    """Known breakers, pieces of them in any order, and whatever can stand in a Python string."""
    pieces = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
    anything = st.text(st.characters(exclude_categories=()), max_size=60)
    return st.one_of(st.sampled_from(KNOWN), pieces, anything)
