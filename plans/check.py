"""What can be doubted in a plan that is well written: years that look wrong, duties nobody would ever hear of.

Each rule looks at the plan alone, wherever it came from, and yields findings; none of them stops the others.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from plans.complaints import nearest
from plans.tree import Path
from schedules.plan import Plan
from schedules.timing import AfterDone, By, Every, EveryNYears, Period, Timing

LONGEST_TITLE = 20
LONGEST_SHORT = 16
KINDS = ("standard", "report", "recurring")

_FAR_YEARS = 10
_ALIKE = 0.7
_MOST_GUESSES = 50
_SOME_LEAP_YEAR = 2024
_SEVERAL = re.compile(r"^(各|有关|相关|其他|其它|所有|全市|全区|全县|上级|下级|同级|县级以上)|等$|等(部门|单位)")


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about the entry at `path` of the plan; a value that is a path stands for the line of that entry."""

    key: str
    path: Path
    values: Mapping[str, object]


Findings: TypeAlias = Iterator[Finding]


def check(plan: Plan) -> tuple[Finding, ...]:
    """Everything about the plan that somebody should look at."""
    return (*check_dates(plan), *check_duties(plan))


def check_dates(plan: Plan) -> tuple[Finding, ...]:
    """What the dates at the top of the plan make doubtful."""
    return _all((_head, _by_dates), plan)


def check_duties(plan: Plan) -> tuple[Finding, ...]:
    """What can be said of the duties and groups whatever the plan's own dates are."""
    return _all((_titles, _kinds, _days, _repeated_dues, _silent, _timeless, _names, _groups), plan)


def _all(rules: Iterable[Callable[[Plan], Findings]], plan: Plan) -> tuple[Finding, ...]:
    return tuple(finding for rule in rules for finding in rule(plan))


def _find(key: str, *path: str | int, **values: object) -> Finding:
    return Finding(key, path, values)


def _head(plan: Plan) -> Findings:
    if len(plan.short) > LONGEST_SHORT:
        yield _find("short_long", "short", count=len(plan.short), limit=LONGEST_SHORT)
    if plan.ends is not None and plan.ends < plan.begins:
        yield _find("ends_early", "ends", ends=plan.ends, begins=plan.begins)


def _by_dates(plan: Plan) -> Findings:
    for index, number, timing in _timings(plan):
        if not isinstance(timing, By | AfterDone):
            continue
        entry, day = ("date", timing.day) if isinstance(timing, By) else ("first", timing.first)
        place = ("duties", index, "due", number, entry)
        if day < plan.issued:
            yield _find("by_before_issued", *place, day=day, issued=plan.issued)
        elif day.year - plan.issued.year > _FAR_YEARS:
            yield _find("by_far", *place, day=day, issued=plan.issued)


def _titles(plan: Plan) -> Findings:
    seen: dict[str, int] = {}
    for index, duty in enumerate(plan.duties):
        place = ("duties", index, "title")
        if len(duty.title) > LONGEST_TITLE:
            yield _find("title_long", *place, count=len(duty.title), limit=LONGEST_TITLE)
        first = seen.setdefault(duty.title, index)
        if first != index:
            yield _find("title_repeated", *place, name=duty.title, line=("duties", first, "title"))


def _kinds(plan: Plan) -> Findings:
    for index, duty in enumerate(plan.duties):
        if duty.kind not in KINDS:
            yield _find("kind_unknown", "duties", index, "kind", name=duty.kind, known=", ".join(KINDS))


def _days(plan: Plan) -> Findings:
    """Days that no calendar has, and month ends that are none."""
    for index, number, timing in _timings(plan):
        for key, entry, values in _doubts(timing):
            yield _find(key, "duties", index, "due", number, entry, **values)


