"""A reading as a plan that a person can correct: keys made unique, names of several units as empty groups to fill."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plans.reading.labels import ROLE_KINDS
from plans.reading.values import Found, Reading, Said
from schedules.plan import Duty, Group, Plan
from schedules.timing import By, Every, Quantity, Timing

_SEVERAL = re.compile(
    r"^(?:各|全市各|全县各|全区各|有关|相关|市级各|市直各|县直各|区直各|省级各)|各.{0,8}(?:部门|单位)$"
)
_NO_DATE = date(2000, 1, 1)
_TITLE_MOST = 60


def to_plan(reading: Reading, key: str, *, today: date | None = None) -> Plan:
    """The plan value of a reading under that key; without a date of issue, 1 January of the document's year.

    What a text says beside its own time field becomes a duty of its own (3a, 3b), as in the plans shipped.
    """
    head = reading.head
    issued = head.issued or (date(head.year, 1, 1) if head.year else today or _NO_DATE)
    duties = tuple(_duties(reading))
    names = dict.fromkeys(name for duty in duties for named in duty.roles.values() for name in named)
    return Plan(
        key=key,
        title=head.title or key,
        issued=issued,
        begins=issued,
        number=head.number,
        issuer=head.issuer,
        note=_note(reading),
        groups={name: Group() for name in names if _SEVERAL.search(name)},
        duties=duties,
    )


def _note(reading: Reading) -> str:
    lines = ["由 ruqi 读出，请逐项核对后再导入。"]
    if reading.head.issued is None:
        lines.append("原件没有写成文日期，issued 是暂记的，请改正。")
    lines += [one.says for one in reading.unclear]
    return "\n".join([*lines, *reading.notes])


@dataclass(slots=True)
class _Keys:
    """Gives every duty a key of its own: the item's number, with a mark where it comes again."""

    used: dict[str, int]

    def take(self, wanted: str) -> str:
        wanted = wanted or "x"
        count = self.used.get(wanted, 0) + 1
        self.used[wanted] = count
        return wanted if count == 1 else self.take(f"{wanted}-{count}")


def _duties(reading: Reading) -> Iterator[Duty]:
    keys = _Keys({})
    for found in reading.duties:
        key = keys.take(found.item)
        roles = {kind: found.roles[kind] for kind in ROLE_KINDS if found.roles.get(kind)}
        if not roles and found.body and found.body[0].actor:
            roles = {"responsible": (found.body[0].actor,)}
        yield Duty(
            key=key,
            item=found.item or key,
            title=found.title[:_TITLE_MOST] or found.text[:_TITLE_MOST] or key,
            text=found.text,
            section=found.section,
            kind=_kind(found.due),
            roles=roles,
            due=found.due,
            ongoing=found.ongoing,
            source=found.source,
        )
        for index, said in enumerate(_beside(found)):
            yield _inner(found, said, keys.take(f"{key}{chr(ord('a') + index % 26)}"), roles)


def _beside(found: Found) -> list[Said]:
    """What the text asks for beside the item's own times; amounts without a field of their own are kept as well."""
    return [said for said in found.body if said.timing not in found.due and not _same_rhythm(said.timing, found.due)]


def _same_rhythm(timing: Timing, own: tuple[Timing, ...]) -> bool:
    """Whether the text only says again what the time field says with a day: 每年开展一次 beside 每年10月底前."""
    if not isinstance(timing, Every) or timing.min_count != 1 or timing.day is not None:
        return False
    return any(isinstance(due, Every) and due.period is timing.period for due in own)


def _inner(found: Found, said: Said, key: str, roles: dict[str, tuple[str, ...]]) -> Duty:
    own = {"responsible": (said.actor,)} if said.actor else roles
    return Duty(
        key=key,
        item=found.item or key,
        title=said.quote[:_TITLE_MOST],
        text=said.quote,
        section=found.section,
        kind=_kind((said.timing,)),
        roles=own,
        due=(said.timing,),
        source=found.source,
    )


def _kind(due: tuple[Timing, ...]) -> str:
    recurring = bool(due) and not any(isinstance(timing, By) for timing in due)
    return "recurring" if recurring and not all(isinstance(timing, Quantity) for timing in due) else "standard"
