"""What the pages need of the room of the documents, as one value: the pages do not know that room."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from schedules.plan import Plan
from usecases.drafts import ISSUED, TITLE, Doubt
from web.site import CannotTake, Documents, ReadPlan

if TYPE_CHECKING:
    from plans.reading import Reading

PLAN_FILES = {".yaml", ".yml"}
TOLD = frozenset(
    {
        "by_before_issued",
        "by_far",
        "day_impossible",
        "day_without_month",
        "due_repeated",
        "ends_early",
        "leap_day",
        "nobody",
        "nobody_due",
        "not_month_end",
        "stage_repeated",
    }
)
"""Findings that a page shows beside a duty; what concerns names and lengths has pages of its own or is seen anyway."""


def documents() -> Documents:
    from plans.planyaml import plan_to_yaml

    return Documents(read, check, plan_to_yaml, shipped)


def read(path: Path, name: str) -> ReadPlan:
    """A document, or a plan file. Raises CannotTake."""
    return _plan_file(path) if path.suffix in PLAN_FILES else _document(path, name)


def check(plan: Plan, language: str) -> Sequence[tuple[int | None, str]]:
    from plans.check import check as findings
    from plans.problems import sentences, shortened

    said: list[tuple[int | None, str]] = []
    for finding in findings(plan):
        if finding.key in TOLD:
            sentence = sentences()[finding.key]
            values = {name: shortened(str(value)) for name, value in finding.values.items()}
            place = int(finding.path[1]) if finding.path[0] == "duties" else None
            said.append((place, (sentence.en if language == "en" else sentence.zh).format_map(values)))
    return said


def shipped() -> Sequence[Plan]:
    from plans import library

    return [plan for name in library.names() if (plan := library.load(name).plan) is not None]


def _plan_file(path: Path) -> ReadPlan:
    from plans.planfile import read_plan_file

    reading = read_plan_file(path)
    if reading.plan is None:
        raise CannotTake("planfile")
    places = ((problem.line, problem.say("zh")) for problem in reading.errors)
    return ReadPlan(reading.plan, tuple(Doubt(str(line), says) for line, says in places))


def _document(path: Path, name: str) -> ReadPlan:
    try:
        from plans.reading import CannotRead, read_document, to_plan
    except ImportError:  # the optional libraries of the reader are not installed
        raise CannotTake("noreader") from None
    try:
        reading = read_document(path, name)
    except CannotRead as error:
        raise CannotTake(type(error).__name__.lower()) from None
    if not reading.duties:
        raise CannotTake("nothing")
    plan = to_plan(reading, name or "plan")
    return ReadPlan(replace(plan, key=""), tuple(_doubts(reading, plan)))


def _doubts(reading: "Reading", plan: Plan) -> Iterator[Doubt]:
    """What the reader did not understand, each with the duty that stands in the same place."""
    if not reading.head.title:
        yield Doubt(key=TITLE)
    if reading.head.issued is None:
        yield Doubt(key=ISSUED)
    for unclear in reading.unclear:
        at = next((n for n, duty in enumerate(plan.duties) if duty.source and duty.source == unclear.source), None)
        yield Doubt(unclear.place, unclear.says, at=at)
