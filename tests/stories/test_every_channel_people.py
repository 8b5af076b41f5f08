"""Through every chat and the web inbox, from one text: leave and deputy, a new officer, strangers."""

from dataclasses import replace

from schedules.roster import RosterOfficer
from tests.rigs.cast import ROSTER, SCHOOLS, a_duty, a_plan, by
from tests.rigs.rig import Rig

PLAN = a_plan(a_duty("1", "集中宣誓", by("2026-12-04")), a_duty("2", "年度案卷评查", by("2026-12-18")))


async def test_leave_and_deputy(rig: Rig) -> None:
    async with rig.begin("2026-11-27 08:00", PLAN, "张敏", "王副") as (officer, deputy):
        await rig.at("2026-11-27 09:00")
        await officer.sees("集中宣誓", "还有 5 个工作日")
        officer.says("请假 11月30日到12月4日 由王副代")
        await officer.sees("已登记请假", "王副")
        async with rig.silent(officer):
            await rig.at("2026-12-01 09:00")
        await deputy.is_reminded("集中宣誓", "还有 3 个工作日")
        deputy.says("办1 已宣誓 附签到表")
        await deputy.sees("已记录", "集中宣誓")
        assert rig.town.part("集中宣誓").reported_name == "王副"

        await rig.at("2026-12-04 15:00")
        officer.says("销假")
        await officer.sees("已销假")
        async with rig.silent(deputy):
            await rig.at("2026-12-15 09:00")
        await officer.sees("年度案卷评查", "还有 3 个工作日")


async def test_an_officer_changes(rig: Rig) -> None:
    """The newcomer hears of what is open, with its codes; whoever left is a stranger and is told nothing."""
    async with rig.begin("2026-11-18 08:00", PLAN, "张敏") as (leaver,):
        await rig.at("2026-11-18 09:00")
        leaver.says("收1 2")
        await leaver.sees("已签收 2 件")
        newcomer = replace(SCHOOLS, officers=(RosterOfficer("孙新"), *SCHOOLS.officers[1:]))
        rig.town.enroll(replace(ROSTER, units=(newcomer,)))
        await rig.settled()
        new = await rig.joined("孙新")
        new.says("清单")
        await new.sees("集中宣誓", "12月4日")
        new.says("办1 已宣誓")
        await new.sees("已记录", "集中宣誓")
        part = rig.town.part("集中宣誓")
        assert (part.received_name, part.reported_name) == ("张敏", "孙新")

        leaver.says("办2 我来报")
        await leaver.is_shown_the_door()
        async with rig.silent(leaver):
            await rig.at("2026-12-17 09:00")
        assert rig.town.part().state == "received"
        await new.sees("年度案卷评查", "还有 1 个工作日")


async def test_a_group_of_strangers(rig: Rig) -> None:
    """Whatever they type: they are told of nobody and nothing, and nothing is done."""
    async with rig.begin("2026-11-18 08:00", PLAN, "张敏") as (officer,):
        await rig.at("2026-11-18 09:00")
        before = rig.town.part()
        async with rig.silent(officer):
            for name in ("路人甲", "路人乙", "路人丙"):
                stranger = rig.person(name)
                for n, words in enumerate(("办2 已评查", "清单", "销号 教育局 2", "张敏是谁", "绑定 ABCD-EFGH")):
                    stranger.says(words)
                    await stranger.is_shown_the_door(but=n)
                for secret in ("年度案卷评查", "教育局", "王芳", "12月"):
                    stranger.never_saw(secret)
        assert rig.town.part() == before
