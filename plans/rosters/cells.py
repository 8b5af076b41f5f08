"""What people write in a cell, cleaned: spaces inside names, full-width figures, invisible signs, “同上” and “无”."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from plans.loader import LOADER

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_WIDE |= dict.fromkeys((0x3000, 0xA0, 0x2002, 0x2003, 0x2009), 0x20)
_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·（）〔〕、，"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_BRACKETS = re.compile(r"[(（〔\[【][^)）〕\]】]*[)）〕\]】]")
_EDGES = "*＊:：.。、,，;； "
FORMULA_LEADS = "=+-@\t\r＝＋－＠"
"""A cell of a CSV file that begins so would be computed by an office program; an apostrophe before it prevents that."""
_GUARDED = re.compile(f"^'(?=[{re.escape(FORMULA_LEADS)}])")


@cache
def words() -> Mapping[str, Any]:
    """The table `words.yaml`."""
    text = (files("plans.rosters") / "words.yaml").read_text(encoding="utf-8")
    return MappingProxyType(yaml.load(text, LOADER))  # noqa: S506 a safe one


def visible(text: str) -> str:
    """Without invisible and control characters, full-width figures and letters as usual ones, line breaks kept."""
    usual = _GUARDED.sub("", text).translate(_WIDE)
    kept = (sign if sign in "\n\t" or unicodedata.category(sign)[0] != "C" else "" for sign in usual)
    return "".join(kept).strip()


def squeezed(text: str) -> str:
    """One line; between Chinese characters no space counts, since cells are padded and broken for their looks."""
    return " ".join(_BETWEEN_HAN.sub("", visible(text)).split())


def keyed(text: str) -> str:
    """How two spellings of one word are held against each other."""
    folded = unicodedata.normalize("NFKC", _BRACKETS.sub("", visible(text)))
    return "".join(folded.split()).strip(_EDGES).casefold()


def is_blank(text: str) -> bool:
    """Whether the cell says that there is nothing."""
    return not text.strip() or squeezed(text) in words()["nobody"]


def is_as_above(text: str) -> bool:
    return squeezed(text) in words()["as_above"]


def begins(text: str, family: str) -> bool:
    """Whether the cell begins with a word of the family: “注：…” does, “注册会计师协会” does not."""
    said = squeezed(text)
    return any(
        said.startswith(word) and (len(said) == len(word) or said[len(word)] in "：:（(0123456789、. ")
        for word in words()[family]
    )


def holds(text: str, family: str) -> bool:
    return any(word in squeezed(text) for word in words()[family])


def listed(text: str) -> tuple[str, ...]:
    """A cell that holds several: 执法部门、行业主管部门."""
    parts = (squeezed(part) for part in re.split(r"[、,，;；/|\n]", visible(text)))
    return tuple(dict.fromkeys(part for part in parts if part and not is_blank(part)))


@dataclass(frozen=True, slots=True)
class Person:
    """A name as it stands in a cell. `role` and `position` where brackets behind the name say so."""

    name: str
    role: str = ""
    position: str = ""


_PHONE = re.compile(r"(?:\+?86[- ]?)?1\d{2}[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|\d{7,8}")
_BRACKETED = re.compile(r"[(（〔\[【]([^)）〕\]】]*)[)）〕\]】]")
_NAME = re.compile(rf"(?=.*\S.*\S)[{_HAN[:-6]}A-Za-z·•.' -]{{2,60}}")
_OF_NO_USE = re.compile(r"[男女]|.{1,5}族|[\d-]*")


def people(text: str) -> tuple[Person, ...]:
    """The people named in one cell, without telephone numbers. What is no name is given with the name empty."""
    plain = _PHONE.sub(" ", visible(text))
    found = [_person(part) for piece in re.split(r"[、,，;；/]", plain) for part in _apart(piece)]
    return tuple(dict.fromkeys(person for person in found if person is not None))


def holds_phone(text: str) -> bool:
    return _PHONE.search(visible(text)) is not None


def role_of(text: str) -> str | None:
    """The role a word stands for; None for a word that stands for none."""
    return _roles().get(keyed(text))


def _apart(piece: str) -> list[str]:
    """One name with spaces in it, or several names with spaces between: 张 敏 is one, 张敏 李红 are two."""
    words_in = _BRACKETED.sub(lambda found: found[0].replace(" ", ""), piece).split()
    bare = [_BRACKETED.sub("", word) for word in words_in]
    if not any(re.search(rf"[{_HAN}]", word) for word in bare):
        return [" ".join(words_in)]
    if any(len(word) == 1 for word in bare) or bare[0] in words()["two_part_surnames"]:
        return ["".join(words_in)]
    return words_in


def _person(part: str) -> Person | None:
    label, colon, after = part.replace(":", "：").partition("：")
    role = (role_of(label) or "") if colon else ""
    said = squeezed(after if role else part)
    position = ""
    for inner in _BRACKETED.findall(said):
        if role_of(inner):
            role = role_of(inner) or ""
        elif not _OF_NO_USE.fullmatch(inner):
            position = inner
    name = squeezed(_BRACKETED.sub("", said)).strip(_EDGES)
    if is_blank(name):
        return None
    return Person(name if _NAME.fullmatch(name) else "", role, position or ("" if _NAME.fullmatch(name) else name))


@cache
def _roles() -> Mapping[str, str]:
    return {keyed(word): role for role, forms in words()["roles"].items() for word in forms}
