"""Calling to account: what was to be said, what was seen, what was answered."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from storage import deliveries, inbox, reminders, timeline
from usecases.audit import STUCK, audit_all
from usecases.office import Desk


@dataclass(frozen=True, slots=True)
class Account:
    """`copies` beyond the first of a message, `unmarked` those that do not say so; `latest` in seconds.

    A message that is changed once more is no copy: it stands there once, as before.
    """

    reminders: int
    delivered: int
    lost: int
    copies: int
    unmarked: int
    answers: int
    answers_lost: int
    answers_doubled: int
    latest: float
    findings: int

    @property
    def good(self) -> bool:
        return not (self.lost or self.unmarked or self.answers_lost or self.answers_doubled or self.findings)


def is_done(desk: Desk) -> bool:
    """Nothing is due, nothing on its way, nothing unanswered."""
    counts = deliveries.counts(desk.tx)
    due = reminders.next_at(desk.tx)
    waiting = counts.get("due", 0) + counts.get("sending", 0) + len(inbox.waiting(desk.tx))
    return not waiting and (due is None or due > desk.now)


def account(desk: Desk, file: Path, answered: Sequence[int]) -> Account:
    seen = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    by_delivery: dict[int, list[dict[str, Any]]] = {}
    for line in seen:
        by_delivery.setdefault(line["delivery"], []).append(line)
    report = audit_all(desk)
    fresh = [[line for line in lines if not line["edit"]] for lines in by_delivery.values()]
    effects = Counter(row.part_id for row in timeline.of_parts(desk.tx, answered) if row.verb == "receive")
    total = sum(report.places.values())
    delivered, unseen = _delivered(desk, report.places, by_delivery)
    return Account(
        reminders=total,
        delivered=delivered,
        lost=total - delivered - _let_be(report.places) + unseen,
        copies=sum(len(lines[1:]) for lines in fresh),
        unmarked=sum(len([line for line in lines if not line["repeat"]][1:]) for lines in fresh),
        answers=len(answered),
        answers_lost=sum(effects[part_id] == 0 for part_id in answered),
        answers_doubled=sum(max(0, effects[part_id] - 1) for part_id in answered),
        latest=_latest(desk, by_delivery),
        findings=sum(finding.check not in STUCK for finding in report.findings),
    )


def _let_be(places: Mapping[str, int]) -> int:
    """Reminders that need not be sent any more, each for a reason on record."""
    return sum(places.get(name, 0) for name in ("superseded", "cancelled", "let_go"))


def _delivered(desk: Desk, places: Mapping[str, int], seen: Mapping[int, object]) -> tuple[int, int]:
    """Reminders that count as delivered, and those among them that nobody saw."""
    said = places.get("delivered", 0)
    sent = deliveries.with_reminders(desk.tx)
    return said, sum(count for number, count in sent.items() if number not in seen)


def _latest(desk: Desk, seen: Mapping[int, Sequence[Mapping[str, Any]]]) -> float:
    """How long the slowest message took from when it was due until somebody first saw it."""
    rows = {number: deliveries.by_id(desk.tx, number) for number in seen}
    waits = [
        (datetime.fromisoformat(seen[number][0]["at"]) - row.at).total_seconds() for number, row in rows.items() if row
    ]
    return max(waits, default=0.0)
