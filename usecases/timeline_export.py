"""The timeline as a file for an auditor, CSV or JSON lines, a piece at a time: who did what, when, in which words."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any, Literal

from schedules.civil import local
from storage import people, plans
from storage import timeline_log as store
from storage.rows import Officer
from storage.timeline_log import ActRow, ActSieve
from texts.catalogue import say
from texts.csv_lines import csv_lines
from usecases.delivery_log import period, unit_ids
from usecases.delivery_sheet import word
from usecases.errors import NoSuchPlan, NotAllowed, UnknownUnit
from usecases.office import Desk
from usecases.remit import OVERSEERS, remit

Kind = Literal["csv", "jsonl"]
A_PIECE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Both days are included; `unit` is a name or a short name. `after`: the id of the last act that was written."""

    first: date | None = None
    last: date | None = None
    plan_key: str = ""
    unit: str = ""
    after: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Some bytes of the file, how many acts they hold, and the last one's id; `after` is None when it is whole."""

    data: bytes
    acts: int
    after: int | None


def timeline_export(desk: Desk, officer: Officer | None, asked: Asked, kind: Kind, language: str) -> Piece:
    """The next piece, oldest acts first. Without an `officer` it is whoever runs the program. Raises NotAllowed.

    A column of CSV is said in the language, a key of JSON is not. `at_utc` and `at_local` are ISO 8601.
    """
    if officer is not None and officer.role not in OVERSEERS:
        raise NotAllowed("The timeline is the bureau's, the auditor's and the administrator's.", role=officer.role)
    within = remit(desk, officer) if officer else None
    since, until = period(desk, asked.first, asked.last)
    units = [unit for unit in people.units(desk.tx) if within is None or unit.id in within]
    sieve = ActSieve(since=since, until=until, plan=asked.plan_key, units=unit_ids(units, asked.unit, within))
    acts = store.acts(desk.tx, sieve, after=asked.after, limit=A_PIECE)
    said = [_said(desk, act) for act in acts]
    data = _json_lines(said) if kind == "jsonl" else _csv(said, language, first=not asked.after)
    return Piece(data, len(acts), acts[-1].id if len(acts) == A_PIECE else None)


def _said(desk: Desk, act: ActRow) -> dict[str, Any]:
    return {
        "id": act.id,
        "at_utc": act.at.astimezone(UTC).isoformat(),
        "at_local": local(act.at, desk.office.zone).isoformat(),
        "who": act.who,
        "on_behalf_of": act.on_behalf_of,
        "verb": act.verb,
        "plan": act.plan,
        "item": act.item,
        "title": act.title,
        "stage": act.stage,
        "unit": act.unit,
        "code": act.code,
        "door": act.door,
        "words": act.words,
        "answered": act.answered,
    }


COLUMNS = (
    *("id", "at_utc", "at_local", "who", "on_behalf_of", "verb", "plan", "item", "title", "stage"),
    *("unit", "code", "door", "words", "answered"),
)


def _json_lines(said: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(act, ensure_ascii=False) + "\n" for act in said).encode()


def _csv(said: Sequence[dict[str, Any]], language: str, *, first: bool) -> bytes:
    head = [[say(language, f"web.acts_file.head.{name}") for name in COLUMNS]] if first else []
    rows = [["" if cell is None else cell for cell in _worded(act, language).values()] for act in said]
    return csv_lines([*head, *rows], first=first)


def _worded(act: dict[str, Any], language: str) -> dict[str, Any]:
    return act | {name: word(language, name, act[name]) for name in ("verb", "door")}


def known(desk: Desk, asked: Asked) -> None:
    """Raises NoSuchPlan or UnknownUnit for a name that stands for nothing: an empty file would mislead."""
    if asked.plan_key and plans.by_key(desk.tx, asked.plan_key) is None:
        raise NoSuchPlan(f"There is no plan {asked.plan_key!r}.", plan=asked.plan_key)
    if asked.unit and not any(asked.unit in (unit.name, unit.short) for unit in people.units(desk.tx)):
        raise UnknownUnit(f"The roster has no unit {asked.unit!r}.", name=asked.unit)
