"""Who hears it when whom it was meant for does not: the deputy, the head, a delegate; and nobody during a pause."""

from datetime import date

from tests.usecases.office import ONLY_SCHOOLS, a_duty, a_plan, by
from tests.usecases.world import CHAT, World
from usecases.acting import Act
from usecases.delegate import delegate
from usecases.leave import take_leave
from usecases.page_inbox import inbox_page
from usecases.page_part import part_page
from usecases.pause import pause
from usecases.reasons import steps, told

PLAN = a_plan(a_duty("1", by("2025-03-14"), roles=ONLY_SCHOOLS))


def away(world: World, deputy: str, who: str = "张敏") -> None:
    officer = world.officer(who)
    stands_in = world.officer(deputy).id if deputy else None
    with world.desk() as desk:
        take_leave(desk, officer, date(2025, 3, 6), date(2025, 3, 12), deputy_id=stands_in, by=officer)


def lies(world: World, who: str) -> list[str]:
    officer = world.officer(who)
    with world.office.read(world.now) as desk:
        return [card.part.item for card in inbox_page(desk, officer).cards]


def heard(world: World, who: str) -> list[str]:
    return [one.at.strftime("%m-%d") for one in world.told(who)]


def test_during_a_leave_the_deputy_hears_it_and_finds_it_in_the_web_inbox(world: World) -> None:
    world.take(PLAN)
    away(world, "王副")
    assert lies(world, "王副") == []
    world.until("2025-03-13 18:00")
    assert heard(world, "王副") == ["03-07", "03-11"]
    assert heard(world, "张敏") == ["03-03", "03-13"]
    assert "张敏请假，由您代收。" in world.told("王副")[0].text
    assert lies(world, "王副") == [], "she is back"
    world.set("2025-03-12 10:00")
    assert lies(world, "王副") == ["1"]


def test_without_a_deputy_the_head_hears_it(world: World) -> None:
    world.take(PLAN)
    away(world, "")
    world.until("2025-03-12 18:00")
    assert heard(world, "赵局") == ["03-07", "03-11"]
    assert lies(world, "赵局") == ["1"]


def test_a_deputy_who_is_away_too_leaves_it_to_the_head_or_the_officer(world: World) -> None:
    world.take(PLAN)
    away(world, "王副")
    away(world, "", who="王副")
    world.until("2025-03-07 18:00")
    assert (heard(world, "王副"), heard(world, "赵局")) == ([], ["03-07"])


def test_what_was_handed_to_a_colleague_is_the_colleagues(world: World) -> None:
    world.take(PLAN)
    world.until("2025-03-04 10:00")
    officer, colleague, part = world.officer("张敏"), world.officer("王副"), world.part()
    with world.desk() as desk:
        delegate(desk, Act(officer, CHAT, ""), part.id, colleague.id)
    assert lies(world, "王副") == ["1"], "what lay in her inbox lies in his"
    world.until("2025-03-07 18:00")
    assert (heard(world, "张敏"), heard(world, "王副")) == (["03-03"], ["03-07"])
    assert lies(world, "王副") == ["1"]


def test_news_of_a_part_goes_where_its_reminders_would_and_to_who_reported(world: World) -> None:
    world.take(a_plan(*PLAN.duties, verification="bureau"))
    away(world, "王副")
    world.until("2025-03-07 10:00")
    world.do("王副", "report", world.part())
    world.until("2025-03-13 10:00")
    world.do("李督办", "return", world.part(), "缺附件")
    world.beat()
    assert [one.who for one in world.told(kind="say") if one.text.startswith("退回")] == ["张敏", "王副"]


def test_what_is_closed_at_one_moment_is_one_message(world: World) -> None:
    world.take(a_plan(*PLAN.duties, a_duty("2", by("2025-03-14")), verification="bureau"))
    for item in ("1", "2"):
        world.do("张敏", "report", world.part(item))
    for item in ("1", "2"):
        world.do("李督办", "verify", world.part(item))
    world.beat()
    closed = [one.text for one in world.told("张敏", kind="say") if "已销号" in one.text]
    assert closed == ["已销号 2 件：办1 任务1、办2 任务2"]


def test_a_pause_holds_back_and_says_so_afterwards(world: World) -> None:
    world.take(PLAN)
    world.beat()
    bureau = world.officer("李督办")
    with world.desk() as desk:
        pause(desk, bureau, date(2025, 3, 10), "停电检修")
    world.until("2025-03-11 18:00")
    assert heard(world, "张敏") == ["03-03", "03-11"]
    first = world.told("张敏")[-1].text.splitlines()[0]
    assert "现补发" in first or "3月14日" in first


def why(world: World, who: str) -> tuple[str, ...]:
    officer, uid = world.officer(who), world.part().uid
    with world.office.read(world.now) as desk:
        page = part_page(desk, officer, uid)
        found, coming = told(desk, officer, page), steps(desk, page.coming)
    assert found
    ahead = [f"{one.day:%m-%d} {one.rung} {one.audience}" for one in coming]
    return found.rung, found.instead_of, " ".join(found.others), *ahead[:3]


def test_why_names_for_whom_it_was_who_else_and_the_next_three_steps(world: World) -> None:
    world.take(PLAN)
    away(world, "王副")
    world.until("2025-03-07 10:00")
    assert why(world, "王副") == ("d7", "张敏", "", "03-11 d3 officer", "03-13 d1 officer", "03-14 d0 officer")
    assert why(world, "张敏")[:3] == ("assigned", "", "")
    world.until("2025-03-20 10:00")
    assert why(world, "赵局") == ("w4", "", "", "03-24 w6 officer", "03-27 w9 bureau", "03-31 w11 officer")
    world.until("2025-03-27 10:00")
    assert why(world, "赵局")[:3] == ("w9", "", "李督办"), "a copy names who else got it"
