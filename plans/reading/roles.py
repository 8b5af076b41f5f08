"""Units out of a list and roles out of a clause. A unit's own name stays whole: 发展和改革局, 各区（县、市）政府."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from plans.reading.labels import ROLE_KINDS, kind_of, words
from plans.reading.tidy import REMEMBERED, half, plain

_OPEN, _CLOSE = "(（[【〔{", ")）]】〕}"
_SEPARATORS = "、，,；;\n/ 。|+＋"
_BARE = re.compile(
    r"(?:各|省|市|县|区|州|旗|乡|镇|盟|省市|市县|各省|各市|各县|各区|各乡|各镇|各州|各旗|市级|省级|县级|区级|各级|市直|县直|区直|中|国)"
)
_TRAILERS = re.compile(
    r"(?:等(?:有关|相关|各|各有关|市直|县直|区直|成员)?(?:部门|单位|部门单位|部门和单位|地区|\d+个部门|\d+家单位)?|等)$"
)
_MARK = re.compile(
    r"[(（\[【](?P<mark>牵头|主办|主责|牵头单位|牵头部门|牵头负责|配合|协办|配合单位|参与|责任单位)[)）\]】]$"
)
_JOINTS = re.compile(r"以及|和|及|与|暨")
_LONGEST = 40
_FIRST_LEADS = re.compile(
    r"(?:第一个|第一位|首位|排名第一|排第一|排在最前|排在前面)[^。;]{0,14}(?:为|是|系)[^。;]{0,6}(?:牵头|主办|主责)"
)
_REMARK = re.compile(
    r"[，,；;](?:[^，,；;、]{0,6}(?:第一|首)[位个][^，,；;]{0,8}(?:牵头|主办)(?:单位|部门)?|下同|以下同)(?=[，,；;]|$)"
)
_NO_NAME = re.compile(
    r"[。:：；;《》]|\d{4}年|要[将对加把在求切]|应当|必须|及时|进行|开展|加强|完善|建立健全|报送|汇总|组织.*部门$|指导.*部门$|督促|确保|按照|依托|通过|会同"
)
_LEADERS = re.compile(r"^(?:由|请|以及|及|和|其中|主要由|原则上由|以|并由|会同)")


@lru_cache(REMEMBERED)
def units(text: str) -> tuple[str, ...]:
    """The names in a list of units, as printed and without gaps, each once."""
    return tuple(dict.fromkeys(name for name, _ in marked_units(text)))


def marked_units(text: str) -> Iterator[tuple[str, str]]:
    """The names in a list of units, each with the role that a mark in brackets gives it: 市水利局（牵头）."""
    for piece in _pieces(_REMARK.sub("", text)):
        mark = _MARK.search(piece)
        name = _named(piece[: mark.start()] if mark else piece)
        for one in _joined(name):
            if one:
                yield one, kind_of(mark["mark"]) if mark else ""


def _pieces(text: str) -> list[str]:
    """Cut at separators outside brackets; what is no whole name (各县 before 、区政府) stays with its neighbour."""
    parts: list[tuple[str, str]] = [("", "")]
    depth = 0
    for c in text:
        depth += (c in _OPEN) - (c in _CLOSE and depth > 0)
        if c in _SEPARATORS and not depth:
            parts.append((c, ""))
        else:
            parts[-1] = (parts[-1][0], parts[-1][1] + c)
    merged: list[str] = []
    hold = False
    for sign, raw in parts:
        part = raw.strip()
        if merged and sign and (hold or _BARE.fullmatch(half(part)) or (sign == " " and not _whole(merged[-1], part))):
            merged[-1] += (sign if sign not in {" ", "\n"} else "") + part
        elif part:
            merged.append(part)
        hold = bool(merged) and _BARE.fullmatch(half(merged[-1].rpartition("、")[2] or merged[-1])) is not None
    return merged


def _whole(left: str, right: str) -> bool:
    """Whether a gap between two words parts two names and is no accident of layout."""
    return is_unit(left) and is_unit(right)


def _named(piece: str) -> str:
    name = plain(piece).strip(" 。，,；;：:、.·*-—\n\t")
    name = _LEADERS.sub("", name)
    for verb in words()["verbs"]["responsible"]:
        name = name.removesuffix(verb)
    name = _TRAILERS.sub("", name)
    if half(name).count(")") > half(name).count("("):
        name = name.rstrip(")）")
    return name if len(name) <= _LONGEST else ""


def _joined(name: str) -> list[str]:
    """A and B, where both are whole names; 人力资源和社会保障局 is one."""
    for joint in _JOINTS.finditer(name):
        left, right = name[: joint.start()], name[joint.end() :]
        if is_unit(left) and is_unit(right) and not left.endswith(("各市", "各县", "各区")) and len(left) > 1:
            return [*_joined(left), *_joined(right)]
    return [name]


@lru_cache(REMEMBERED)
def is_unit(name: str) -> bool:
    """Whether the words look like the name of a unit or of several."""
    bare = re.sub(r"[(（〔【\[].*?[)）〕】\]]$", "", name.strip())
    return 1 < len(bare) <= _LONGEST and bare.endswith(_endings()) and not _NO_NAME.search(bare)


@cache
def _endings() -> tuple[str, ...]:
    return tuple(words()["units"])


@cache
def _verbs() -> re.Pattern[str]:
    rows = [(verb, kind) for kind in ROLE_KINDS for verb in words()["verbs"][kind]]
    rows.sort(key=lambda row: -len(row[0]))
    return re.compile("(?:" + "|".join(re.escape(verb) for verb, _ in rows) + ")(?!单位|部门|机构|主体)")


@cache
def _verb_kinds() -> Mapping[str, str]:
    return {verb: kind for kind in ROLE_KINDS for verb in words()["verbs"][kind]}


def clause_roles(text: str) -> dict[str, tuple[str, ...]] | None:
    """The roles in words like 市司法局牵头，各有关部门配合; None when the words are no such clause."""
    found: dict[str, tuple[str, ...]] = {}
    at, after = 0, ""
    for verb in _verbs().finditer(text):
        names = text[at : verb.start()].strip(" ，,、；;。")
        kind = _verb_kinds()[verb[0]]
        at = verb.end()
        if names and not _all_units(names):
            return None
        if names:
            _add(found, after or kind, names)
        after = "support" if verb[0] == "会同" else ""
        if verb[0] == "会同" and not names and "lead" not in found:
            return None
    rest = text[at:].strip(" ，,、；;。等")
    if rest and (not found or not _all_units(rest)):
        return None
    if rest:
        _add(found, after or "responsible", rest)
    return found or None


def _all_units(names: str) -> bool:
    listed = units(names)
    return bool(listed) and all(is_unit(name) for name in listed)


def _add(found: dict[str, tuple[str, ...]], kind: str, names: str) -> None:
    found[kind] = tuple(dict.fromkeys((*found.get(kind, ()), *units(names))))


def cell_roles(text: str, kind: str) -> dict[str, tuple[str, ...]]:
    """The roles in the value of a field or cell of that kind: a list, a clause, or names with marks."""
    clause = clause_roles(plain(text)) if _verbs().search(half(text)) else None
    if clause:
        return clause
    found: dict[str, tuple[str, ...]] = {}
    for name, mark in marked_units(text):
        role = mark or kind
        found[role] = tuple(dict.fromkeys((*found.get(role, ()), name)))
    return found


def merged(*many: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Several roles made one."""
    made: dict[str, tuple[str, ...]] = {}
    for roles in many:
        for kind, names in roles.items():
            made[kind] = tuple(dict.fromkeys((*made.get(kind, ()), *names)))
    return made


def says_first_leads(text: str) -> bool:
    """Whether a text says that of the units named the first leads."""
    return _FIRST_LEADS.search(half(plain(text))) is not None


def first_leads(roles: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The roles with the first responsible unit as the lead, where no other is named as that."""
    made = dict(roles)
    if "lead" not in made and (named := made.pop("responsible", ())):
        made |= {"lead": named[:1]} | ({"responsible": named[1:]} if named[1:] else {})
    return made
