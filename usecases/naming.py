"""Who the names printed in a plan stand for: what the roster says by itself, and suggestions for the rest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from schedules.fanout import Member, share_out
from schedules.plan import Group, Plan
from storage import people
from usecases.office import Desk

MOST_SUGGESTED = 4
ALIKE = 0.6
SHORTEST = 2

_SEVERAL = re.compile(
    "^(各|有关|相关|所有|其他|全市|全县|全区|全省|市级各|县级各|区级各|市直|县直|区直|乡镇|街道)|(部门|单位)$"
)
_BEFORE = re.compile("^(各|有关|相关|所有|其他|全市|全县|全区|全省|市级|县级|区级|市直|县直|区直|省级)+")
_AFTER = re.compile("(等|及其他)?(有关|相关)?(部门|单位)?$")
_RANK = re.compile("^[省市区县](?=.{3})(?!委|政府|人民|直|级)")
_BETWEEN = re.compile("[〔〕()（）\\[\\]【】、，,和及或与/]+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a name could stand for, the likeliest first. The sure ones may be chosen beforehand."""

    categories: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    sure_categories: tuple[str, ...] = ()
    sure_units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed name: the items that name it, the units it stands for now, and how that was said."""

    name: str
    items: tuple[str, ...]
    units: tuple[str, ...]
    meant: Group | str | None
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class Names:
    printed: tuple[Printed, ...]
    units: tuple[str, ...]
    categories: tuple[str, ...]

    @property
    def nobody(self) -> tuple[Printed, ...]:
        return tuple(one for one in self.printed if not one.units)


def names_of(desk: Desk, plan: Plan) -> Names:
    """Every name of the plan against the roster as it is now."""
    roster = [Member(u.id, u.name, u.short, frozenset(u.categories)) for u in people.units(desk.tx)]
    used: dict[str, dict[str, None]] = {}
    for duty in plan.duties:
        for name in (name for names in duty.roles.values() for name in names):
            used.setdefault(name, {})[duty.item] = None
    categories = tuple(sorted({category for member in roster for category in member.categories}))
    return Names(
        tuple(_printed(name, tuple(items), plan, roster) for name, items in used.items()),
        tuple(member.name for member in roster),
        categories,
    )


def _printed(name: str, items: tuple[str, ...], plan: Plan, roster: Sequence[Member]) -> Printed:
    share = share_out({"lead": [name]}, groups=plan.groups, aliases=plan.aliases, roster=roster)
    units = tuple(member.name for member in roster if member.id in share.units)
    group = plan.groups.get(name)
    meant = group if group and (group.categories or group.units) else plan.aliases.get(name)
    return Printed(name, items, units, meant, Suggestion() if units else suggest(name, roster))


def suggest(name: str, roster: Sequence[Member]) -> Suggestion:
    """By category for a name of several, by a name that ends alike or looks alike for one unit."""
    cores = [core for piece in _BETWEEN.split(name) if len(core := _core(piece)) >= SHORTEST]
    known = sorted({category for member in roster for category in member.categories})
    categories = tuple(one for one in known if any(_within(core, _core(one)) for core in cores))
    near = _near(cores or [name], roster)
    alike = tuple(member.name for score, member in near[:MOST_SUGGESTED] if score >= ALIKE)
    if _SEVERAL.search(name):
        return Suggestion(categories, alike, sure_categories=categories)
    same = tuple(member.name for score, member in near if score >= 1)
    return Suggestion(categories, alike, sure_units=same if len(same) == 1 else ())


def _core(name: str) -> str:
    """The name without what only says that there are several: 各行政执法部门 is 行政执法."""
    return _AFTER.sub("", _RANK.sub("", _BEFORE.sub("", name))) or name


def _within(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST and short in long


def _near(cores: Sequence[str], roster: Sequence[Member]) -> list[tuple[float, Member]]:
    scored = [(max(_alike(core, word) for core in cores for word in _words(member)), member) for member in roster]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].id))


def _words(member: Member) -> tuple[str, ...]:
    return (member.name, member.short) if member.short else (member.name,)


def _alike(one: str, other: str) -> float:
    """1 where one is the other with a place or a rank before it, 市司法局 and 司法局; less the less they share."""
    short, long = sorted((one, other), key=len)
    if len(short) > SHORTEST and long.endswith(short):
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio() * 0.99
