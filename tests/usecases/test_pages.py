"""Pages: what lies in an inbox, a part in full, and the bureau's ledger; each to whom it belongs."""

from typing import Any

import pytest

from storage import inbox
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by, half_yearly
from tests.usecases.world import World
from usecases.errors import NoSuchPart, NotAllowed
from usecases.page_inbox import InboxPage, inbox_page
from usecases.page_ledger import Asked, Ledger, ledger
from usecases.page_part import PartPage, part_page

PLAN = a_plan(a_duty("1", by("2025-03-14"), roles=ENFORCERS), a_duty("2", by("2025-06-27")), a_duty("3", half_yearly()))


def inbox_of(world: World, who: str = "张敏") -> InboxPage:
    officer = world.officer(who)
    with world.office.read(world.now) as desk:
        return inbox_page(desk, officer)


def page_of(world: World, uid: str, who: str = "张敏") -> PartPage:
    officer = world.officer(who)
    with world.office.read(world.now) as desk:
        return part_page(desk, officer, uid)


def ledger_of(world: World, who: str = "李督办", **picked: Any) -> Ledger:  # noqa: ANN401 - the fields of Asked
    officer = world.officer(who)
    with world.office.read(world.now) as desk:
        return ledger(desk, officer, Asked(**picked))


def test_the_inbox_shows_what_lies_there_before_anything_was_sent(world: World) -> None:
    """On a Sunday night too: office hours hold back what would buzz a phone, not this."""
    world.set("2025-03-02 23:00")
    world.take(PLAN)
    page = inbox_of(world)
    assert [(card.part.item, card.rungs) for card in page.cards] == [
        ("1", ("assigned",)),
        ("2", ("assigned",)),
        ("3", ("assigned",)),
    ]
    assert page.upcoming == 1, "the year's second half comes later"
    assert world.told() == []


def test_a_card_stays_one_card_and_gathers_its_rungs(world: World) -> None:
    world.take(PLAN)
    world.until("2025-03-11 10:00")
    card = inbox_of(world).cards[0]
    assert (card.part.item, card.rungs) == ("1", ("assigned", "d7", "d3"))


def test_a_reported_part_moves_to_the_settled_ones_with_its_way_back_and_goes_after_a_week(world: World) -> None:
    world.take(PLAN)
    world.beat()
    world.do("张敏", "report", world.part("1"))
    page = inbox_of(world)
    assert [card.part.item for card in page.cards] == ["2", "3"]
    (done,) = page.settled
    assert done.part.item == "1"
    assert done.undo_until is not None
    world.set("2025-03-10 08:59")
    assert [card.undo_until for card in inbox_of(world).settled] == [None]
    world.set("2025-03-10 09:00")
    assert inbox_of(world).settled == ()


def test_the_way_back_is_offered_only_where_it_is_open(world: World) -> None:
    world.take(PLAN)
    world.beat()
    world.do("张敏", "receive", world.part("1"))
    world.do("王副", "report", world.part("1"))
    assert [card.undo_until for card in inbox_of(world).settled] == [None]
    assert inbox_of(world, "王副").settled[0].undo_until is not None


def test_a_head_and_the_bureau_find_what_was_addressed_to_them(world: World) -> None:
    world.take(PLAN)
    world.set("2025-03-27 10:00")
    world.beat()
    assert [(card.part.item, card.rungs) for card in inbox_of(world, "赵局").cards] == [("1", ("w4",))]
    assert {card.part.unit for card in inbox_of(world, "李督办").cards} == {"教育局", "交通局"}
    assert inbox_of(world, "王副").cards == ()


def test_the_talk_of_the_web_is_one_s_own(world: World) -> None:
    officer = world.officer("张敏")
    with world.desk() as desk:
        for account in (f"web:{officer.id}", "web:999"):
            inbox.take_in(desk.tx, channel="web", account=account, source_id="1", payload={}, now=world.now)
    assert [row.account for row in inbox_of(world).talk] == [f"web:{officer.id}"]


