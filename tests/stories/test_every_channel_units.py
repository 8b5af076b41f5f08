"""Through every chat and the web inbox, from one text: five units with one duty, “not ours”, an event that moves."""

from schedules.timing import Event
from tests.rigs.cast import OTHERS, a_duty, a_plan, by
from tests.rigs.rig import Rig

HEARING = "听证会召开之日"


async def test_a_joint_duty(rig: Rig) -> None:
    """One leads, four have their parts; the lead is told who is missing, and when nobody is."""
    duty = a_duty("1", "年度报告", by("2026-12-18"), lead="教育局", units=tuple(OTHERS))
    async with rig.begin("2026-11-18 08:00", a_plan(duty), "张敏", "王芳") as (lead, bureau):
        others = {unit: await rig.joined(who) for unit, who in OTHERS.items()}
        await rig.at("2026-11-18 09:00")
        lead.says("办1 已汇总")
        await lead.sees("还差 4 个单位")
        for n, (unit, officer) in enumerate(others.items(), 1):
            await officer.sees("年度报告", "12月18日")
            officer.says("办1 材料已报")
            await officer.sees("已记录", "报结")
            if n == 3:
                lead.says("办1 已汇总")
                await lead.sees("还差 1 个单位", "卫健局")
                assert rig.town.part("年度报告", "教育局").state == "open", unit
        await lead.is_all_in("年度报告")
        lead.says("办1 已汇总")
        await lead.sees("已记录", "报结")
        for unit in ("教育局", *OTHERS):
            bureau.says(f"销号 {unit} 1")
            await bureau.sees("已销号", unit, "年度报告")
    assert {rig.town.part("年度报告", unit).state for unit in ("教育局", *OTHERS)} == {"verified"}


async def test_not_ours(rig: Rig) -> None:
    plan = a_plan(a_duty("1", "河道执法检查", by("2026-12-18")))
    async with rig.begin("2026-11-18 08:00", plan, "张敏", "李娜", "王芳") as (officer, owner, bureau):
        await rig.at("2026-11-18 09:00")
        await officer.sees("河道执法检查")
        owner.never_saw("河道执法检查")
        officer.says("1 不归我们 应由水务局办")
        await officer.sees("不属本单位", "河道执法检查")
        bureau.says("待定")
        await bureau.sees("不是我们", "教育局", "河道执法检查")
        bureau.says("转办 教育局 1 水务局")
        await bureau.sees("已转办", "水务局")
        await rig.settled()
        await officer.sees("已转", "水务局")
        await owner.sees("河道执法检查", "教育局转来")
        async with rig.silent(officer):
            await rig.at("2026-12-17 09:00")
        owner.says("办1 已检查 水执〔2026〕8号")
        await owner.sees("已记录", "报结")
        bureau.says("销号 水务局 1")
        await bureau.sees("已销号", "水务局")
    assert rig.town.part("河道执法检查", "教育局").state == "waived"
    assert rig.town.part("河道执法检查", "水务局").state == "verified"


async def test_an_event_that_moves(rig: Rig) -> None:
    """Nothing is due until the bureau registers the hearing; put off, the chain follows; called off, it ends."""
    notice, report = (
        a_duty("1", "发布听证公告", Event(HEARING, 0)),
        a_duty("2", "报送听证报告", Event(HEARING, 5, "working")),
    )
    async with rig.begin("2026-11-18 08:00", a_plan(notice, report), "张敏", "王芳") as (officer, bureau):
        await rig.at("2026-11-18 09:00")
        officer.never_saw("听证")
        bureau.says(f"登记 {HEARING} 2026年12月1日")
        await bureau.sees("已登记", HEARING)
        await rig.settled()
        await officer.sees("报送听证报告", "12月8日")
        officer.says("办1 已公告")
        await officer.sees("已记录", "发布听证公告")
        bureau.says("销号 教育局 1")
        await bureau.sees("已销号", "发布听证公告")

        bureau.says(f"改期 {HEARING} 2026年12月3日")
        await bureau.sees("已改期", "12月3日")
        await officer.sees("报送听证报告", "12月10日")
        assert rig.town.part("发布听证公告").due.isoformat() == "2026-12-01", "what is closed keeps its date"
        bureau.says(f"取消登记 {HEARING}")
        await bureau.sees("取消登记", "吗")
        bureau.says("是")
        await bureau.sees("已取消登记", HEARING)
        async with rig.silent(officer):
            await rig.at("2026-12-09 09:00")
    assert rig.town.part("报送听证报告").state == "waived"
