"""What a roster's import led to, as lines for people and as data for programs."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from plans.rosterfile import RosterReading
from ruqi.files import line_of
from ruqi.speech import text
from usecases.handover import Handover
from usecases.take_roster import Doubt, RosterReport


def report_data(report: RosterReport, read: RosterReading) -> dict[str, Any]:
    """The report, each change and doubt with its `place` in the file, and the remarks made while reading."""
    data = asdict(report)
    for entry in (*data["changes"], *data["doubts"]):
        entry["place"] = _place(read, entry["unit"], entry["name"])
    return {**data, "remarks": [line_of(problem) for problem in read.problems]}


def report_lines(report: RosterReport, read: RosterReading) -> Iterator[str]:
    for change in report.changes:
        yield _said(f"roster.change.{change.what}", read, {"unit": change.unit, "name": change.name})
    for handover in report.handovers:
        yield _handover(handover)
    for doubt in report.doubts:
        yield _doubt(doubt, read)
    if report.absent and read.partial:
        yield text("roster.absent", count=report.absent)
    counts = {name: len(value) for name, value in asdict(report).items() if isinstance(value, list)}
    yield text("roster.imported" if report.changed else "roster.unchanged", parts=report.new_parts, **counts)


def _handover(handover: Handover) -> str:
    left, came = ("、".join(names) for names in (handover.left, handover.came))
    key = "roster.handover_new" if not left else "roster.handover" if came else "roster.handover_none"
    return text(key, unit=handover.unit, left=left, came=came, parts=handover.parts)


def _doubt(doubt: Doubt, read: RosterReading) -> str:
    other = text(f"staff.{doubt.other}") if doubt.kind == "role_kept" else doubt.other
    return _said(f"roster.doubt.{doubt.kind}", read, {"unit": doubt.unit, "name": doubt.name, "other": other})


def _said(key: str, read: RosterReading, values: Mapping[str, str]) -> str:
    return text(key, place=_place(read, values["unit"], values["name"]), **values).rstrip()


def _place(read: RosterReading, unit: str, name: str) -> str:
    """Where the person stands in the file, else where the unit does."""
    return read.places.get((unit, name)) or read.places.get((unit, ""), "")
