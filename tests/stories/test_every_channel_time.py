"""Through every chat and the web inbox, from one text: overdue around National Day, and three days of downtime."""

from tests.rigs.cast import a_duty, a_plan, by
from tests.rigs.rig import Rig


async def test_overdue_around_national_day(rig: Rig) -> None:
    """Due on the eve. 1 to 7 October are off, Saturday the 10th is worked: the first, fourth and ninth working day.

    Chats say 已过期, pages 逾期: “期 n 个工作日” is in both.
    """
    plan = a_plan(a_duty("1", "年度报告", by("2026-09-30")))
    async with rig.begin("2026-09-01 08:00", plan, "张敏", "赵局", "王芳") as (officer, head, bureau):
        await rig.at("2026-09-01 09:00")
        await officer.sees("年度报告", "9月30日")
        for day, left in (("16", 10), ("23", 4), ("29", 1)):
            await rig.at(f"2026-09-{day} 09:00")
            await officer.sees("年度报告", f"还有 {left} 个工作日")
        await rig.at("2026-09-30 09:00")
        await officer.sees("年度报告", "今天到期")
        async with rig.silent(officer, head):
            for day in ("01", "04", "07"):
                await rig.at(f"2026-10-{day} 09:00")

        await rig.at("2026-10-08 09:00")
        await officer.sees("年度报告", "期 1 个工作日")
        async with rig.silent(officer, head):
            for day in ("09", "10", "11"):
                await rig.at(f"2026-10-{day} 09:00")
        await rig.at("2026-10-12 09:00")
        await head.is_reminded("年度报告", "期 4 个工作日")
        bureau.never_saw("年度报告", "教育局")
        await rig.at("2026-10-14 09:00")
        await officer.sees("年度报告", "期 6 个工作日")
        await rig.at("2026-10-16 17:00")
        bureau.never_saw("年度报告", "教育局")
        await rig.at("2026-10-19 09:00")
        await bureau.is_reminded("年度报告", "教育局")
        await head.is_reminded("年度报告", "期 9 个工作日")

        officer.says("办1 红政报〔2026〕9号")
        await officer.sees("已记录", "报结")
        bureau.says("销号 教育局 1")
        await bureau.sees("已销号", "年度报告")
        await officer.sees("已销号")
        async with rig.silent(officer, head):
            await rig.at("2026-10-21 09:00")
            await rig.at("2026-10-28 09:00")
    assert rig.town.part("年度报告").state == "verified"


async def test_three_days_of_downtime(rig: Rig) -> None:
    """Down from Tuesday to Friday: what was missed comes once, of each duty the latest only; then all goes on."""
    oath, review, report = [
        a_duty(key, title, by(f"2026-{day}"))
        for key, title, day in (("1", "集中宣誓", "11-19"), ("2", "年度案卷评查", "11-20"), ("3", "年度报告", "12-31"))
    ]
    async with rig.begin("2026-11-17 08:00", a_plan(oath, review, report), "张敏") as (officer,):
        await rig.at("2026-11-17 09:00")
        await officer.sees("年度案卷评查", "还有 3 个工作日")
    await rig.renew()
    rig.town.set("2026-11-20 10:23")
    async with rig.running():
        await rig.settled()
        await officer.sees("集中宣誓", "期 1 个工作日")
        await officer.sees("年度案卷评查", "今天到期")
        await officer.is_told_late()
        async with rig.silent(officer):
            await rig.at("2026-11-20 15:00")
        officer.says("办1 停机时已办")
        await officer.sees("已记录", "集中宣誓")
        officer.says("办2 已评查")
        await officer.sees("已记录", "年度案卷评查")
        await rig.at("2026-12-01 09:00")
        await officer.sees("年度报告", "还有")
