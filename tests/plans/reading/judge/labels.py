"""What a careful person reads in a document, a duty a line: number, section, start of its text, roles, due, flags.

Roles are `L=` lead, `S=` support, `R=` responsible, units apart by a space. A due is a date, or `Y3-31` yearly,
`H` half a year, `Q@20` quarterly on the 20th, `M*2` twice a month, `N2` every two years, `E5w:event` five working days
after an event (`E0c` before it), `A40学时` an amount for a person a year. `~` and `//` part readings that are all
right; the flag `o` is ongoing, `?` may be missed.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

Roles = tuple[frozenset[str], ...]
Due = frozenset[str]

ROLES = (("L", "lead"), ("S", "support"), ("R", "responsible"))
PERIODS = {"yearly": "Y", "half_yearly": "H", "quarterly": "Q", "monthly": "M"}
LONGEST = 30  # a month's last day, in any month but February


@dataclass(frozen=True, slots=True)
class Label:
    """One duty as a person reads it; several starts, roles and dues where several are right."""

    item: str
    starts: tuple[str, ...]
    roles: tuple[Roles, ...]
    dues: tuple[Due, ...]
    optional: bool


def read_labels(text: str) -> list[Label]:
    """The labels of one document."""
    return [_label(*line.split("|")) for line in text.splitlines() if line.strip()]


def _label(item: str, _section: str, start: str, roles: str, due: str, flags: str) -> Label:
    return Label(
        item=item,
        starts=tuple(plain(part) for part in start.split("~")),
        roles=tuple(_roles(part) for part in roles.split("//")),
        dues=tuple(frozenset(_said(one) for one in part.split(",") if one) for part in due.split("//")),
        optional="?" in flags,
    )


def _roles(text: str) -> Roles:
    named = dict(part.split("=") for part in text.split(";") if part)
    return tuple(frozenset(plain(unit) for unit in named.get(sign, "").split()) for sign, _ in ROLES)


def _said(text: str) -> str:
    return text.partition(":")[0]


def plain(text: str) -> str:
    """Letters and figures only, so that brackets, spaces and line ends do not count."""
    return "".join(sign for sign in text if sign.isalnum())


def roles_of(duty: dict[str, Any]) -> Roles:
    """The three role lists of a printed duty."""
    return tuple(frozenset(plain(unit) for unit in duty["roles"][name]) for _, name in ROLES)


def due_of(duty: dict[str, Any]) -> Due:
    """The dues of a printed duty, in the labels' writing."""
    return frozenset(written(due) for due in duty["due"])


def written(due: dict[str, Any]) -> str:
    """One due in the labels' writing, an event without its words."""
    match due["type"]:
        case "by":
            return str(due["date"])
        case "event":
            return f"E{due['days']}{'w' if due['day_kind'] == 'working' else 'c'}"
        case "every_n_years":
            return f"N{due['n']}"
        case "quantity":
            return f"{'A' if due['per'] == 'person-year' else 'B'}{due['amount']}{due['unit']}"
        case "yearly" if due.get("month"):
            return f"Y{due['month']}-{due.get('day') or calendar.monthrange(date.max.year, due['month'])[1]}"
        case period:
            return PERIODS[period] + _count(due) + _day(due)


def _count(due: dict[str, Any]) -> str:
    count = due.get("min_count") or 1
    return f"*{count}" if count > 1 else ""


def _day(due: dict[str, Any]) -> str:
    day = due.get("day")
    return f"@{day}" if day and day < LONGEST and not due.get("month_end") else ""


def starts_with(text: str, label: Label) -> bool:
    """Whether a duty's printed text is the labelled one, whatever number the text itself begins with."""
    begun = plain(re.sub(r"^[(（]?\d+[)）.．、]", "", text))
    return any(begun.startswith(start) for start in label.starts)
