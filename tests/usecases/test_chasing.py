"""The bureau chases: nudges with a pause between, announcements with a limit, who is out of reach, what waits."""

from dataclasses import replace
from datetime import date

import pytest

from storage import people
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.world import CHAT, World
from usecases import announce
from usecases.acting import Act
from usecases.decisions import decisions
from usecases.enroll import find_officer
from usecases.errors import BadAnnouncement, NobodyToTell, NoSuchDraft, NotAllowed, TooManyAnnouncements
from usecases.extend import ask_extension
from usecases.leave import take_leave
from usecases.nudge import NudgeReport, nudge
from usecases.page_inbox import inbox_page
from usecases.page_part import part_page
from usecases.reasons import told
from usecases.refuse import refuse
from usecases.unreachable import unreachable

PLAN = a_plan(a_duty("1", by("2025-03-31"), roles=ENFORCERS))


def nudged(world: World, *units: str, who: str = "李督办", words: str = "") -> NudgeReport:
    act = Act(world.officer(who), CHAT, words)
    ids = [world.part(unit=unit).id for unit in units]
    with world.desk() as desk:
        return nudge(desk, act, ids)


def test_a_nudge_asks_once_a_day_and_only_who_has_not_reported(world: World) -> None:
    world.take(PLAN)
    world.until("2025-03-04 10:00")
    world.do("刘强", "report", world.part(unit="交通局"))
    report = nudged(world, "教育局", "交通局", words="区里周五要数")
    assert (len(report.nudged), report.people) == (1, 1)
    assert [(one.part.unit, one.why) for one in report.left_alone] == [("交通局", "done")]
    world.beat()
    heard = world.told("张敏")[-1]
    assert heard.text.startswith("催办：办1 任务1")
    assert "司法局 李督办催办：区里周五要数" in heard.text
    (again,) = nudged(world, "教育局").left_alone
    assert (again.why, again.by, again.again_on) == ("too_soon", "李督办", date(2025, 3, 5))
    world.until("2025-03-05 09:00")
    assert len(nudged(world, "教育局").nudged) == 1
    world.beat()
    officer, uid = world.officer("张敏"), world.part().uid
    with world.office.read(world.now) as desk:
        found = told(desk, officer, part_page(desk, officer, uid))
    assert found
    assert found.rung == "nudge2"
    with pytest.raises(NotAllowed):
        nudged(world, "教育局", who="赵局")


def test_the_pause_between_nudges_is_a_setting(quick: World) -> None:
    quick.take(PLAN)
    quick.office = replace(quick.office, nudge_cooldown=0)
    assert [len(nudged(quick, "教育局").nudged) for _ in range(2)] == [1, 1]


def test_an_announcement_is_counted_then_sent_once_and_lies_in_the_web_inbox(world: World) -> None:
    bureau, nobody = world.officer("李督办"), world.officer("张敏")
    with world.desk() as desk:
        people.change_contact(desk.tx, CHAT, nobody.name, state="blocked")
        draft = announce.draft(desk, bureau, "周五下午两点开会", {"to": "category", "name": "执法部门"})
        assert (draft.recipients, draft.state) == (2, "draft")
        assert announce.lying(desk, nobody) == ()
        announce.send(desk, bureau, draft.id)
        with pytest.raises(NoSuchDraft):
            announce.send(desk, bureau, draft.id)
    world.beat()
    assert [(one.who, one.text) for one in world.told(kind="say")] == [("刘强", "通知 · 司法局\n周五下午两点开会")]
    for who, shown in (("张敏", 1), ("刘强", 1), ("赵局", 0)):
        officer = world.officer(who)
        with world.office.read(world.now) as desk:
            assert len(inbox_page(desk, officer).announcements) == shown, who


def test_announcements_have_a_limit_a_reader_and_a_time(quick: World) -> None:
    quick.office = replace(quick.office, announcements_a_day=1)
    bureau, head = quick.officer("李督办"), quick.officer("赵局")
    with quick.desk() as desk:
        first, second = (announce.draft(desk, bureau, text, {"to": "all"}) for text in ("一", "二"))
        announce.send(desk, bureau, first.id)
        with pytest.raises(TooManyAnnouncements):
            announce.send(desk, bureau, second.id)
        with pytest.raises(NotAllowed):
            announce.draft(desk, head, "三", {"to": "all"})
        with pytest.raises(BadAnnouncement):
            announce.draft(desk, bureau, " ", {"to": "all"})
        with pytest.raises(NobodyToTell):
            announce.draft(desk, bureau, "四", {"to": "category", "name": "无"})
    quick.set("2025-03-04 09:00")
    with quick.desk() as desk, pytest.raises(NoSuchDraft):
        announce.send(desk, bureau, second.id)


def out_of_reach(world: World) -> dict[str, str]:
    with world.office.read(world.now) as desk:
        return {one.officer: one.why for one in unreachable(desk)}


def test_who_is_out_of_reach_and_why(world: World) -> None:
    world.until("2025-03-04 09:00")
    world.take(PLAN)
    world.beat()
    assert out_of_reach(world) == {}
    officer, bureau = world.officer("张敏"), world.officer("李督办")
    with world.desk() as desk:
        take_leave(desk, officer, date(2025, 3, 4), date(2025, 3, 5), by=bureau)
    assert out_of_reach(world) == {"张敏": "on_leave"}
    world.until("2025-03-11 10:00")
    assert out_of_reach(world) == {"张敏": "silent", "刘强": "silent"}, "five working days without a receipt"
    world.do("刘强", "receive", world.part(unit="交通局"))
    assert out_of_reach(world) == {"张敏": "silent"}
    with world.desk() as desk:
        people.change_contact(desk.tx, CHAT, officer.name, state="blocked")
    assert out_of_reach(world) == {"张敏": "blocked"}


def test_what_waits_for_the_bureau(world: World) -> None:
    world.take(
        a_plan(*PLAN.duties, a_duty("2", by("2025-03-31")), a_duty("3", by("2025-03-05")), verification="bureau")
    )
    world.do("刘强", "report", world.part(unit="交通局"))
    act = Act(world.officer("张敏"), CHAT, "数据未到")
    first, second = world.part("1"), world.part("2")
    with world.desk() as desk:
        ask_extension(desk, act, first.id, date(2025, 4, 10))
        refuse(desk, act, second.id, to="交通局")
    world.until("2025-03-07 10:00")
    with world.office.read(world.now) as desk:
        found = decisions(desk, find_officer(desk, "李督办"))
    assert [part.unit for part in found.to_verify] == ["交通局"]
    assert [(one.day, one.reason, one.by) for one in found.extensions] == [(date(2025, 4, 10), "数据未到", "张敏")]
    assert [part.item for part in found.refused] == ["2"]
    assert [(late.unit, late.days) for late in found.overdue] == [("教育局", 2)]
    assert found.count == 3
