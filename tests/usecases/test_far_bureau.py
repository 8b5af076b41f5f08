"""A district's bureau hears of its own units' acts only, and does nothing that binds every unit."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from schedules.roster import Roster, RosterOfficer, RosterUnit
from storage.engine import Store
from storage.rows import Officer
from tests.storage.stores import memory_kept, memory_store
from tests.usecases.office import ROADS, SCHOOLS, a_duty, a_plan, by
from tests.usecases.world import World
from usecases import drafts, roster_lists
from usecases.enroll import find_officer
from usecases.errors import NotAllowed
from usecases.office import Desk
from usecases.page_health import health_page
from usecases.pause import pause
from usecases.roster_lists import ReadList
from usecases.switch_plan import plan_of, switch

__all__ = ["memory_kept", "memory_store"]


def bureau(name: str, above: str, who: str) -> RosterUnit:
    return RosterUnit(name, parent=above, categories=("督办",), officers=(RosterOfficer(who, "bureau"),))


CITY = Roster(
    "某市",
    units=(
        RosterUnit("某市"),
        RosterUnit("东区", parent="某市"),
        RosterUnit("西区", parent="某市"),
        bureau("市司法局", "某市", "市督办"),
        bureau("东区司法局", "东区", "东督办"),
        bureau("西区司法局", "西区", "西督办"),
        replace(SCHOOLS, parent="东区"),
        replace(ROADS, parent="某市"),
    ),
)
BINDING: dict[str, Callable[[Desk, Officer], object]] = {
    "read a plan": lambda desk, who: drafts.start(desk, who, a_plan(key=""), file="方案.docx"),
    "switch a plan": lambda desk, who: switch(desk, plan_of(desk, "p"), who, on=False),
    "pause": lambda desk, who: pause(desk, who, desk.today, "理由"),
    "see the state": health_page,
}


@pytest.fixture
def world(memory_store: Store) -> World:
    made = World(memory_store, "2025-03-03 10:00", roster=CITY)
    made.take(a_plan(a_duty("1", by("2025-03-31")), verification="bureau"))
    return made


def test_only_the_nearest_bureau_is_asked(world: World) -> None:
    world.do("张敏", "report", world.part(), "已办")
    world.beat()
    assert {heard.who for heard in world.told(kind="say")} == {"东督办"}


def test_a_notice_that_waits_is_not_said_to_whom_the_unit_is_out_of_reach_by_then(world: World) -> None:
    world.set("2025-03-03 20:00")
    world.do("张敏", "report", world.part(), "已办")
    moved = bureau("东区司法局", "西区", "东督办")
    world.enroll(
        replace(CITY, units=tuple(moved if one.name == moved.name else one for one in CITY.units)), chats=False
    )
    world.until("2025-03-04 12:00")
    assert world.told(kind="say") == []


@pytest.mark.parametrize("deed", BINDING)
def test_what_binds_every_unit_is_for_those_who_reach_every_unit(world: World, deed: str) -> None:
    for name in ("东督办", "张敏"):
        with world.desk() as desk, pytest.raises(NotAllowed):
            BINDING[deed](desk, find_officer(desk, name))
    with world.desk() as desk:
        BINDING[deed](desk, find_officer(desk, "市督办"))


def test_a_list_of_people_is_taken_in_by_those_who_reach_every_unit(world: World) -> None:
    read = ReadList(Roster(units=(RosterUnit("教育局", officers=(RosterOfficer("新人"),)),)))
    with pytest.raises(NotAllowed):
        roster_lists.rehearse(world.office, world.now, world.officer("东督办"), read)
    assert roster_lists.rehearse(world.office, world.now, world.officer("市督办"), read).changes