def _doubts(timing: Timing) -> Iterator[tuple[str, str, dict[str, object]]]:
    match timing:
        case By(day=day, month_end=True) if day != _month_end(day):
            yield "not_month_end", "date", {"day": day, "last": _month_end(day)}
        case Every(period=Period.YEAR, month=None, day=int(day), month_end=False):
            yield "day_without_month", "day", {"day": day}
        case Every(month=int(month), day=int(day), month_end=ends) | EveryNYears(month=month, day=day, month_end=ends):
            yield from _day_doubts(month, day, month_end=ends)


def _day_doubts(month: int, day: int, *, month_end: bool) -> Iterator[tuple[str, str, dict[str, object]]]:
    longest = monthrange(_SOME_LEAP_YEAR, month)[1]
    shortest = monthrange(_SOME_LEAP_YEAR + 1, month)[1]
    if day > longest:
        yield "day_impossible", "day", {"month": month, "day": day}
    elif month_end and day < shortest:
        yield "not_month_end", "day", {"day": f"{month}-{day}", "last": f"{month}-{shortest}"}
    elif day > shortest and not month_end:
        yield "leap_day", "day", {}


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _repeated_dues(plan: Plan) -> Findings:
    for index, duty in enumerate(plan.duties):
        seen: set[Timing] = set()
        stages: set[str] = set()
        for number, timing in enumerate(duty.due):
            place = ("duties", index, "due", number)
            if timing in seen:
                yield _find("due_repeated", *place)
            elif isinstance(timing, By) and timing.stage in stages:
                yield _find("stage_repeated", *place, "stage", name=timing.stage)
            seen.add(timing)
            stages |= {timing.stage} if isinstance(timing, By) and timing.stage else set()


def _silent(plan: Plan) -> Findings:
    """Duties of which nobody would be reminded."""
    for index, duty in enumerate(plan.duties):
        answerable = duty.roles.get("lead") or duty.roles.get("responsible")
        if duty.due and not answerable:
            yield _find("nobody_due", "duties", index, "roles")
        elif not any(duty.roles.values()):
            yield _find("nobody", "duties", index, "roles")


def _timeless(plan: Plan) -> Findings:
    """One finding for all: a plan may well have many items that set no date."""
    found = [i for i, duty in enumerate(plan.duties) if not duty.due and not duty.ongoing and not duty.measure]
    if found:
        items = ", ".join(plan.duties[index].key for index in found)
        yield _find("no_timing", "duties", found[0], "title", count=len(found), items=items)


def _names(plan: Plan) -> Findings:
    guess = _guesser(plan.groups)
    for index, duty in enumerate(plan.duties):
        for role, names in duty.roles.items():
            seen: set[str] = set()
            for number, name in enumerate(names):
                place = ("duties", index, "roles", role, number)
                if name in seen:
                    yield _find("name_repeated", *place, name=name)
                elif name not in plan.groups and name not in plan.aliases and _SEVERAL.search(name):
                    near = guess(name)
                    yield _find("name_near" if near else "name_unknown", *place, name=name, near=near)
                seen.add(name)


def _guesser(known: Collection[str]) -> Callable[[str], str | None]:
    """Suggests one of `known`, remembers it, and gives up after many words: comparing is slow."""
    guesses: dict[str, str | None] = {}

    def guess(word: str) -> str | None:
        if word not in guesses and len(guesses) < _MOST_GUESSES:
            guesses[word] = nearest(word, known, cutoff=_ALIKE)
        return guesses.get(word)

    return guess


def _groups(plan: Plan) -> Findings:
    used = {name for duty in plan.duties for names in duty.roles.values() for name in names}
    for name, group in plan.groups.items():
        if not group.categories and not group.units:
            yield _find("group_empty", "groups", name, name=name)
        elif name not in used:
            yield _find("group_unused", "groups", name, name=name)
        if name in plan.aliases:
            yield _find("name_both", "units", name, name=name)


def _timings(plan: Plan) -> Iterator[tuple[int, int, Timing]]:
    """Every timing with the index of its duty and its own."""
    for index, duty in enumerate(plan.duties):
        for number, timing in enumerate(duty.due):
            yield index, number, timing
