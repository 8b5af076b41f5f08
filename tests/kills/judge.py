"""The judge: what the database says and what stood on the screens, held against V1-V15. It knows no code of the engine.

Lost: a reminder that ended well and never stood on its person's screen. A copy: each screen beyond the first. Copies of
one message are at most as many as its ambiguous outcomes, and all but one carry the mark.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import text

from storage.engine import Tx
from tests.bot_api.world import Json
from usecases.audit import STUCK, audit_all
from usecases.office import Desk

MARK = "可能重复"
_TITLE = re.compile(r"第(\d{5})号工作")
_RECEIPT = "已签收："


@dataclass(frozen=True, slots=True)
class Screen:
    """One message that a person saw."""

    chat: int
    number: int
    text: str

    @property
    def waves(self) -> frozenset[int]:
        return frozenset(int(number) for number in _TITLE.findall(self.text))

    @property
    def receipt(self) -> bool:
        return self.text.startswith(_RECEIPT)


@dataclass(slots=True)
class Verdict:
    """Counts, and every break of a promise in words; `broken` is empty where all held."""

    reminders: int = 0
    delivered: int = 0
    messages: int = 0
    copies: int = 0
    marked: int = 0
    ambiguous: int = 0
    answers: int = 0
    broken: list[str] = field(default_factory=list)


def screens(entries: Iterable[Json]) -> list[Screen]:
    """What the fake recorded as seen, in order; answered or not."""
    return [
        Screen(int(entry["chat"]), int(entry["message_id"] or 0), str(entry["text"]))
        for entry in entries
        if entry["method"] == "sendMessage" and entry["seen"]
    ]


def judge(desk: Desk, entries: Iterable[Json], said: Sequence[tuple[int, int]]) -> Verdict:
    """`said`: (chat, wave) of every answer that a person gave."""
    seen = screens(entries)
    verdict = Verdict()
    findings = [finding for finding in audit_all(desk).findings if finding.check not in STUCK]
    verdict.broken += [f"the auditor: {finding}" for finding in findings]
    verdict.broken += _unfinished(desk.tx)
    _reminders(desk.tx, seen, verdict)
    _answers(desk.tx, seen, said, verdict)
    return verdict


def _unfinished(tx: Tx) -> Iterator[str]:
    counts = {row.state: row.n for row in tx.execute(text("SELECT state, count(*) AS n FROM delivery GROUP BY state"))}
    yield from (
        f"{counts[state]} messages are still {state}" for state in ("due", "sending", "dead") if state in counts
    )
    waiting = tx.execute(text("SELECT count(*) FROM inbox WHERE handled_at IS NULL")).scalar_one()
    failed = tx.execute(text("SELECT count(*) FROM inbox WHERE error <> ''")).scalar_one()
    yield from [f"{waiting} updates wait"] if waiting else []
    yield from [f"{failed} updates failed"] if failed else []


def _reminders(tx: Tx, seen: Sequence[Screen], verdict: Verdict) -> None:
    by_chat: dict[tuple[int, int], list[Screen]] = {}
    for screen in seen:
        for wave in screen.waves if not screen.receipt else ():
            by_chat.setdefault((screen.chat, wave), []).append(screen)
    told: dict[int, dict[int, Screen]] = {}
    refs: dict[int, int] = {}
    for row in tx.execute(text(TOLD)):
        verdict.reminders += 1
        mine = by_chat.get((int(row.address), int(row.key)), [])
        told.setdefault(row.id, {}).update({screen.number: screen for screen in mine})
        verdict.delivered += row.state == "sent"
        if row.state == "sent":
            refs[row.id] = int(row.message_ref)
    ambiguous = {row.id: row.ambiguous for row in tx.execute(text("SELECT id, ambiguous FROM delivery"))}
    for number, mine_seen in told.items():  # a long message names its first parts only, so all its parts look together
        if number in refs and refs[number] not in mine_seen:
            verdict.broken.append(f"lost: digest {number} says message {refs[number]}, nobody saw it")
        _copies(f"digest {number}", [mine_seen[key] for key in sorted(mine_seen)], ambiguous[number], verdict)
    lost = tx.execute(text("SELECT count(*) FROM reminder WHERE state = 'planned' AND push_at < :soon"), SOON)
    if left := lost.scalar_one():
        verdict.broken.append(f"{left} reminders are due and still planned")


def _copies(name: str, mine: Sequence[Screen], ambiguous: int, verdict: Verdict) -> None:
    marked = sum(MARK in screen.text for screen in mine)
    verdict.messages += len(mine)
    verdict.ambiguous += ambiguous
    verdict.copies += max(0, len(mine) - 1)
    verdict.marked += marked
    if not mine:
        verdict.broken.append(f"lost: {name} was seen by nobody")
    if len(mine) > 1 + ambiguous:
        verdict.broken.append(f"{name}: {len(mine)} copies, {ambiguous} ambiguous outcomes")
    if len(mine) - marked > 1:
        verdict.broken.append(f"{name}: {len(mine) - marked} copies without the mark")


def _answers(tx: Tx, seen: Sequence[Screen], said: Sequence[tuple[int, int]], verdict: Verdict) -> None:
    """Each answer stands once in the timeline, and its receipt on the screen."""
    noted: Counter[tuple[int, int]] = Counter()
    for row in tx.execute(text(RECEIVED)):
        noted[int(row.address), int(row.key)] += 1
    verdict.answers = len(said)
    for key, count in Counter(said).items():
        if noted[key] != 1:
            verdict.broken.append(f"answer {key}: given {count} times, {noted[key]} effects")
    verdict.broken += [f"answer {key}: nobody gave it" for key in noted.keys() - set(said)]
    _receipts(tx, seen, said, verdict)


def _receipts(tx: Tx, seen: Sequence[Screen], said: Sequence[tuple[int, int]], verdict: Verdict) -> None:
    receipts: dict[tuple[int, int], list[Screen]] = {}
    for screen in seen:
        for wave in screen.waves if screen.receipt else ():
            receipts.setdefault((screen.chat, wave), []).append(screen)
    doubts: Mapping[tuple[int, int], int] = {
        (int(row.address), int(row.key)): row.ambiguous for row in tx.execute(text(REPLIES))
    }
    for key in sorted(set(said)):
        _copies(f"receipt {key}", receipts.get(key, []), doubts.get(key, 0), verdict)


SOON = {"soon": "2027-01-01 00:00:00"}
_PART = """
JOIN part ON part.id = item.part_id JOIN occurrence ON part.occurrence_id = occurrence.id
JOIN duty ON occurrence.duty_id = duty.id
"""
TOLD = f"""
SELECT delivery.id, delivery.address, delivery.state, delivery.message_ref, duty.key, item.reminder_id
FROM delivery JOIN delivery_item AS item ON item.delivery_id = delivery.id {_PART}
WHERE delivery.kind = 'digest'
"""  # noqa: S608 - our own words
REPLIES = f"""
SELECT delivery.address, duty.key, max(delivery.ambiguous) AS ambiguous
FROM delivery JOIN delivery_item AS item ON item.delivery_id = delivery.id {_PART}
WHERE delivery.kind = 'say' GROUP BY delivery.address, duty.key
"""  # noqa: S608 - our own words
RECEIVED = """
SELECT contact.address, duty.key FROM timeline JOIN part ON timeline.part_id = part.id
JOIN occurrence ON part.occurrence_id = occurrence.id JOIN duty ON occurrence.duty_id = duty.id
JOIN officer ON officer.unit_id = part.unit_id JOIN contact ON contact.officer_id = officer.id
WHERE timeline.verb = 'receive'
"""