def test_a_part_in_full_tells_its_history_and_what_comes(world: World) -> None:
    world.take(a_plan(*PLAN.duties, verification="bureau"))
    world.beat()
    world.do("张敏", "report", world.part("1"), "见附件")
    world.do("李督办", "return", world.part("1"), "缺附件")
    page = page_of(world, world.part("1").uid)
    assert [(m.verb, m.who, m.words) for m in page.history] == [
        ("report", "张敏", "见附件"),
        ("return", "李督办", "缺附件"),
    ]
    assert [(told.rung, told.who, told.channel, told.state) for told in page.told] == [
        ("assigned", "张敏", "chat", "sent")
    ]
    assert [coming.rung for coming in page.coming] == [
        *("d7", "d3", "d1", "d0", "w1", "w4", "w6"),
        *("w9", "w9", "w11", "w16", "w21"),
    ]
    assert ("answer" in page.offers, "verify" in page.offers, page.siblings) == (True, False, ())


@pytest.mark.parametrize(
    ("who", "answer", "verify", "siblings"),
    [("张敏", False, False, 0), ("王副", False, False, 0), ("李督办", False, True, 2), ("周审计", False, False, 2)],
)
def test_a_reported_part_offers_each_what_they_may_do(
    quick: World, who: str, answer: bool, verify: bool, siblings: int
) -> None:
    quick.take(a_plan(*PLAN.duties, verification="bureau"))
    quick.do("张敏", "report", quick.part("1"))
    page = page_of(quick, quick.part("1").uid, who)
    assert ("answer" in page.offers, "verify" in page.offers, len(page.siblings)) == (answer, verify, siblings)


def test_a_foreign_part_and_a_missing_one_are_alike(world: World) -> None:
    world.take(PLAN)
    answers = []
    for uid in (world.part("2").uid, "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(NoSuchPart) as refusal:
            page_of(world, uid, "刘强")
        answers.append((str(refusal.value), {**refusal.value.values, "code": ""}))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("who", ["张敏", "王副", "赵局", "刘强"])
def test_the_ledger_is_not_for_units(quick: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        ledger_of(quick, who)


def test_the_ledger_shows_the_overdue_first_and_counts_over_all_units(world: World) -> None:
    world.take(PLAN)
    world.take(a_plan(a_duty("1", by("2025-03-10"), roles=ENFORCERS), key="q"))
    world.set("2025-03-12 10:00")
    world.do("刘强", "report", next(part for part in world.parts("交通局") if part.plan_key == "q"))
    found = ledger_of(world)
    assert [(row.line.item, row.line.due.isoformat(), row.done, row.total, row.line.late) for row in found.rows] == [
        ("1", "2025-03-10", 1, 2, 1),
        ("1", "2025-03-14", 0, 2, 0),
        ("2", "2025-06-27", 0, 1, 0),
        ("3", "2025-06-30", 0, 1, 0),
        ("3", "2025-12-31", 0, 1, 0),
    ]
    assert [(late.unit, late.parts, late.days) for late in found.late] == [("教育局", 1, 2)]
    assert (found.this_week, [(line.item, line.parts) for line in found.week_first]) == (2, [("1", 2)])
    assert ledger_of(world, "周审计").rows == found.rows


@pytest.mark.parametrize(
    ("picked", "expected"),
    [
        ({"plan_key": "q"}, [("1", 1, 2, 2)]),
        ({"state": "overdue"}, [("1", 1, 2, 1)]),
        ({"state": "reported"}, [("1", 1, 2, 1)]),
        ({"unit": "交通局"}, [("1", 0, 2, 1), ("1", 1, 2, 1)]),
        ({"plan_key": "q", "unit": "教育局"}, [("1", 1, 2, 1)]),
        ({"plan_key": "nonsense"}, []),
    ],
)
def test_picking_in_the_ledger_narrows_the_parts_and_not_the_count(
    quick: World, picked: dict[str, str], expected: list[tuple[str, int, int, int]]
) -> None:
    quick.take(PLAN)
    quick.take(a_plan(a_duty("1", by("2025-03-10"), roles=ENFORCERS), key="q"))
    quick.set("2025-03-12 10:00")
    quick.do("刘强", "report", next(part for part in quick.parts("交通局") if part.plan_key == "q"))
    rows = ledger_of(quick, **picked).rows
    assert [(row.line.item, row.done, row.total, len(row.parts)) for row in rows] == expected


def test_what_waits_for_a_decision_stands_there(world: World) -> None:
    world.take(a_plan(*PLAN.duties, verification="bureau"))
    world.do("张敏", "report", world.part("2"))
    found = ledger_of(world)
    assert (found.to_decide, [part.item for part in found.decide_first]) == (1, ["2"])
