"""What a plan says: the definition of its duties, apart from any file format and any database."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from schedules.timing import AfterDone, Timing

ROLES = ("lead", "responsible", "support")
"""How a unit is bound to a duty (牵头 · 责任 · 配合), strongest first."""


@dataclass(frozen=True, slots=True)
class Group:
    """A name in a plan that stands for several units: by roster category, by name, or both."""

    categories: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation. `roles` maps a role word to the names printed in the plan; `key` is unique within the plan."""

    key: str
    item: str
    title: str
    text: str = ""
    section: str = ""
    kind: str = "standard"
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    due: tuple[Timing, ...] = ()
    ongoing: bool = False
    any_one: bool = False
    measure: str = ""
    source: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def has_cycle(self) -> bool:
        """Whether some of its due dates are known only once earlier ones are completed."""
        return any(isinstance(timing, AfterDone) for timing in self.due)

    @property
    def digest(self) -> str:
        """A fingerprint of what the duty says, whatever its number: equal digests mean that nothing was revised."""
        said = asdict(self) | {"due": [[type(t).__name__, asdict(t)] for t in self.due]}
        for moves in ("key", "item", "source"):
            del said[moves]
        return hashlib.sha256(json.dumps(said, default=str, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Plan:
    """A document that sets duties (方案). Recurring timings give no due date outside `begins`..`ends`."""

    key: str
    title: str
    issued: date
    begins: date
    ends: date | None = None
    short: str = ""
    number: str = ""
    issuer: str = ""
    note: str = ""
    sample: bool = False
    verification: str = "none"
    confidential: bool = False
    due_on_holiday: str = "stay"
    counted_on_holiday: str = "next_workday"
    groups: Mapping[str, Group] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    duties: tuple[Duty, ...] = ()

    @property
    def heading(self) -> str:
        return self.short or self.title

    @property
    def items(self) -> int:
        """Numbered items in the document; duties standing in the body of an item share its number."""
        return len({duty.item for duty in self.duties if duty.item})
