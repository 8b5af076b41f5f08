"""Who and when as an item states it: in lines with a label (责任单位：…), or in the brackets that close it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from plans.reading.compose import Doubt
from plans.reading.labels import is_field, kind_of, label_in, line_label
from plans.reading.roles import cell_roles, clause_roles, is_unit, merged, units
from plans.reading.tidy import half, plain
from plans.reading.timefield import Times, is_ongoing, is_vague, read_times
from schedules.timing import Timing

_PAIRS = {")": "(", "）": "（", "】": "【", "]": "[", "〕": "〔"}
_TRAIL = " 。.;；,，\n"
_MOST = 400
_SHORT = 8
_ONGOING_MOST = 12
_TIME_MOST = 60
_ANY_YEAR = 2000
_VALUE_TRIM = " 　;；。*|"
_PHASE = re.compile(r"^[^,;。]{0,12}$")


@dataclass(slots=True)
class Fields:
    """The fields of one item. `timed` says that a time was stated, also where it gave none."""

    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    due: list[Timing] = field(default_factory=list)
    ongoing: bool = False
    timed: bool = False
    doubts: list[Doubt] = field(default_factory=list)
    persons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.roles) or self.timed

    def add_times(self, times: Times) -> None:
        self.due.extend(due for due in times.due if due not in self.due)
        self.ongoing = self.ongoing or times.ongoing
        self.doubts.extend(times.doubts)
        self.timed = True

    def add(self, kind: str, value: str, base: int | None) -> None:
        """Take a value in under a label of that kind."""
        if kind == "time":
            if value.strip():
                self.add_times(read_times(value, base))
        elif kind == "person":
            self.persons = (*self.persons, *units(value))
        elif kind == "both":
            self.add_both(value, base)
        elif kind != "start":
            self.roles = merged(self.roles, cell_roles(self._without_times(value, base), kind))

    def _without_times(self, value: str, base: int | None) -> str:
        """The value without a time that follows the units: 各县市人民政府，6月底完成."""
        parts = re.split(r"(?<=[，,；;\n])", value)
        while len(parts) > 1 and not is_unit(plain(parts[-1]).strip(_TRAIL)):
            times = read_times(parts[-1], base)
            if not times:
                break
            self.add_times(times)
            parts.pop()
        return "".join(parts)

    def add_both(self, value: str, base: int | None) -> None:
        """A cell that names units and a time: told apart line by line."""
        for part in re.split(r"[\n;；,，]", value):
            times = read_times(part, base) if part.strip() else Times()
            if times:
                self.add_times(times)
            elif part.strip():
                self.roles = merged(self.roles, cell_roles(part, "responsible"))

    def join(self, other: "Fields") -> None:
        """Take the fields of another part of the same item in."""
        self.roles = merged(self.roles, other.roles)
        self.due.extend(due for due in other.due if due not in self.due)
        self.ongoing, self.timed = self.ongoing or other.ongoing, self.timed or other.timed
        self.doubts.extend(other.doubts)
        self.persons = (*self.persons, *other.persons)


def labelled(text: str) -> tuple[str, list[tuple[str, str]]]:
    """A line cut at its labels: what stands before the first, then each label's kind with its value."""
    marks = [mark for mark in line_label().finditer(half(text)) if is_field(label_in(mark))]
    if not marks:
        return text, []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    pairs = [(kind_of(label_in(m)), text[m.end() : end].strip(_VALUE_TRIM)) for m, end in zip(marks, ends, strict=True)]
    return text[: marks[0].start()].rstrip(" *·•-|(（[【"), pairs


def read_labelled(text: str, base: int | None) -> tuple[str, Fields]:
    """The text before its labels, and the fields that they give."""
    before, pairs = labelled(text)
    fields = Fields()
    for kind, value in pairs:
        fields.add(kind, value, base)
    return before, fields


def read_closing(text: str, base: int | None, *, titled: bool = True) -> tuple[str, Fields]:
    """The text without the brackets and the last sentence that say who and when, and the fields they give."""
    fields = Fields()
    kept, at = [], 0
    for start, end in _brackets(text):
        inner = read_bracket(text[start + 1 : end - 1], base)
        if inner and _is_bracket(text, start, end, titled=titled):
            fields.join(inner)
            kept.append(text[at:start])
            at = end
    rest = "".join((*kept, text[at:]))
    last = _last_sentence(rest)
    clause = read_bracket(last, base) if last and not fields else Fields()
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
    for at, c in enumerate(text):
        if c in "（([【〔":
            opened.append(at)
        elif c in _PAIRS and opened:
            start = opened.pop()
            if not opened and at - start < _MOST * 2:
                yield start, at + 1


def _last_sentence(text: str) -> str:
    body = text.rstrip(_TRAIL)
    start = max(body.rfind(c) for c in "。\n；;—")
    last = body[start + 1 :]
    return last if start > 0 and len(last) < _MOST else ""


def read_bracket(inner: str, base: int | None) -> Fields:
    """The fields in the words of a bracket; none when it is a remark like （以下简称…）."""
    before, fields = read_labelled(inner, base)
    if fields:
        if before.strip(_TRAIL):
            fields.join(_clauses(before, base) or Fields())
        return fields
    return _clauses(inner, base) or Fields()


def _clauses(inner: str, base: int | None) -> Fields | None:
    """市司法局牵头，各有关部门配合，2025年底前完成: every clause must say who or when, else it is a remark."""
    fields = Fields()
    names = ""
    for part in re.split(r"[，,；;。\n]", plain(inner)):
        if not part.strip():
            continue
        roles = clause_roles(names + part)
        times = read_times(part, base) if not roles else Times()
        if roles:
            fields.roles, names = merged(fields.roles, roles), ""
        elif times or (len(part) < _ONGOING_MOST and (is_ongoing(part) or is_vague(part))):
            fields.add_times(times)
        elif all(is_unit(name) for name in units(part)) and units(part):
            names += part + "、"
        else:
            return None
    if names:
        if not fields and len(units(names)) == 1 and not names.startswith(("各", "市", "县", "区", "省")):
            return None
        fields.roles = merged(fields.roles, {"responsible": units(names)})
    return fields if half(inner).strip() else None
