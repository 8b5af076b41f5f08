"""At the same moment: what two nodes, two colleagues or one nervous finger do to a part is one act after the other."""

from dataclasses import replace

from sqlalchemy import select

from schedules.roster import Roster, RosterOfficer
from storage import tables
from tests.storage.test_engine import together
from tests.usecases.office import ENFORCERS, JUSTICE, a_duty, a_plan, by, half_yearly
from tests.usecases.test_inbox import PLAN, come, press
from tests.usecases.world import World
from usecases import inbox, remind

NODES = 4


def test_a_row_handled_by_several_nodes_has_one_effect(crowded: World) -> None:
    crowded.take(PLAN)
    part = crowded.part("1")
    done: list[bool] = []
    come(crowded, "1", part=part.id)
    with crowded.office.read(crowded.now) as desk:
        row_id = desk.tx.execute(select(tables.inbox.c.id)).scalar_one()
    together(lambda _: done.append(inbox.handle_one(crowded.office, crowded.now, row_id, press)), NODES)
    assert sorted(done) == [False, False, False, True]
    assert crowded.part("1").sequence == 1


def test_a_hundred_presses_are_one_act(crowded: World) -> None:
    crowded.take(PLAN)
    part = crowded.part("1")
    repeated: list[bool] = []

    def hammer(_: int) -> None:
        repeated.extend(crowded.do("张敏", "receive", part).repeated for _ in range(25))

    together(hammer, NODES)
    assert sorted(repeated) == [False, *[True] * 99]
    assert crowded.part("1").sequence == 1


def test_counts_reported_at_once_all_count(crowded: World) -> None:
    """Each would read "0 of 20" and write "1 of 20" if the part were not held."""
    crowded.take(a_plan(a_duty("1", half_yearly(20))))
    part = crowded.part(due="2025-06-30")

    def count(_: int) -> None:
        for _ in range(5):
            crowded.do("张敏", "report", part)

    together(count, NODES)
    counted = crowded.part(due="2025-06-30")
    assert counted.counted == 20
    assert counted.state == "reported"


def both_report(world: World) -> None:
    theirs = [("张敏", world.part("1")), ("刘强", world.part("1", "交通局"))]

    def report(n: int) -> None:
        who, part = theirs[n]
        world.do(who, "report", part)

    together(report, len(theirs))


LED = {"lead": ("司法局",), "responsible": ("教育局", "交通局")}


def test_the_last_two_of_a_joint_duty_report_at_once(crowded: World) -> None:
    """Each would still see the other missing, and the lead would never hear that all are in."""
    crowded.enroll(Roster("示例", units=(replace(JUSTICE, officers=(*JUSTICE.officers, RosterOfficer("钱牵"))),)))
    crowded.take(a_plan(a_duty("1", by("2025-06-27"), roles=LED)))
    both_report(crowded)
    crowded.beat()
    assert len([heard for heard in crowded.told("钱牵", kind="say") if "已报齐" in heard.text]) == 1


def test_two_report_at_once_where_one_is_enough(crowded: World) -> None:
    """Each would let the other off, and PostgreSQL would end one of the two transactions."""
    crowded.take(a_plan(replace(a_duty("1", by("2025-06-27"), roles=ENFORCERS), any_one=True)))
    both_report(crowded)
    assert sorted(part.state for part in (crowded.part("1"), crowded.part("1", "交通局"))) == ["reported", "waived"]


def test_several_nodes_hand_over_each_reminder_once(crowded: World) -> None:
    """All wake at 09:00. What one is handing over the others leave alone, so nobody gets two messages."""
    crowded.take(a_plan(*(a_duty(str(n), by("2025-06-27"), roles=ENFORCERS) for n in range(1, 9))))

    def node(_: int) -> None:
        with crowded.desk() as desk:
            remind.hand_over(desk)

    together(node, NODES)
    crowded.beat()
    assert sorted((m.who, len(m.rungs)) for m in crowded.told()) == [("刘强", 8), ("张敏", 8)]
