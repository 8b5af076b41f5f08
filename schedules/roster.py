"""A roster 名册: the units a plan speaks of and the officers who answer for them, apart from any file or database."""

from dataclasses import dataclass

OFFICER_ROLES = ("officer", "deputy", "head", "bureau", "auditor", "administrator")
"""What a person is to a unit: 联络员 · AB角 · 单位领导 · 督办单位 · 审计 · 管理员."""


@dataclass(frozen=True, slots=True)
class RosterOfficer:
    """A person of a unit. `role` is one of `OFFICER_ROLES`."""

    name: str
    role: str = "officer"
    position: str = ""


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """An organisation. A plan's groups name its `categories`; `parent` is the name of another unit, or empty."""

    name: str
    short: str = ""
    categories: tuple[str, ...] = ()
    parent: str = ""
    officers: tuple[RosterOfficer, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """Units, each with its own name; parents among them lead to no circle."""

    title: str = ""
    sample: bool = False
    units: tuple[RosterUnit, ...] = ()
