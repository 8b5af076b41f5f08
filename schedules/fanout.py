"""Who has a share: the names printed in a plan, resolved to units of the roster."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schedules.plan import ROLES, Group


@dataclass(frozen=True, slots=True)
class Member:
    """A unit of the roster, as far as names are concerned."""

    id: int
    name: str
    short: str = ""
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Share:
    """Which unit answers in which role, and the printed names that stand for nobody in the roster."""

    units: Mapping[int, str]
    unresolved: tuple[str, ...]


def share_out(
    roles: Mapping[str, Sequence[str]],
    *,
    groups: Mapping[str, Group],
    aliases: Mapping[str, str],
    roster: Sequence[Member],
) -> Share:
    """Resolve every printed name. A unit named twice, alone and in a group, keeps its strongest role."""
    units: dict[int, str] = {}
    unresolved: dict[str, None] = {}
    for role in ROLES:
        for name in roles.get(role, ()):
            found = _resolve(name, groups, aliases, roster)
            if not found:
                unresolved[name] = None
            for unit_id in found:
                units.setdefault(unit_id, role)
    return Share(units, tuple(unresolved))


def _resolve(name: str, groups: Mapping[str, Group], aliases: Mapping[str, str], roster: Sequence[Member]) -> list[int]:
    if name in groups:
        group = groups[name]
        wanted = frozenset(group.categories)
        named = {unit_id for each in group.units for unit_id in _by_name(aliases.get(each, each), roster)}
        return [unit.id for unit in roster if unit.id in named or unit.categories & wanted]
    return list(_by_name(aliases.get(name, name), roster))


def _by_name(name: str, roster: Sequence[Member]) -> Iterable[int]:
    return (unit.id for unit in roster if name in (unit.name, unit.short))
