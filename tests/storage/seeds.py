"""The fewest rows that stand on each other: a unit, its officer, a plan, a duty, an occurrence, a part."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from storage import deliveries, parts, people, plans, reminders
from storage.engine import Store, Tx

NOW = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)
DUE = date(2025, 3, 31)


@dataclass(frozen=True, slots=True)
class Seeds:
    unit: int
    officer: int
    plan: int
    duty: int
    occurrence: int
    part: int


def sow(store: Store) -> Seeds:
    with store.write() as tx:
        unit = people.add_unit(tx, name="教育局", categories=[])
        officer = people.add_officer(tx, unit_id=unit, name="张敏", role="officer")
        plan = add_plan(tx)
        duty = add_duty(tx, plan)
        occurrence = add_occurrence(tx, duty)
        parts.add_parts(tx, [part_row(occurrence, unit, 1)])
        return Seeds(unit, officer, plan, duty, occurrence, parts.of_unit(tx, unit)[0].id)


def add_plan(tx: Tx, key: str = "a") -> int:
    row: dict[str, Any] = {"title": "方案", "issued": DUE, "begins": DUE, "verification": "none", "groups": {}}
    row |= {"due_on_holiday": "stay", "counted_on_holiday": "next_workday", "aliases": {}}
    return plans.add(tx, key=key, tracked_from=DUE, imported_at=NOW, **row)


def add_duty(tx: Tx, plan: int, key: str = "1") -> int:
    row: dict[str, Any] = {"item": key, "position": 0, "title": "任务", "kind": "standard", "roles": {}, "timings": []}
    return plans.add_duty(tx, plan_id=plan, key=key, source={}, digest="", **row)


def add_occurrence(tx: Tx, duty: int, **values: object) -> int:
    row: dict[str, Any] = {"rule_day": DUE, "due": DUE, "target": 1, "state": "tracked"}
    return parts.add_occurrence(tx, duty_id=duty, **row | values)


def part_row(occurrence: int, unit: int, code: int, **values: object) -> dict[str, object]:
    row = {"uid": f"{occurrence}-{unit}", "occurrence_id": occurrence, "unit_id": unit, "role": "lead", "code": code}
    return row | {"due": DUE, "counted": 0, "created_at": NOW, "changed_at": NOW} | values


def reminder_row(seeds: Seeds, **values: object) -> dict[str, object]:
    row = {"part_id": seeds.part, "officer_id": seeds.officer, "rung": "d7", "due": DUE, "audience": "officer"}
    return row | {"lies_at": NOW, "push_at": NOW} | values


def add_reminder(tx: Tx, seeds: Seeds, **values: object) -> int:
    reminders.add(tx, [reminder_row(seeds, **values)])
    return max(row.id for row in reminders.of_parts(tx, [seeds.part]))


def add_delivery(tx: Tx, seeds: Seeds, **values: object) -> int:
    row: dict[str, Any] = {"officer_id": seeds.officer, "channel": "telegram", "address": "100", "kind": "digest"}
    return deliveries.add(tx, **row | {"body": {}, "at": NOW, "created_at": NOW} | values)


def minutes(n: float) -> datetime:
    return NOW + timedelta(minutes=n)
