"""The bureau's own mail: the morning list of what waits for a decision, and the report of the week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from texts import dates, words
from texts.buttons import button
from texts.reader import Reader
from texts.values import Message

NAMED = 3
"""Units named in the text; the picture has more."""


@dataclass(frozen=True, slots=True)
class Late:
    """A unit with something overdue, for so many working days."""

    unit: str
    days: int


@dataclass(frozen=True, slots=True)
class Morning:
    """What the bureau finds in the morning: to decide, to leave next working day, late units, people out of reach."""

    to_verify: int = 0
    extensions: int = 0
    refused: int = 0
    joinings: int = 0
    late: Sequence[Late] = ()
    unreachable: Sequence[str] = ()
    groups: Sequence[str] = ()
    """Units whose group hears nothing any more."""
    letters: int = 0
    circulars: int = 0
    next_day: date | None = None

    @property
    def decisions(self) -> int:
        return self.to_verify + self.extensions + self.refused + self.joinings


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One unit: how many of its parts stand where, and its share in time (None where nothing was due)."""

    unit: str
    overdue: int
    open: int
    received: int
    reported: int
    done: int
    rate: float | None


@dataclass(frozen=True, slots=True)
class Week:
    """The week from `first` to `last`: units, the worst first, and everything together."""

    first: date
    last: date
    rows: tuple[WeekRow, ...]
    total: WeekRow


def morning(reader: Reader, found: Morning) -> Message:
    """今天请您定 4 件：待销号 2 · 延期申请 1 · 不是我们 1."""
    say = reader.say
    kinds = ("to_verify", "extensions", "refused", "joinings")
    counts = [say(f"morning.{name}", n=n) for name in kinds if (n := getattr(found, name))]
    head = say("morning.decide", n=found.decisions, counts=" · ".join(counts)) if counts else say("morning.none")
    lines = [head]
    if found.late:
        lines.append(say("morning.late", n=len(found.late), units=_late(reader, found.late)))
    if (found.letters or found.circulars) and found.next_day:
        said = [say(f"morning.{k}", n=n) for k, n in (("letters", found.letters), ("circulars", found.circulars)) if n]
        lines.append(say("morning.coming", day=dates.day(reader, found.next_day), counts=" · ".join(said)))
    if found.unreachable:
        lines.append(say("morning.unreachable", n=len(found.unreachable), names=_names(reader, found.unreachable)))
    if found.groups:
        lines.append(say("morning.groups", n=len(found.groups), names=_names(reader, found.groups)))
    lines.append(say("morning.how" if counts else "morning.how_none"))
    rows = ((button(reader, "decide_next"), button(reader, "sign_in")),) if counts else ((button(reader, "sign_in"),),)
    return Message(tuple(lines), rows)


def weekly(reader: Reader, week: Week) -> Message:
    """The week in words; the picture says the same unit by unit."""
    say, total = reader.say, week.total
    lines = [
        title(reader, week),
        say("week.rate", rate=percent(total.rate), n=total.overdue + total.done) if total.rate is not None else "",
        say("week.states", overdue=total.overdue, open=total.open, received=total.received, reported=total.reported),
    ]
    late = [row for row in week.rows if row.overdue]
    named = " · ".join(say("week.unit", unit=words.clean(row.unit, 20), n=row.overdue) for row in late[:NAMED])
    lines.append(say("week.late", n=len(late), units=named) if late else say("week.none_late"))
    return Message(tuple(line for line in lines if line), ((button(reader, "sign_in"),),))


def title(reader: Reader, week: Week) -> str:
    return reader.say("week.title", first=dates.day(reader, week.first), last=dates.day(reader, week.last))


def percent(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.0%}"


def _late(reader: Reader, late: Sequence[Late]) -> str:
    return " · ".join(reader.say("morning.unit", unit=words.clean(one.unit, 20), n=one.days) for one in late[:NAMED])


def _names(reader: Reader, names: Sequence[str]) -> str:
    return reader.say("list.joiner").join(words.clean(name, 20) for name in names[:NAMED])
