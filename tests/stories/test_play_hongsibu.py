"""The plan of Hongsibu played through 2024 with the shipped roster: the right dates, people, days and hours, once each.

Everybody answers promptly, so what is sent after an answer would show.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from plans import library
from schedules.fanout import Member, share_out
from schedules.plan import Plan
from schedules.roster import Roster
from storage.engine import open_store
from tests.stories.hongsibu_2024 import DUE_2024
from tests.usecases.office import office_on
from usecases.office import Office
from usecases.play import Play, play

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
SOME_WEEKS = date(2024, 1, 25)
NEAR = ("d7", "d3", "d1", "d0")
ROOT = Path(__file__).parents[2]
PLAY_THERE = f"""
import json
from datetime import date
from plans import library
from storage.engine import open_store
from tests.usecases.office import office_on
from usecases.play import play
plans, roster = [library.load("hongsibu").plan], library.load_roster().roster
played = play(office_on(open_store("sqlite://")), plans, roster, {FIRST!r}, {SOME_WEEKS!r})
print(json.dumps(played.as_data(), ensure_ascii=False))
""".replace("datetime.date(", "date(")


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    store = open_store("sqlite://")
    yield office_on(store)
    store.close()


@pytest.fixture(scope="module")
def plan() -> Plan:
    found = library.load("hongsibu").plan
    assert found is not None
    return found


@pytest.fixture(scope="module")
def roster() -> Roster:
    found = library.load_roster().roster
    assert found is not None
    return found


@pytest.fixture(scope="module")
def played(office: Office, plan: Plan, roster: Roster) -> Play:
    return play(office, [plan], roster, FIRST, LAST, answers="prompt")


def test_exactly_these_dates_fall_due(played: Play) -> None:
    assert sorted((item, day.isoformat()) for item, day, _ in played.due) == sorted(DUE_2024)
    assert {stage for *_, stage in played.due} == {""}


def test_the_gold_file_says_the_same(shared: Path) -> None:
    """The labels' own dates for 2024; a yearly one on 29 February stands for the last day of the month."""
    gold = (shared / "plans" / "gold" / "hongsibu-2023.jsonl").read_text(encoding="utf-8").splitlines()
    found = [(duty["item"], day) for duty in map(json.loads, gold) for due in duty["due"] for day in _in_2024(due)]
    assert sorted(found) == sorted(DUE_2024)


def _in_2024(due: dict[str, str | int]) -> list[str]:
    if due["type"] == "by":
        return [str(due["date"])] if str(due["date"]).startswith("2024") else []
    assert due["type"] == "yearly"
    return [f"2024-{due['month']:02}-{due['day']:02}"]


def test_every_name_in_the_plan_stands_for_a_unit_of_the_roster(played: Play) -> None:
    (report,) = played.imports
    assert report.unresolved == ()
    assert (report.first, report.past) == (True, 0)


def test_each_duty_reaches_exactly_the_units_it_names(played: Play, plan: Plan, roster: Roster) -> None:
    """The roster is resolved here a second time, apart from any database."""
    members = [Member(n, unit.name, unit.short, frozenset(unit.categories)) for n, unit in enumerate(roster.units)]
    told: dict[str, set[str]] = {}
    for reminder in played.reminders:
        told.setdefault(reminder.item, set()).add(reminder.unit)
    for duty in plan.duties:
        if duty.item in {item for item, _ in DUE_2024}:
            share = share_out(duty.roles, groups=plan.groups, aliases=plan.aliases, roster=members)
            assert told[duty.item] == {roster.units[n].name for n in share.units}, duty.item


def test_no_reminder_leaves_on_a_day_off_or_outside_office_hours(played: Play, office: Office) -> None:
    hours = office.hours
    wrong = [
        reminder.at.isoformat()
        for reminder in played.reminders
        if not office.calendar.is_workday(reminder.at.date())
        or not hours.opens <= reminder.at.time() < hours.closes
        or reminder.at.utcoffset() != timedelta(hours=8)
    ]
    assert wrong == []


def test_none_is_sent_twice_and_each_person_hears_once_at_a_time(played: Play) -> None:
    reminders = Counter((r.item, r.due, r.unit, r.officer, r.rung) for r in played.reminders)
    assert [key for key, count in reminders.items() if count > 1] == []
    messages = Counter((message.at, message.unit, message.officer) for message in played.messages)
    assert [key for key, count in messages.items() if count > 1] == []


def test_none_is_sent_after_its_part_was_reported(played: Play) -> None:
    """Everybody reports an hour after the first near reminder: it is the last one about that part."""
    last: dict[tuple[str, date, str], str] = {}
    for reminder in played.reminders:
        part = (reminder.item, reminder.due, reminder.unit)
        assert last.get(part) not in NEAR, f"{part} was reminded of after it was reported"
        last[part] = reminder.rung
    assert {rung for (_, due, _), rung in last.items() if due <= LAST} <= set(NEAR)


def test_nobody_is_chased_when_everybody_answers(played: Play) -> None:
    assert [reminder for reminder in played.reminders if reminder.rung.startswith("w")] == []


def test_far_rungs_are_left_out_once_received(played: Play) -> None:
    """`assigned` is answered with a receipt, so of those parts neither d30 nor d14 comes."""
    received = {(r.item, r.due, r.unit) for r in played.reminders if r.rung == "assigned"}
    far = {(r.item, r.due, r.unit) for r in played.reminders if r.rung in {"d30", "d14"}}
    assert received & far == set()


def test_the_numbers_agree_with_the_lists(played: Play) -> None:
    data = played.as_data()
    assert data["counts"]["due"] == len(DUE_2024) == len(data["due"])
    assert data["counts"]["reminders"] == len(data["reminders"]) > 0
    assert data["counts"]["messages"] == len(played.messages)
    order = [(entry["at"]) for entry in data["reminders"]]
    assert order == sorted(order)


def test_the_same_play_gives_the_same_bytes_in_another_process(office: Office, plan: Plan, roster: Roster) -> None:
    """Another process orders sets and dictionaries of strings in another way; some weeks are enough to show it."""
    here = json.dumps(play(office, [plan], roster, FIRST, SOME_WEEKS).as_data(), ensure_ascii=False)
    again = json.dumps(play(office, [plan], roster, FIRST, SOME_WEEKS).as_data(), ensure_ascii=False)
    ordered = {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    there = subprocess.run(
        [sys.executable, "-c", PLAY_THERE], env=os.environ | ordered, cwd=ROOT, capture_output=True, check=True
    )
    assert here == again
    assert here == there.stdout.decode().strip()
    assert len(here) > 10_000


def test_where_nobody_answers_overdue_parts_are_chased_to_head_and_bureau(
    office: Office, plan: Plan, roster: Roster
) -> None:
    """Due on 31 January 2024: Sunday 4 February is worked, so 督办单 is due on the 5th; Sunday the 18th too: 通报."""
    quiet = play(office, [plan], roster, FIRST, date(2024, 2, 20))
    chased = {r.rung: r.at.date() for r in quiet.reminders if r.due == date(2024, 1, 31) and r.rung.startswith("w")}
    weekly = {"w6": date(2024, 2, 7), "w11": date(2024, 2, 20)}
    assert chased == {"w1": date(2024, 2, 1), "w4": date(2024, 2, 5), "w9": date(2024, 2, 18), **weekly}
