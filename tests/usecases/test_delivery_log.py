"""The delivery log and the timeline's export on both databases: outcomes, filters, and whose messages one sees."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from schedules.roster import Roster, RosterOfficer, RosterUnit
from storage import deliveries, group_chats
from storage.engine import Store
from tests.usecases.office import ENFORCERS, ROSTER, a_duty, a_plan, by
from tests.usecases.world import World
from texts.csv_lines import csv_lines
from usecases.delivery_log import Asked, Entry, delivery_log
from usecases.errors import NotAllowed, UnknownUnit
from usecases.timeline_export import Asked as Acts
from usecases.timeline_export import known, timeline_export

EAST = (
    RosterUnit("东区"),
    RosterUnit("东区司法局", parent="东区", categories=("督办",), officers=(RosterOfficer("孙督办", "bureau"),)),
    RosterUnit("东区教育局", parent="东区", categories=("执法部门",), officers=(RosterOfficer("钱东"),)),
)
PLAN = a_plan(a_duty("7", by("2025-03-14"), roles=ENFORCERS, title="案卷评查"))


@pytest.fixture
def office(store: Store) -> World:
    """A city and its eastern district. Not audited: messages are put into it whose reminders nobody planned."""
    world = World(store, "2025-03-03 09:00", roster=Roster("示例", units=(*ROSTER.units, *EAST)))
    world.take(PLAN)
    return world


def put(world: World, who: str, *units: str, **values: Any) -> int:  # noqa: ANN401 - columns
    row = {"channel": "chat", "address": who, "kind": "digest", "body": {}, "at": world.now, "created_at": world.now}
    items = [(world.part("7", unit).id, None) for unit in units]
    officer = world.officer(who).id if who else None
    with world.desk() as desk:
        return deliveries.add(desk.tx, items, **{"officer_id": officer} | row | values)


def seen(world: World, reader: str = "李督办", **asked: Any) -> dict[int, Entry]:  # noqa: ANN401 - the fields of Asked
    officer = world.officer(reader)
    with world.office.read(world.now) as desk:
        return {entry.row.id: entry for entry in delivery_log(desk, officer, Asked(**asked)).entries}


OUTCOMES: Mapping[str, dict[str, Any]] = {
    "sent": {"state": "sent", "attempt": 1},
    "unconfirmed": {"state": "sent", "channel": "notify"},
    "repeat": {"state": "sent", "ambiguous": 1},
    "due": {},
    "again": {"attempt": 1},
    "sending": {"state": "sending", "attempt": 1},
    "unknown": {"attempt": 1, "ambiguous": 1},
    "dead": {"state": "dead"},
    "superseded": {"state": "superseded"},
}


def test_every_outcome_is_told_and_found(office: World) -> None:
    made = {put(office, "张敏", "教育局", **values): outcome for outcome, values in OUTCOMES.items()}
    assert {number: entry.row.outcome for number, entry in seen(office).items()} == made
    for number, outcome in made.items():
        assert list(seen(office, outcome=outcome)) == [number]


def test_the_newest_is_first_and_a_page_begins_where_the_last_ended(office: World) -> None:
    first, second = (put(office, "张敏", "教育局") for _ in range(2))
    assert list(seen(office)) == [second, first]
    assert list(seen(office, before=second)) == [first]


def test_filters(office: World) -> None:
    school, road = put(office, "张敏", "教育局"), put(office, "刘强", "交通局", channel="mail")
    late = put(office, "刘强", at=office.now + timedelta(days=1))
    code = office.part("7", "教育局").code
    assert set(seen(office, unit="教育局")) == {school}
    assert set(seen(office, who="刘")) == {road, late}
    assert set(seen(office, channel="mail")) == {road}
    assert set(seen(office, first=date(2025, 3, 4))) == {late}
    assert set(seen(office, last=date(2025, 3, 3))) == {school, road}
    assert school in seen(office, find=f"办{code}")
    for words in ("7", "案卷"):
        assert set(seen(office, find=words)) == {school, road}
    for words in ("%", "没有", "办999"):
        assert seen(office, find=words) == {}


def test_a_group_is_its_units(office: World) -> None:
    unit, by_whom = office.unit_id("交通局"), office.officer("刘强").id
    with office.desk() as desk:
        group_chats.bind(desk.tx, unit_id=unit, channel="chat", address="g", bound_by=by_whom, now=desk.now)
    number = put(office, "", "交通局", address="g")
    assert [(entry.row.unit, entry.row.who) for entry in seen(office, unit="交通局").values()] == [("交通局", "")]
    assert number not in seen(office, unit="教育局")


def test_a_district_sees_its_own_and_names_no_part_of_others(office: World) -> None:
    put(office, "张敏", "教育局")
    mine = put(office, "钱东", "东区教育局")
    both = put(office, "孙督办", "教育局", "东区教育局")
    found = seen(office, "孙督办")
    assert set(found) == {mine, both}
    assert [item.unit_id for item in found[both].about] == [office.unit_id("东区教育局")]
    assert found[both].others == 1
    assert seen(office, "孙督办", unit="教育局") == {}
    assert len(seen(office, "周审计")) == 3
    for who in ("张敏", "赵局"):
        with pytest.raises(NotAllowed):
            seen(office, who)


def acts(world: World, who: str = "", **asked: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - the fields of Asked
    officer = world.officer(who) if who else None
    with world.office.read(world.now) as desk:
        piece = timeline_export(desk, officer, Acts(**asked), "jsonl", "zh")
    lines = [json.loads(line) for line in piece.data.splitlines()]
    assert len(lines) == piece.acts
    return lines


def test_the_timeline_says_who_for_whom_what_and_in_which_words(office: World) -> None:
    office.do("李督办", "report", office.part("7"), "综执发〔2025〕8号", on_behalf_of="张敏")
    office.do("钱东", "report", office.part("7", "东区教育局"), "已办")
    act = acts(office, unit="教育局", plan_key="p")[-1]
    assert act["at_utc"] == "2025-03-03T01:00:00+00:00"
    assert act["at_local"] == "2025-03-03T09:00:00+08:00"
    names = ("who", "on_behalf_of", "verb", "item", "title", "unit", "words")
    said = ["李督办", "张敏", "report", "7", "案卷评查", "教育局", "综执发〔2025〕8号"]
    assert [act[name] for name in names] == said
    assert {one["verb"] for one in acts(office)} >= {"import", "bind", "report"}
    assert acts(office, first=date(2025, 3, 4)) == acts(office, plan_key="x") == acts(office, unit="x") == []
    assert {one["unit"] for one in acts(office, "孙督办")} <= {"东区", "东区司法局", "东区教育局"}
    assert [one["words"] for one in acts(office, "孙督办", plan_key="p")] == ["已办"]
    with pytest.raises(NotAllowed):
        acts(office, "张敏")
    with office.office.read(office.now) as desk, pytest.raises(UnknownUnit):
        known(desk, Acts(unit="x"))


@pytest.mark.parametrize("lead", "=+-@＝＋－＠")
def test_no_cell_is_a_formula(lead: str) -> None:
    assert csv_lines([[f"{lead}1", 'a"b']]).decode() == f'"\'{lead}1","a""b"\r\n'
