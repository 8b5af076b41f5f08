"""A whole duty's life told in typed words alone, as people type on a phone: no button, no page."""

from storage import timeline
from storage.rows import TimelineRow
from tests.stories.telling import Teller, says
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.world import World


def history(world: World, unit: str) -> list[TimelineRow]:
    part_id = world.part(unit=unit).id
    with world.office.read(world.now) as desk:
        return timeline.of_part(desk.tx, part_id)


def verbs(world: World, unit: str) -> list[str]:
    return [row.verb for row in history(world, unit)]


def test_asked_declined_refused_moved_returned_reported_for_somebody_and_closed(teller: Teller) -> None:
    world = teller.begin("2025-03-03 08:00")
    world.take(a_plan(a_duty("1", by("2025-03-14"), title="案卷评查"), verification="bureau"))
    world.until("2025-03-03 09:30")

    assert "已签收：办1 案卷评查" in says(world, "张敏", "收1")
    assert "请回复新的日期和原因" in says(world, "张敏", "延1")
    assert "不晚于现期限" in says(world, "张敏", "3月10日 材料未齐"), "no later than it is due"
    assert "由 3月14日(周五) 延至 3月28日(周五)" in says(world, "张敏", "到3月28日")
    assert "延期申请：教育局 办1 案卷评查" in says(world, "李督办", "待定")
    assert "请回复不同意延期的原因" in says(world, "李督办", "教育局1 不同意延期")
    assert "未同意延期：教育局 办1" in says(world, "李督办", "时间够用")
    world.until("2025-03-03 10:00")
    assert "延期未获同意" in world.told("张敏", kind="say")[-1].text

    assert "请回复不归本单位的原因" in says(world, "张敏", "1不归我们管")
    assert "还没有改动" in says(world, "张敏", "好的")
    assert "不属本单位" in says(world, "张敏", "道路案卷应由交通局办")
    assert "不是我们：教育局 办1" in says(world, "李督办", "今天要定的")
    assert "现由交通局办理" in says(world, "李督办", "转办 教育局 1 交通局")
    world.until("2025-03-04 09:30")
    assert "案卷评查" in "".join(heard.text for heard in world.told() if heard.who == "刘强")

    assert "待司法局销号" in says(world, "刘强", "己办1交法〔2025〕3号")
    assert "请回复退回原因：交通局" in says(world, "李督办", "退回 交通局 1")
    assert "已退回：交通局 办1" in says(world, "李督办", "缺签到表")
    assert "是报结“办1 案卷评查”吗？" in says(world, "刘强", "办1 签到表还没补"), "asked, not done"
    assert "待司法局销号" in says(world, "李督办", "代刘强 办1 补签到表 交法〔2025〕3号")
    assert "已销号：交通局 办1" in says(world, "李督办", "交通局1销号")

    assert world.part(unit="教育局").state == "waived"
    assert world.part(unit="交通局").state == "verified"
    assert verbs(world, "教育局") == ["receive", "extend", "decline", "refuse", "reroute"]
    assert verbs(world, "交通局")[-4:] == ["report", "return", "report", "verify"]
    behalf = [row for row in history(world, "交通局") if row.verb == "report"][-1]
    assert behalf.officer_id == world.officer("李督办").id
    assert behalf.on_behalf_of == world.officer("刘强").id


def test_granted_until_another_day_and_skipped_for_all(teller: Teller) -> None:
    world = teller.begin("2025-03-03 08:00")
    world.take(a_plan(a_duty("1", by("2025-03-14"), title="案卷评查", roles=ENFORCERS)))
    world.until("2025-03-03 09:30")
    assert "是把“办1 案卷评查”申请延期到 3月17日(周一) 吗？" in says(world, "张敏", "延1 3天 材料未齐")
    assert "已申请" in says(world, "张敏", "是的")
    assert "期限改为 3月20日(周四)" in says(world, "李督办", "同意延 教育局 1 到3月20日")
    assert "已撤销" in says(world, "李督办", "撤销")
    assert "期限改为 3月17日(周一)" in says(world, "李督办", "同意延教育局1")
    assert "2 个单位都不再办理" in says(world, "李督办", "跳过 教育局 1 今年不开展")
    assert "已免办 2 件" in says(world, "李督办", "确认")
    assert {part.state for unit in ("教育局", "交通局") for part in world.parts(unit)} == {"waived"}
    assert "已重开：教育局 办1" in says(world, "李督办", "重开 教育局 1 还是要做")
    assert "已记录：办1" in says(world, "王副", "案卷评查做完了") + says(world, "王副", "对")
