"""Asking to join: what a request may do before it is approved (nothing), who decides, how often, and until when."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from schedules.roster import Roster, RosterOfficer, RosterUnit
from storage import deliveries, joinings, people
from storage.rows import DeliveryRow, Joining, Officer
from storage.tables import timeline
from tests.usecases.office import ROSTER, a_duty, a_plan, by
from tests.usecases.world import World
from usecases import ask_to_join as asking
from usecases import enroll, joining, remind
from usecases.acting import Act
from usecases.admit import (
    Admitted,
    JoiningBound,
    JoiningNeedsUnit,
    JoiningTaken,
    NoSuchJoining,
    admit,
    turn_away,
)
from usecases.ask_on_page import ask_on_page
from usecases.ask_to_join import JoiningOff, JoiningUnclear, JoinsTooOften, ask_to_join
from usecases.errors import NotAllowed, NotYours, ReasonMissing

CHANNEL, STRANGER = "telegram", "9001"
PLAN = a_plan(a_duty("1", by("2025-06-27")))
Decide = Callable[..., Admitted]


@pytest.fixture
def town(world: World) -> World:
    world.office = replace(world.office, join_requests=True)
    return world


def asks(world: World, unit: str = "教育局", name: str = "钱新", address: str = STRANGER) -> Joining:
    with world.desk() as desk:
        return ask_to_join(desk, channel=CHANNEL, address=address, unit_said=unit, name=name)[0]


def decides(  # noqa: PLR0917 who decides what about which request, as it is said
    world: World, who: str, verb: Decide, asked: Joining, unit: str = "", words: str = ""
) -> Admitted:
    unit_id = world.unit_id(unit) if unit else None
    act = Act(world.officer(who), "telegram", words)
    with world.desk() as desk:
        return verb(desk, act, asked.id) if unit_id is None else verb(desk, act, asked.id, unit_id)


def bound(world: World, address: str = STRANGER) -> Officer | None:
    with world.office.read(world.now) as desk:
        return enroll.who(desk, CHANNEL, address)


def heard(world: World, address: str = STRANGER) -> list[str]:
    with world.office.read(world.now) as desk:
        found = (deliveries.by_id(desk.tx, n) for n in range(1, 80))
        return [_text(row) for row in found if row and (row.channel, row.address) == (CHANNEL, address)]


def _text(row: DeliveryRow) -> str:
    return "\n".join(row.body["message"]["lines"])


def test_nothing_is_bound_before_it_is_approved_and_then_reminders_come(town: World) -> None:
    town.take(PLAN)
    asked = asks(town)
    assert bound(town) is None
    assert town.told("李督办", kind="say") == []
    town.beat()
    assert "申请加入：教育局 钱新" in town.told("李督办", kind="say")[0].text
    done = decides(town, "李督办", admit, asked)
    person = bound(town)
    assert person is not None
    assert done == Admitted(asked, "教育局", officer_id=person.id)
    assert (person.name, person.role, person.unit_id) == ("钱新", "officer", town.unit_id("教育局"))
    assert "现在是教育局联络员" in heard(town)[0]
    town.until("2025-06-27 10:00")
    assert town.reminders(town.part(), state="handed")
    with town.office.read(town.now) as desk:
        verbs = [
            row.verb
            for row in desk.tx.execute(select(timeline).order_by(timeline.c.id))
            if row.verb.startswith(("join", "bind"))
        ]
    assert verbs[-3:] == ["join_asked", "join_approved", "bind"]


def test_it_is_off_by_default_and_then_nothing_is_written(world: World) -> None:
    with pytest.raises(JoiningOff):
        asks(world)
    with world.office.read(world.now) as desk:
        assert joinings.waiting(desk.tx) == []


@pytest.mark.parametrize(("unit", "name"), [("", "钱新"), ("教育局", ""), ("教" * 61, "钱新"), ("教育局", "钱" * 31)])
def test_a_unit_and_a_name_are_needed(town: World, unit: str, name: str) -> None:
    with pytest.raises(JoiningUnclear):
        asks(town, unit, name)


def test_one_request_at_a_time_and_three_in_a_month(town: World) -> None:
    first = asks(town)
    assert asks(town, "交通局", "别人") == first, "the first one waits; the second is not written"
    for turn in range(3):
        decides(town, "李督办", turn_away, asks(town) if turn else first, words="不认识")
    with pytest.raises(JoinsTooOften):
        asks(town)
    assert asks(town, address="9002").id != first.id, "another chat is another chat"


def test_no_more_than_so_many_wait_in_the_whole_office(town: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_WAITING", 2)
    for address in ("1", "2"):
        asks(town, address=address)
    with pytest.raises(JoiningOff):
        asks(town, address="3")


def test_a_decline_needs_a_reason_and_is_told(town: World) -> None:
    asked = asks(town)
    with pytest.raises(ReasonMissing):
        decides(town, "李督办", turn_away, asked)
    decides(town, "李督办", turn_away, asked, words="名册里没有您")
    assert "原因：名册里没有您" in heard(town)[0]
    assert bound(town) is None
    assert decides(town, "李督办", admit, asked).repeated, "decided once"
    assert bound(town) is None


def test_a_unit_that_is_none_of_ours_has_to_be_chosen(town: World) -> None:
    asked = asks(town, "教育局办公室")
    with pytest.raises(JoiningNeedsUnit):
        decides(town, "李督办", admit, asked)
    assert decides(town, "李督办", admit, asked, "教育局").unit == "教育局"


def test_who_the_roster_has_already_gets_the_chat_and_no_second_row(town: World) -> None:
    asked = asks(town, name="张敏")
    assert decides(town, "李督办", admit, asked).known
    person = bound(town)
    assert person == town.officer("张敏")


def test_somebody_who_left_comes_back_as_themselves(town: World) -> None:
    left = town.officer("张敏")
    with town.desk() as desk:
        people.change_officer(desk.tx, left.id, active=False)
    decides(town, "李督办", admit, asks(town, name="张敏"))
    person = bound(town)
    assert person is not None
    assert person.id == left.id


def test_nobody_becomes_a_head_or_the_bureau_by_a_request(town: World) -> None:
    for unit, name in (("教育局", "赵局"), ("司法局", "李督办"), ("司法局", "吴管理")):
        asked = asks(town, unit, name, address=name)
        with pytest.raises(JoiningTaken):
            decides(town, "李督办", admit, asked)
        assert bound(town, name) is None


def test_a_chat_that_was_bound_meanwhile_stays_whose_it_is(town: World) -> None:
    asked, person = asks(town), town.officer("刘强")
    with town.desk() as desk:
        enroll.bind(desk, enroll.invite(desk, person), CHANNEL, STRANGER)
    with pytest.raises(JoiningBound):
        decides(town, "李督办", admit, asked)
    assert bound(town) == person


def test_the_head_of_the_unit_decides_too_and_nobody_else(town: World) -> None:
    asked = asks(town)
    for who in ("张敏", "王副", "周审计", "吴管理", "刘强"):
        for verb in (admit, turn_away):
            with pytest.raises(NotAllowed):
                decides(town, who, verb, asked, words="理由")
    other = asks(town, "交通局", address="9002")
    with pytest.raises(NoSuchJoining):
        decides(town, "赵局", admit, other)
    with pytest.raises(NotYours):
        decides(town, "赵局", admit, asked, "交通局")
    assert decides(town, "赵局", admit, asked).unit == "教育局"
    with pytest.raises(NoSuchJoining):
        decides(town, "李督办", admit, replace(asked, id=987654))


def test_it_lapses_after_five_working_days_and_that_is_told(town: World) -> None:
    town.set("2025-03-03 10:00")
    asked = asks(town)
    lapsed = {}
    for day in (10, 11):
        town.set(f"2025-03-{day} 09:00")
        with town.desk() as desk:
            remind.roll(desk)
            found = joinings.by_id(desk.tx, asked.id)
            assert found is not None
            lapsed[day] = found.state
    assert lapsed == {10: "asked", 11: "lapsed"}
    assert "已失效" in heard(town)[0]
    assert decides(town, "李督办", admit, asked).repeated
    assert bound(town) is None


EAST = Roster(
    "市",
    units=(
        *ROSTER.units,
        RosterUnit("某市", officers=(RosterOfficer("钱市", "bureau"),)),
        RosterUnit("东区", parent="某市"),
        RosterUnit("东区司法局", parent="东区", officers=(RosterOfficer("东督", "bureau"),)),
        RosterUnit("东区教育局", parent="东区"),
        RosterUnit("西区", parent="某市"),
        RosterUnit("西区司法局", parent="西区", officers=(RosterOfficer("西督", "bureau"),)),
    ),
)


def test_a_request_goes_to_the_nearest_bureau_and_no_other_district_sees_it(town: World) -> None:
    town.enroll(EAST, chats=False)
    asked, nowhere = asks(town, "东区教育局"), asks(town, "不知道什么局", address="9002")
    with town.office.read(town.now) as desk:
        told = {one.name for one in joining.deciders(desk, asked)}
        lost = {one.name for one in joining.deciders(desk, nowhere)}
        seen = {
            who: len(joining.waiting_for(desk, enroll.find_officer(desk, who)))
            for who in ("东督", "西督", "钱市", "李督办", "张敏")
        }
    assert (told, lost) == ({"东督"}, {"钱市", "李督办"})
    assert seen == {"东督": 1, "西督": 0, "钱市": 2, "李督办": 2, "张敏": 0}
    with pytest.raises(NoSuchJoining):
        decides(town, "西督", admit, asked)
    with pytest.raises(NotYours):
        decides(town, "东督", admit, asked, "西区")
    assert decides(town, "东督", admit, asked).unit == "东区教育局"


def test_one_from_the_page_lapses_like_any_other_and_nothing_is_sent(town: World) -> None:
    town.set("2025-03-03 10:00")
    with town.desk() as desk:
        ask_on_page(desk, unit_said="教育局", name="钱新", reach="0951-5098112")
    town.set("2025-03-11 09:00")
    with town.desk() as desk:
        remind.roll(desk)
        assert joinings.waiting(desk.tx) == []
        found = (deliveries.by_id(desk.tx, n) for n in range(1, 80))
        assert [row for row in found if row and row.channel == "web"] == []
