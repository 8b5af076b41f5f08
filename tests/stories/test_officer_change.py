"""An officer changes: whoever left is silent, the newcomer hears of what is open once, and the history keeps both."""

from dataclasses import replace

import pytest

from schedules.roster import RosterOfficer
from tests.stories.telling import Teller, diary, says
from tests.usecases.office import JUSTICE, ROADS, ROSTER, SCHOOLS, a_duty, a_plan, by
from tests.usecases.world import World
from usecases import enroll
from usecases.acting import Act
from usecases.answer import report
from usecases.errors import NotAllowed

PLAN = a_plan(a_duty("1", by("2025-03-31"), title="案卷评查"), a_duty("2", by("2025-06-30"), title="半年总结"))
NEWCOMER = replace(SCHOOLS, officers=(RosterOfficer("孙新"), *SCHOOLS.officers[1:]))


def change(world: World) -> None:
    """The roster names 孙新 instead of 张敏."""
    with world.desk() as desk:
        enroll.load_roster(desk, replace(ROSTER, units=(JUSTICE, NEWCOMER, ROADS)))
        code = enroll.invite(desk, enroll.find_officer(desk, "孙新"))
        enroll.bind(desk, code, "chat", "孙新")


def test_the_newcomer_takes_over(teller: Teller) -> None:
    world = teller.begin("2025-03-03 08:00")
    world.take(PLAN)
    world.until("2025-03-03 09:30")
    leaver = world.officer("张敏")
    world.do("张敏", "receive", world.part("1"))
    code = world.part("1").code

    world.until("2025-03-20 10:00")
    change(world)
    world.until("2025-03-20 10:10")
    assert diary(world, "孙新") == [("03-20 10:00", ["1 assigned", "2 assigned"])]
    assert "报结" in says(world, "孙新", f"办{code} 已评查"), "the codes are the unit's and stay"
    world.until("2025-06-30 10:00")
    assert [at for at, _ in diary(world, "张敏", since="2025-03-20")] == []
    assert diary(world, "孙新")[-1] == ("06-30 09:00", ["2 d0"])
    part = world.part("1")
    assert (part.received_name, part.reported_name) == ("张敏", "孙新")

    assert "邀请码" in says(world, "张敏", "清单"), "whoever left is a stranger"
    second = world.part("2").id
    with pytest.raises(NotAllowed), world.desk() as desk:
        report(desk, Act(replace(leaver, active=False), "chat"), second)
