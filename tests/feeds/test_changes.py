"""What a feed makes of answers, days going by and revised plans: the revision rises with the data, and only with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from plans import library
from schedules.plan import Plan
from schedules.timing import Every, Period
from storage import parts, people
from tests.feeds.house import BUREAU, House
from tests.feeds.strict import Component
from usecases.answer import Act, receive, report, return_, undo
from usecases.extend import ask_extension, grant
from usecases.import_plan import import_plan
from usecases.refuse import refuse
from usecases.reroute import reroute


def revision(entry: Component) -> tuple[int, str]:
    assert entry["DTSTAMP"] == entry["LAST-MODIFIED"]
    return int(entry["SEQUENCE"]), entry["LAST-MODIFIED"]


def reviews(**changes: Any) -> Callable[[Plan], Plan]:  # noqa: ANN401 - fields of any type
    """The plan with its case-file review changed."""

    def changed(plan: Plan) -> Plan:
        duties = (replace(d, **changes) if d.title == "年度案卷评查" else d for d in plan.duties)
        return replace(plan, duties=tuple(duties))

    return changed


def test_done_shows_after_the_report_and_goes_with_the_undo(house: House) -> None:
    path = house.subscribe()
    act, part_id, uid = house.first_part()
    before = house.entries(path)
    seen = [(before[uid].text("SUMMARY"), *revision(before[uid]))]
    for verb in (receive, report, undo):
        house.clock.advance(minutes=3)
        house.do(lambda desk, verb=verb: verb(desk, act, part_id))  # type: ignore[misc]  # mypy sees no default's type
        entry = house.entries(path)[uid]
        seen.append((entry.text("SUMMARY"), *revision(entry)))
    assert seen == [
        ("办1 年度案卷评查", 0, "20261120T010000Z"),
        ("办1 年度案卷评查", 1, "20261120T010300Z"),
        ("✅ 办1 年度案卷评查", 2, "20261120T010600Z"),
        ("办1 年度案卷评查", 3, "20261120T010900Z"),
    ]
    after = house.entries(path)
    assert [uid for uid in before if before[uid] != after[uid]] == [uid], "the others stay as they were"


def test_a_second_report_changes_nothing(house: House) -> None:
    path = f"{house.subscribe()}.ics"
    act, part_id, _ = house.first_part()
    house.do(lambda desk: report(desk, act, part_id))
    tag = house.get(path).headers["etag"]
    house.clock.advance(minutes=1)
    assert house.do(lambda desk: report(desk, act, part_id)).repeated
    assert house.get(path, If_None_Match=tag).status_code == 304


def test_report_ends_the_304_and_a_return_takes_the_mark_away(house: House) -> None:
    path = house.subscribe()
    tag = house.get(f"{path}.ics").headers["etag"]
    act, part_id, uid = house.first_part()
    house.do(lambda desk: report(desk, act, part_id))
    assert house.get(f"{path}.ics", If_None_Match=tag).status_code == 200
    bureau = Act(house.officer(BUREAU), "web", "缺签到表")
    house.do(lambda desk: return_(desk, bureau, part_id))
    entry = house.entries(path)[uid]
    assert (entry["CATEGORIES"], entry.text("SUMMARY")) == ("退回", "办1 年度案卷评查")
    assert "缺签到表" not in entry.text("DESCRIPTION")


def test_days_going_by_change_the_mark_but_no_revision(house: House) -> None:
    path = house.subscribe()
    _, _, uid = house.first_part()
    fresh = house.entries(path)[uid]
    house.clock.advance(days=11)  # 1 December: due was 30 November
    overdue = house.entries(path)[uid]
    assert overdue.text("SUMMARY") == "❗ 办1 年度案卷评查"
    assert (overdue["CATEGORIES"], revision(overdue)) == ("未签收,逾期", revision(fresh))


def revise(house: House, change: Callable[[Plan], Plan] = lambda plan: plan) -> None:
    """Import the sample again an hour later, changed."""
    house.clock.advance(hours=1)
    plan = library.load("three-duties").plan
    assert plan is not None
    house.do(lambda desk: import_plan(desk, change(plan)))


def test_importing_the_same_again_changes_no_byte(house: House) -> None:
    path = f"{house.subscribe()}.ics"
    tag = house.get(path).headers["etag"]
    revise(house)
    assert house.get(path, If_None_Match=tag).status_code == 304


def test_a_dropped_duty_is_cancelled_before_it_vanishes(house: House) -> None:
    path = house.subscribe()
    _, _, uid = house.first_part()
    before = house.entries(path)
    revise(house, lambda plan: replace(plan, duties=tuple(d for d in plan.duties if d.title != "年度案卷评查")))
    after = house.entries(path)
    assert (after[uid]["STATUS"], after[uid].text("SUMMARY")) == ("CANCELLED", "(已取消) 办1 年度案卷评查")
    assert revision(after[uid]) == (1, "20261120T020000Z")
    house.clock.advance(days=30)
    assert uid in house.entries(path)
    house.clock.advance(days=1)
    assert uid not in house.entries(path)
    assert before.keys() == after.keys()


def test_new_words_for_a_duty_keep_its_uid_and_raise_its_revision(house: House) -> None:
    path = house.subscribe()
    _, _, uid = house.first_part()
    before = house.entries(path)
    revise(house, reviews(title="年度行政执法案卷评查"))
    after = house.entries(path)
    assert before.keys() == after.keys()
    assert after[uid].text("SUMMARY") == "办1 年度行政执法案卷评查"
    assert revision(after[uid]) > revision(before[uid])
    assert [u for u in before if "案卷" not in before[u].text("SUMMARY") and before[u] != after[u]] == []


def test_another_rule_cancels_the_old_day_and_sets_the_new_one(house: House) -> None:
    path = house.subscribe()
    _, _, uid = house.first_part()
    before = house.entries(path)
    revise(house, reviews(due=(Every(Period.YEAR, month=12, day=20),)))
    after = house.entries(path)
    new = sorted(entry["DTSTART"] for found, entry in after.items() if found not in before)
    assert (after[uid]["STATUS"], after[uid]["DTSTART"], new) == ("CANCELLED", "20261130", ["20261220", "20271220"])


def test_an_announced_holiday_that_moves_a_date_moves_the_event(house: House) -> None:
    """The same occurrence on another day: calendars must see one event that moved, not a second one."""
    path = house.subscribe()
    _, part_id, uid = house.first_part()
    moved_to, now = date(2026, 12, 1), house.clock.now()
    house.do(lambda desk: parts.change_part(desk.tx, part_id, due=moved_to, changed_at=now))
    entry = house.entries(path)[uid]
    assert (entry["DTSTART"], entry["DTEND"], entry["SEQUENCE"]) == ("20261201", "20261202", "1")


def test_what_goes_to_another_unit_is_cancelled_here_and_stands_there(house: House) -> None:
    here, everywhere = house.subscribe(), house.subscribe(BUREAU, "bureau")
    act, part_id, uid = house.first_part()
    before = house.entries(here)[uid]
    there_before = set(house.entries(everywhere))
    house.do(lambda desk: refuse(desk, replace(act, words="不归我局"), part_id))
    taken = {p.unit_id for p in house.do(lambda desk: parts.all_parts(desk.tx)) if p.title == "年度案卷评查"}
    other = next(u for u in house.do(lambda desk: people.units(desk.tx)) if u.id not in taken)
    bureau = Act(house.officer(BUREAU), "web", "请该单位办理")
    house.do(lambda desk: reroute(desk, bureau, part_id, other.id))
    after = house.entries(here)[uid]
    assert (after.text("STATUS"), before.text("STATUS")) == ("CANCELLED", "CONFIRMED")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    (new,) = set(house.entries(everywhere)) - there_before
    entry = house.entries(everywhere)[new]
    assert (entry.text("STATUS"), entry["DTSTART"]) == ("CONFIRMED", before["DTSTART"])


def test_an_extended_date_moves_the_same_entry(house: House) -> None:
    path = house.subscribe()
    act, part_id, uid = house.first_part()
    before = house.entries(path)[uid]
    house.do(lambda desk: ask_extension(desk, replace(act, words="材料未齐"), part_id, date(2027, 3, 31)))
    assert house.entries(path)[uid]["DTSTART"] == before["DTSTART"], "asked is not granted"
    bureau = Act(house.officer(BUREAU), "web")
    house.do(lambda desk: grant(desk, bureau, part_id))
    after = house.entries(path)[uid]
    assert (after["DTSTART"], after["DTEND"]) == ("20270331", "20270401")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
