"""Through every chat and the web inbox, from one text: closed in time, sent back, given more time, a quota.

Real channels and real libraries, fakes only at the services; `tests/rigs` has the town and the people.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from schedules.timing import Every, Period
from tests.rigs.cast import a_duty, a_plan, by
from tests.rigs.people import Person
from tests.rigs.rig import Rig

EDITS = frozenset({"telegram", "dingtalk", "feishu"})
"""Chats that change a message whenever Ruqi wants; WeCom only one that was pressed just now."""
REVIEW = a_plan(a_duty("1", "年度案卷评查", by("2026-12-18")))


@asynccontextmanager
async def told(rig: Rig) -> AsyncIterator[tuple[Person, Person]]:
    """张敏 and her bureau are known; on a working day at nine she is told of her duty."""
    async with rig.begin("2026-11-18 08:00", REVIEW, "张敏", "王芳") as (officer, bureau):
        await rig.at("2026-11-18 09:00")
        await officer.sees("年度案卷评查", "12月18日")
        yield officer, bureau


async def test_an_ordinary_duty(rig: Rig) -> None:
    async with told(rig) as (officer, bureau):
        officer.presses("签收")
        await officer.is_told("已签收")
        assert rig.town.part().state == "received"

        officer.says("办1 红司发〔2026〕5号")
        await officer.sees("已记录", "报结")
        assert (rig.town.part().state, rig.town.part().note) == ("reported", "红司发〔2026〕5号")

        officer.says("撤销")
        await officer.sees("已撤销")
        assert rig.town.part().state == "received"

        officer.says("办1 红司发〔2026〕5号，附签到表")
        await officer.sees("已记录", "报结", but=1)
        bureau.says("销号 教育局 1")
        await bureau.sees("已销号", "年度案卷评查")
        await officer.sees("已销号")
        async with rig.silent(officer):
            for day in ("2026-12-15", "2026-12-17", "2026-12-18"):
                await rig.at(f"{day} 09:00")
    assert rig.town.part().state == "verified"


async def test_a_returned_report(rig: Rig) -> None:
    async with told(rig) as (officer, bureau):
        officer.says("办1 已评查")
        await officer.sees("已记录", "报结")
        notice = await bureau.sees("已报结", "年度案卷评查") if rig.channel in EDITS else None
        bureau.says("退回 教育局 1 缺签到表")
        await bureau.sees("退回", "年度案卷评查")
        if notice:
            decided = await bureau.sees("已退回", "王芳", "缺签到表")
            assert (decided.ref, decided.labels) == (notice.ref, ()), "the notice itself says who decided"
        await officer.sees("缺签到表")
        assert rig.town.part().state == "received"

        officer.says("办1 已补签到表")
        await officer.sees("已记录", "报结", but=1)
        bureau.says("销号 教育局 1")
        await officer.sees("已销号")
    assert rig.town.part().state == "verified"
    assert rig.town.part().due.isoformat() == "2026-12-18"


async def test_an_extension(rig: Rig) -> None:
    """Declined with a reason, asked again, granted until another day than the one asked for."""
    async with told(rig) as (officer, bureau):
        officer.says("延1 12月31日 等上级通知")
        await officer.sees("已申请", "12月31日")
        bureau.says("待定")
        await bureau.sees("延期申请", "教育局", "12月31日")
        bureau.says("不同意延期 教育局 1 时间够用")
        await bureau.sees("未同意延期", "教育局")
        await officer.sees("时间够用")

        officer.says("延1 12月30日 市里要求一并报送")
        await officer.sees("已申请", "12月30日")
        bureau.says("同意延期 教育局 1 到12月25日")
        await bureau.sees("已同意延期", "12月25日", "12月18日")
        await officer.sees("12月25日", "12月18日")
        await rig.at("2026-12-17 09:00")
        officer.never_saw("还有 1 个工作日")
        await rig.at("2026-12-24 09:00")
        await officer.sees("年度案卷评查", "还有 1 个工作日", "原定")
        officer.says("办1 已评查")
        await officer.sees("已记录", "报结")
    part = rig.town.part()
    assert (part.due.isoformat(), part.rule_day.isoformat()) == ("2026-12-25", "2026-12-18")


async def test_a_quota_per_half_year(rig: Rig) -> None:
    plan = a_plan(a_duty("1", "监督检查", Every(Period.HALF, min_count=2)))
    async with rig.begin("2026-11-18 08:00", plan, "张敏") as (officer,):
        await rig.at("2026-11-18 09:00")
        await officer.sees("监督检查", "12月31日")
        officer.says("办1 一季度检查 法督〔2026〕2号")
        await officer.sees("1/2", "还差 1")
        assert rig.town.part("监督检查").state == "received"
        await rig.at("2026-12-24 09:00")
        await officer.sees("监督检查", "1/2", "还有")
        officer.says("办1 二季度检查")
        await officer.sees("已记录", "报结")
        async with rig.silent(officer):
            await rig.at("2026-12-31 09:00")
    assert rig.town.part("监督检查").state == "reported"
