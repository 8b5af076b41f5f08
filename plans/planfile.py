"""Reading a plan file: every problem at once, each with its line, and the plan of all that is good.

A duty with an error is left out; so is an entry at the top that is wrong. Only without format version, key, title or
date of issue there is no plan.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path as FilePath

from plans.check import Finding, check_dates, check_duties
from plans.decode import read_file
from plans.models import DutyEntry, PlanHead
from plans.problems import Finds, Judged, Problem, sentences
from plans.sheet import Sheet, open_sheet
from plans.tree import Path
from schedules.errors import RuqiError
from schedules.plan import ROLES, Duty, Group, Plan

NOWHEN = date.min
"""The date of issue of a plan whose head cannot be used: its duties are checked all the same."""


@dataclass(frozen=True, slots=True)
class Reading(Judged):
    """What a file gave. An import wants `ok`: a plan, and no error that left something of it out."""

    plan: Plan | None
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        return self.plan is not None and not self.errors


def read_plan(text: str, name: str = "plan.yaml") -> Reading:
    """The plan in the text of a plan file; `name` is what problems call the file."""
    return _read(text, Finds(name))


def read_plan_file(path: FilePath) -> Reading:
    """The plan in a file, whatever its encoding. A file that cannot be read is a problem, not an error raised."""
    finds = Finds(str(path))
    text = read_file(path, finds)
    return Reading(None, finds.sorted()) if text is None else _read(text, finds)


def _read(text: str, finds: Finds) -> Reading:
    sheet = open_sheet(text, finds, own="ruqi", other=("ruqi_roster", "is_roster"))
    return Reading(None if sheet is None else _plan(sheet), finds.sorted())


def _plan(sheet: Sheet) -> Plan | None:
    head = sheet.salvage(PlanHead, without="duties")
    duties = _duties(sheet)
    plan = _assemble(head, duties.values())
    bad = _tell(check_duties(plan), sheet, tuple(duties))
    if head is None:
        return None
    _tell(check_dates(plan), sheet, tuple(duties))
    return replace(plan, duties=tuple(duty for index, duty in duties.items() if index not in bad))


def _duties(sheet: Sheet) -> dict[int, Duty]:
    """The duties that fit, by their place in the file; of two with one key the first."""
    duties: dict[int, Duty] = {}
    first: dict[str, int] = {}
    for index in sheet.items("duties", none="no_duties"):
        if sheet.finds.full:
            break
        entry = sheet.fit(DutyEntry, ("duties", index))
        duty = None if entry is None else _duty(entry, sheet, index)
        if duty is None:
            continue
        if first.setdefault(duty.key, index) == index:
            duties[index] = duty
        else:
            place = ("duties", index, "item" if entry is None or entry.key is None else "key")
            sheet.tell("key_repeated", place, name=duty.key, line=("duties", first[duty.key]))
    return duties


def _duty(entry: DutyEntry, sheet: Sheet, index: int) -> Duty | None:
    try:
        due = tuple(due.timing() for due in entry.due)
    except RuqiError as error:  # a rule of schedules/ that the models do not know
        sheet.tell("shape", ("duties", index, "due"), given="due", reason=error)
        return None
    return Duty(
        key=entry.key or entry.item,
        item=entry.item,
        title=entry.title,
        text=entry.text,
        section=entry.section,
        kind=entry.kind,
        roles={role: names for role in ROLES if (names := getattr(entry.roles, role))},
        due=due,
        ongoing=entry.ongoing,
        any_one=entry.any_one,
        measure=entry.measure,
        source=entry.source.model_dump(exclude_unset=True),
    )


def _assemble(head: PlanHead | None, duties: Iterable[Duty]) -> Plan:
    if head is None:
        return Plan(key="", title="", issued=NOWHEN, begins=NOWHEN, duties=tuple(duties))
    return Plan(
        key=head.key,
        title=head.title,
        issued=head.issued,
        begins=head.begins or head.issued,
        ends=head.ends,
        short=head.short,
        number=head.number,
        issuer=head.issuer,
        note=head.note,
        sample=head.sample,
        verification=head.verification,
        confidential=head.confidential,
        due_on_holiday=head.due_on_holiday,
        counted_on_holiday=head.counted_on_holiday,
        groups={name: Group(group.categories, group.units) for name, group in head.groups.items()},
        aliases=dict(head.units),
        duties=tuple(duties),
    )


def _tell(findings: Iterable[Finding], sheet: Sheet, places: Sequence[int]) -> set[int]:
    """Tell the findings with the places that the duties have in the file; give back the duties that have an error."""
    bad: set[int] = set()
    for finding in findings:
        path = _in_file(finding.path, places)
        values = {w: _in_file(v, places) if isinstance(v, tuple) else v for w, v in finding.values.items()}
        sheet.tell(finding.key, path, **values)
        if sentences()[finding.key].level == "error" and path[0] == "duties":
            bad.add(int(path[1]))
    return bad


def _in_file(path: Path, places: Sequence[int]) -> Path:
    """The path in the file: duties that did not fit are missing from the plan but not from the file."""
    return ("duties", places[int(path[1])], *path[2:]) if path[:1] == ("duties",) and len(path) > 1 else path
