"""The brackets, or the last sentence, that close an item and say who and when: （市司法局牵头，2025年底前完成）."""

import re
from collections.abc import Iterator

from plans.reading.fields import Fields, labelled, read_labelled
from plans.reading.roles import clause_roles, is_unit, merged, units
from plans.reading.tidy import half, plain
from plans.reading.timefield import is_vague, read_times

_PAIRS = {")": "(", "）": "（", "】": "【", "]": "[", "〕": "〔"}
_BRACKET = re.compile(r"[（(\[【〔)）\]】〕]")
_TRAIL = " 。.;；,，\n"
_MOST = 400
_SHORT = 8
_CLAUSE_MOST = 12
_TIME_MOST = 60
_ANY_YEAR = 2000
_AREAS = re.compile(r"^[县市区乡镇旗州][（(〔\[][省市县区乡镇旗州场、和街道办事处]+[）)〕\]]$")
_PHASE = re.compile(r"^[^,;。]{0,12}$")


def read_closing(text: str, base: int | None, *, titled: bool = True) -> tuple[str, Fields]:
    """The text without the brackets and the last sentence that say who and when, and the fields they give."""
    fields = Fields()
    kept, at = [], 0
    for start, end in _brackets(text):
        inner = read_bracket(text[start + 1 : end - 1], base)
        if inner and not _AREAS.search(text[max(0, start - 1) : end]) and _is_bracket(text, start, end, titled=titled):
            fields.join(inner)
            kept.append(text[at:start])
            at = end
    rest = "".join((*kept, text[at:]))
    last = _last_sentence(rest)
    clause = read_bracket(last, base, strict=True) if last and not fields else Fields()
    if clause.roles and clause_roles(re.split(r"[，,；;]", plain(last))[0]) is not None:
        fields.join(clause)
        rest = rest.rstrip(_TRAIL)[: -len(last)]
    return rest.rstrip(" \n"), fields


def _is_bracket(text: str, start: int, end: int, *, titled: bool) -> bool:
    """A bracket counts at the end, after a sentence, after a short title, or when it has a label or a verb of duty."""
    inner = text[start + 1 : end - 1]
    if labelled(inner)[1] or clause_roles(re.split(r"[，,；;]", plain(inner))[0]) is not None:
        return True
    if text[:start].rstrip().endswith(("。", "；", ";", "！")):
        return _closes(text, end)
    return titled and (_opens_title(text, start) or (_closes(text, end) and (_says_when(inner) or len(inner) > _SHORT)))


def _says_when(inner: str) -> bool:
    return bool(read_times(inner, _ANY_YEAR)) if len(inner) < _TIME_MOST else False


def _closes(text: str, end: int) -> bool:
    rest = text[end:].strip(_TRAIL)
    return not rest or rest[0] in "（([【〔"


def _opens_title(text: str, start: int) -> bool:
    """（2026年3月底前） right after a short title: the time of a phase."""
    return _PHASE.match(half(text[:start]).strip()) is not None and start > 1


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """The outermost brackets, each with where it begins and ends; one left open at the end closes with the text."""
    opened: list[int] = []
    for sign in _BRACKET.finditer(text):
        at = sign.start()
        if sign[0] not in _PAIRS:
            opened.append(at)
        elif opened:
            start = opened.pop()
            if not opened and at - start < _MOST * 2:
                yield start, at + 1


def _last_sentence(text: str) -> str:
    body = text.rstrip(_TRAIL)
    start = max(body.rfind(c) for c in "。\n；;—")
    last = body[start + 1 :]
    return last if start > 0 and len(last) < _MOST else ""


def read_bracket(inner: str, base: int | None, *, strict: bool = False) -> Fields:
    """The fields in the words of a bracket; none when it is a remark like （以下简称…）."""
    before, fields = read_labelled(inner, base)
    if fields:
        if before.strip(_TRAIL):
            fields.join(_clauses(before, base, strict=strict) or Fields())
        return fields
    return _clauses(inner, base, strict=strict) or Fields()


def _clauses(inner: str, base: int | None, *, strict: bool) -> Fields | None:
    """市司法局牵头，各有关部门配合，2025年底前完成: every clause must say who or when, else it is a remark."""
    fields = Fields()
    names = ""
    for part in filter(str.strip, re.split(r"[，,；;。\n]", plain(inner))):
        said = _clause(fields, names, part, base=base, strict=strict)
        if said is None:
            return None
        names = said
    if names:
        alone = not fields and len(units(names)) == 1
        if alone and not names.startswith(("各", "市", "县", "区", "省")):
            return None
        fields.roles = merged(fields.roles, {"responsible": units(names)})
    return fields


def _clause(fields: Fields, names: str, part: str, *, base: int | None, strict: bool) -> str | None:
    """Take one clause in; gives the names still without a verb, or None when the clause says neither who nor when."""
    roles = clause_roles(names + part)
    if roles:
        fields.roles = merged(fields.roles, roles)
        return ""
    times = read_times(part, base)
    short = len(part) < _CLAUSE_MOST
    if times or (short and is_vague(part)):
        fields.add_times(times)
        return names
    if units(part) and all(map(is_unit, units(part))):
        return f"{names}{part}、"
    if short and not strict and (names or fields):
        fields.add_times(times)
        return names
    return None
