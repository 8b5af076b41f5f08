"""What a roster says: units, their categories, and the people who answer for them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RosterOfficer:
    """A person. `role`: officer, deputy, head, bureau, auditor or administrator."""

    name: str
    role: str = "officer"
    position: str = ""


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """A unit; `parent` is the name of another unit of the roster, or empty."""

    name: str
    short: str = ""
    categories: tuple[str, ...] = ()
    parent: str = ""
    officers: tuple[RosterOfficer, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """A list of units with their people (名册)."""

    title: str = ""
    sample: bool = False
    units: tuple[RosterUnit, ...] = ()
