"""Who and when as an item states it in lines with a label: 责任单位：…, 完成时限：…."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from plans.reading.compose import Doubt
from plans.reading.labels import ROLE_KINDS, is_field, kind_of, label_in, line_label
from plans.reading.roles import cell_roles, is_unit, merged, units
from plans.reading.tidy import REMEMBERED, half, plain
from plans.reading.timefield import Times, read_times
from schedules.timing import Timing

_TRAIL = " 。.;；,，\n"
_VALUE_TRIM = " 　;；。*|"


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
        elif kind in ROLE_KINDS:
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


def _names_field(label: str, text: str, end: int) -> bool:
    """Whether a label is one; 各承办单位： alone on a line greets the readers of a letter."""
    return is_field(label) and not (label.startswith("各") and not text[end:].strip())


@lru_cache(REMEMBERED)
def labelled(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A line cut at its labels: what stands before the first, then each label's kind with its value."""
    marks = [mark for mark in line_label().finditer(half(text)) if _names_field(label_in(mark), text, mark.end())]
    if not marks:
        return text, ()
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    pairs = tuple(
        (kind_of(label_in(m)), text[m.end() : end].strip(_VALUE_TRIM).rstrip("(（[【"))
        for m, end in zip(marks, ends, strict=True)
    )
    return text[: marks[0].start()].rstrip(" *·•-|(（[【"), pairs


def read_labelled(text: str, base: int | None) -> tuple[str, Fields]:
    """The text before its labels, and the fields that they give."""
    before, pairs = labelled(text)
    fields = Fields()
    for kind, value in pairs:
        fields.add(kind, value, base)
    return before, fields
