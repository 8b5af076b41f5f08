"""A revised plan in the middle of the year: answers stay, who is affected is told, what is dropped is let go."""

from dataclasses import replace

from tests.stories.telling import Teller, diary, says
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by

STUDY = a_duty("1", by("2025-06-27"), title="组织学习")
REVIEW = a_duty("2", by("2025-09-26"), roles=ENFORCERS, title="案卷评查")
REPORT = a_duty("3", by("2025-12-26"), title="年度报告")


def test_from_import_to_revision(teller: Teller) -> None:
    world = teller.begin("2025-03-03 08:00")
    world.take(a_plan(STUDY, REVIEW, REPORT))
    world.until("2025-03-03 10:00")
    assert "报结" in says(world, "张敏", "办1 已完成学习")
    assert "签收" in says(world, "张敏", "收2 3")

    world.until("2025-05-12 10:00")
    new = a_duty("2", by("2025-08-29"), title="专项检查")
    later = replace(REVIEW, key="3", item="3", due=(by("2025-10-24"),))
    report = world.take(a_plan(STUDY, new, later))
    assert [title for _, title in report.unchanged] == ["组织学习"]
    assert report.added == (("2", "专项检查"),)
    assert report.changed == (("3", "案卷评查"),), "another number and date, and still itself"
    assert report.dropped == (("3", "年度报告"),)

    world.until("2025-05-12 18:00")
    parts = {(part.title, part.due.isoformat()): part.state for part in world.parts()}
    assert parts == {
        ("组织学习", "2025-06-27"): "reported",
        ("案卷评查", "2025-09-26"): "waived",
        ("年度报告", "2025-12-26"): "waived",
        ("专项检查", "2025-08-29"): "open",
        ("案卷评查", "2025-10-24"): "open",
    }
    assert diary(world, "张敏", since="2025-05-12") == [("05-12 10:00", ["2 assigned", "3 assigned"])]
    dropped = [heard.text for heard in world.told("张敏", kind="say")]
    assert any("年度报告" in text for text in dropped), "whoever was told of it is told that it is off"

    listed = says(world, "张敏", "清单")
    assert "专项检查" in listed
    assert "年度报告" not in listed
    world.until("2026-02-01 10:00")
    assert {rung.split()[0] for _, rungs in diary(world, "张敏", since="2025-05-13") for rung in rungs} == {"2", "3"}
    assert all("年度报告" not in heard.text for heard in world.told("李督办"))
