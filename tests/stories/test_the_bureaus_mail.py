"""The bureau's mornings and Mondays: a list only when there is something in it, a report with a picture once a week."""

from dataclasses import replace

from tests.stories.telling import Teller
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.world import Heard, World


def mail(world: World) -> list[Heard]:
    return world.told("李督办", kind="report")


def days(world: World) -> list[tuple[str, str]]:
    return [(heard.at.strftime("%m-%d %H:%M"), heard.text.splitlines()[0]) for heard in mail(world)]


def test_a_morning_list_comes_when_something_waits_and_not_otherwise(teller: Teller) -> None:
    world = teller.begin("2026-09-01 08:00")
    world.take(replace(a_plan(a_duty("1", by("2026-09-29"), roles=ENFORCERS)), verification="bureau"))
    world.until("2026-09-02 18:00")
    assert mail(world) == [], "nothing to decide"
    world.do("张敏", "report", world.part())
    world.until("2026-09-03 18:00")
    assert days(world) == [("09-03 09:00", "今天请您定 1 件：待销号 1")]
    world.do("李督办", "verify", world.part())
    world.until("2026-09-04 18:00")
    assert len(mail(world)) == 1, "it is decided"


def test_the_day_before_a_letter_leaves_the_bureau_is_told(teller: Teller) -> None:
    world = teller.begin("2026-09-01 08:00")
    world.take(a_plan(a_duty("1", by("2026-09-30"))))
    world.until("2026-10-10 18:00")
    saturday = [heard for heard in mail(world) if heard.at.strftime("%m-%d") == "10-10"]
    assert ["10月12日(周一) 将发：督办单 1，可先看、可暂缓。" in heard.text for heard in saturday] == [True]
    assert "逾期 1 家：教育局 3 个工作日" in saturday[0].text


def test_the_report_of_the_week_comes_on_its_first_working_day(teller: Teller) -> None:
    """After National Day that is Thursday the 8th; the week after, Monday the 12th."""
    world = teller.begin("2026-09-28 08:00")
    world.take(a_plan(a_duty("1", by("2026-09-30"), roles=ENFORCERS)))
    world.do("刘强", "report", world.part(unit="交通局"))
    world.until("2026-10-13 18:00")
    reports = [heard for heard in mail(world) if heard.text.startswith("周报")]
    assert [heard.at.strftime("%m-%d") for heard in reports] == ["09-28", "10-08", "10-12"]
    assert reports[1].text.splitlines() == [
        "周报 9月28日(周一) 至 10月4日(周日)",
        "按时率 50%，已到期或已办结 2 件",
        "逾期 1 · 未签收 0 · 已签收 0 · 待销号 0",
        "逾期 1 家：教育局 1 件",
    ]
