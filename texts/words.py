"""Words for a part: its name, its state with a mark, its count. The same name and short code everywhere."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from schedules.lifecycle import State, is_settled
from texts import dates
from texts.catalogue import placeholders_of, say
from texts.reader import Reader
from texts.values import PartView

OPEN = frozenset({"open", "received"})
"""States in which the unit still has something to do."""
TITLE_WIDTH = 40
SETTLED_MARK = "✓"
RETURNED_MARK = "↩"
MARKS = {"open": "○", "received": "◐", "reported": "●", "verified": SETTLED_MARK}
ENDED_MARK = "–"


@lru_cache(maxsize=4096)
def clean(text: str, width: int = TITLE_WIDTH) -> str:
    """One line without control signs, cut with a mark where it is too long: what people typed is shown as text."""
    visible = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cc", "Cf", "Cs"} or sign in "\t\n\r")
    line = " ".join(visible.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def name(reader: Reader, part: PartView) -> str:
    """办12 年度案卷评查; of a confidential plan only 办12."""
    if part.confidential:
        return code(reader, part)
    return reader.say("part.name", code=part.code, title=title(reader, part))


def code(reader: Reader, part: PartView) -> str:
    return reader.say("part.code", code=part.code)


def codes(parts: Sequence[PartView]) -> str:
    """12 15 16: as they are typed after a verb."""
    return " ".join(str(part.code) for part in parts)


def title(reader: Reader, part: PartView) -> str:
    short = clean(part.title)
    return reader.say("part.stage", title=short, stage=clean(part.stage)) if part.stage else short


def source(reader: Reader, part: PartView) -> str:
    """Which plan and which item of it, and how the unit is bound to it; empty for a confidential plan."""
    if part.confidential:
        return reader.say("part.confidential")
    role = reader.say(f"role.{part.role}")
    return reader.say("part.source", plan=clean(part.plan), item=part.item, role=role)


def counted_from(reader: Reader, part: PartView) -> str:
    """上一期 3月28日(周六)办结后 3 个月; empty where the date was not counted from a completion."""
    counted = part.counted_from
    if counted is None:
        return ""
    return reader.say(f"part.after_done.{counted.unit}", day=dates.day(reader, counted.done), n=counted.n)


def settled(part: PartView) -> bool:
    return is_settled(State(part.state), part.verification)


def is_open(part: PartView) -> bool:
    """Whether the unit still has something to do."""
    return part.state in OPEN


def returned(part: PartView) -> bool:
    """Sent back by the bureau and not reported again."""
    return part.state == "received" and bool(part.reason)


def mark(part: PartView) -> str:
    """A shape for the state, so that nobody needs the colour: ○ ◐ ● ✓ ↩."""
    if returned(part):
        return RETURNED_MARK
    if part.state == "reported" and settled(part):
        return SETTLED_MARK
    return MARKS.get(part.state, ENDED_MARK)


def state_word(language: str, part: PartView) -> str:
    """The state in a word: 未签收, 已签收, 已报结, 已销号, 退回; once overdue, by how much."""
    if returned(part):
        return say(language, "state.returned")
    if is_open(part) and part.days_left < 0:
        return say(language, "state.overdue", n=-part.days_left)
    return say(language, f"state.{part.state}")


def acted(reader: Reader, part: PartView) -> str:
    """How far it is, and who took that step when: 尚未签收, 张敏 09:14 签收, 已报结 张敏 09:14."""
    if returned(part):
        reason = reader.say("notice.reason_inside") if part.confidential else clean(part.reason, 60)
        return reader.say("acted.returned", reason=reason)
    if part.state == "waived":
        return _let_off(reader, part)
    if part.state == "received" and part.received_at:
        return reader.say("acted.received", by=part.received_by, at=dates.moment(reader, part.received_at))
    if part.state in {"reported", "verified"} and part.reported_at:
        return reader.say(f"acted.{part.state}", by=part.reported_by, at=dates.moment(reader, part.reported_at))
    return reader.say(f"acted.{part.state}_plain")


def _let_off(reader: Reader, part: PartView) -> str:
    """It went to another unit, another one has done it, or the bureau asks it no longer."""
    if part.rerouted_to:
        return reader.say("acted.rerouted", to=clean(part.rerouted_to, 20))
    return reader.say("acted.waived_any_one" if part.any_one and part.reason == "any_one" else "acted.waived_plain")


def progressed(reader: Reader, part: PartView) -> str:
    """The same without the name, for a card that stands for months: 已签收，尚未报结, 已报结 12月18日(周五) 09:14."""
    if returned(part) or part.state == "waived":
        return acted(reader, part)
    if part.state in {"reported", "verified"} and part.reported_at:
        return reader.say(f"acted.{part.state}_at", at=dates.full_moment(reader, part.reported_at))
    return reader.say(f"acted.{part.state}_plain")


def counts(part: PartView) -> bool:
    """Whether a report is one of several, or an amount towards a target."""
    return part.target > 1 or bool(part.unit_of_measure)


def measure(reader: Reader, part: PartView) -> str:
    return part.unit_of_measure or reader.say("part.times")


def progress(reader: Reader, part: PartView) -> str:
    """已报 1/2 次; empty where one report is all that is asked."""
    if not counts(part):
        return ""
    return reader.say(
        "part.progress", counted=number(part.counted), target=number(part.target), unit=measure(reader, part)
    )


def said(reader: Reader, part: PartView) -> dict[str, str | int]:
    """Everything a sentence may want to say of a part, by the catalogue's placeholders."""
    return {name: word(reader, part) for name, word in _SAID.items()}


def tell(reader: Reader, key: str, part: PartView) -> str:
    """The sentence `key` about a part; only what it says is worked out."""
    needed = placeholders_of(reader.language, key)
    return reader.say(key, **{name: word(reader, part) for name, word in _SAID.items() if name in needed})


_SAID: Mapping[str, Callable[[Reader, PartView], str | int]] = {
    "code": lambda _, part: part.code,
    "mark": lambda _, part: mark(part),
    "unit": lambda _, part: clean(part.unit),
    "name": name,
    "day": lambda reader, part: dates.day(reader, part.due),
    "due": dates.due,
    "left": lambda reader, part: dates.left(reader, part) if is_open(part) else state_word(reader.language, part),
    "state": lambda reader, part: state_word(reader.language, part),
    "acted": progressed,
    "source": source,
    "progress": progress,
    "measure": lambda _, part: clean(part.measure),
    "bureau": lambda reader, part: part.bureau or reader.say("part.bureau"),
    "to": lambda _, part: clean(part.rerouted_to),
    "delegate": lambda _, part: clean(part.delegate),
    "original": lambda reader, part: dates.day(reader, part.original_due or part.due),
    "asked": lambda reader, part: dates.day(reader, part.asked_due or part.due),
}


def number(amount: Decimal) -> str:
    """60, 1.5: without needless zeros."""
    return f"{amount.normalize():f}"
