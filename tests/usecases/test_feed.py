"""Feeds: who reads what under which address, what is cancelled or gone, and when a number rises."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage import people, plans
from storage.engine import Tx
from tests.usecases.office import ENFORCERS, SCHOOLS, a_duty, a_plan, after, by
from tests.usecases.test_roster import without
from tests.usecases.world import World
from usecases import events, feed
from usecases.errors import FeedsOff, NoSuchFeed, NotAllowed, TooManyFeeds
from usecases.feed import Scope
from usecases.feed_view import FeedView

PLAN = a_plan(a_duty("1", by("2025-06-27"), roles=ENFORCERS), a_duty("2", by("2025-03-14")))
OTHER = a_plan(a_duty("9", by("2025-04-30")), key="q")


def unit_of(world: World, name: str) -> int:
    return world.officer(name).unit_id


def subscribe(world: World, who: str = "张敏", scope: Scope = "person", subject_id: int | None = None) -> str:
    officer = world.officer(who)
    with world.desk() as desk:
        return feed.create_feed(desk, officer, scope, subject_id=subject_id)


def read(world: World, secret: str) -> FeedView | None:
    with world.office.read(world.now) as desk:
        return feed.open_feed(desk, secret)


def entries(world: World, secret: str) -> list[tuple[str, str]]:
    view = read(world, secret)
    assert view is not None
    return [(entry.part.unit, entry.part.item) for entry in view.entries]


def plan_id(tx: Tx, key: str) -> int:
    row = plans.by_key(tx, key)
    assert row is not None
    return row.id


@pytest.mark.parametrize(
    ("who", "scope", "subject", "expected"),
    [
        ("张敏", "person", "", [("教育局", "2"), ("教育局", "9"), ("教育局", "1")]),
        ("刘强", "person", "", [("交通局", "1")]),
        ("张敏", "unit", "", [("教育局", "2"), ("教育局", "9"), ("教育局", "1")]),
        ("李督办", "unit", "刘强", [("交通局", "1")]),
        ("周审计", "unit", "刘强", [("交通局", "1")]),
        ("张敏", "plan", "p", [("教育局", "2"), ("教育局", "1")]),
        ("李督办", "plan", "p", [("教育局", "2"), ("教育局", "1"), ("交通局", "1")]),
        ("李督办", "bureau", "", [("教育局", "2"), ("教育局", "9"), ("教育局", "1"), ("交通局", "1")]),
        ("李督办", "person", "", []),
    ],
)
def test_a_feed_shows_what_its_person_may_see(
    world: World, who: str, scope: Scope, subject: str, expected: list[tuple[str, str]]
) -> None:
    world.take(PLAN)
    world.take(OTHER)
    with world.office.read(world.now) as desk:
        subject_id = plan_id(desk.tx, subject) if scope == "plan" else None
    subject_id = unit_of(world, subject) if scope == "unit" and subject else subject_id
    assert entries(world, subscribe(world, who, scope, subject_id)) == expected


@pytest.mark.parametrize(("who", "scope"), [("张敏", "unit"), ("赵局", "unit"), ("张敏", "bureau"), ("王副", "bureau")])
def test_other_units_calendars_are_the_bureau_s(quick: World, who: str, scope: Scope) -> None:
    with pytest.raises(NotAllowed):
        subscribe(quick, who, scope, unit_of(quick, "刘强"))


def test_a_person_who_loses_the_right_loses_the_sight(world: World) -> None:
    world.take(PLAN)
    secret = subscribe(world, "李督办", "bureau")
    officer = world.officer("李督办")
    with world.desk() as desk:
        people.change_officer(desk.tx, officer.id, role="officer")
    assert entries(world, secret) == []


def test_an_unknown_address_and_one_that_works_no_more_are_alike(world: World) -> None:
    world.take(PLAN)
    revoked, gone, off = (subscribe(world, who) for who in ("张敏", "王副", "赵局"))
    officer = world.officer("张敏")
    with world.desk() as desk:
        (token,) = feed.list_feeds(desk, officer)
        feed.revoke_feed(desk, officer, token.id)
        assert feed.list_feeds(desk, officer) == []
    world.enroll(without(SCHOOLS, "王副"), chats=False)
    assert read(world, revoked) is None
    assert read(world, gone) is None
    assert read(world, "guessed") is None
    assert read(world, off) is not None
    world.office = replace(world.office, feeds_on=False)
    assert read(world, off) is None
    with pytest.raises(FeedsOff):
        subscribe(world)


def test_a_rotated_address_keeps_its_choices_and_ends_the_old_one(world: World) -> None:
    world.take(PLAN)
    officer = world.officer("张敏")
    with world.desk() as desk:
        old = feed.create_feed(desk, officer, "unit", todo=True, alarms=[30, 1440])
        (token,) = feed.list_feeds(desk, officer)
        new = feed.rotate_feed(desk, officer, token.id)
    view = read(world, new)
    assert view is not None
    assert (view.todo, view.alarms, read(world, old)) == (True, (30, 1440), None)


def test_nobody_touches_somebody_else_s_address(world: World) -> None:
    subscribe(world, "张敏")
    mine, other = world.officer("张敏"), world.officer("李督办")
    with world.desk() as desk:
        (token,) = feed.list_feeds(desk, mine)
        for act in (feed.rotate_feed, feed.revoke_feed):
            with pytest.raises(NoSuchFeed):
                act(desk, other, token.id)
            with pytest.raises(NoSuchFeed):
                act(desk, mine, 9999)
        assert feed.list_feeds(desk, mine) == [token]


def test_there_is_a_limit_and_revoking_makes_room(world: World) -> None:
    for _ in range(world.office.feed_limit):
        subscribe(world)
    with pytest.raises(TooManyFeeds):
        subscribe(world)
    officer = world.officer("张敏")
    with world.desk() as desk:
        first, *_ = feed.list_feeds(desk, officer)
        feed.rotate_feed(desk, officer, first.id)
        feed.revoke_feed(desk, officer, feed.list_feeds(desk, officer)[0].id)
    assert subscribe(world)
    assert subscribe(world, "王副"), "the limit is each person's own"


def test_two_reads_are_equal_and_a_change_shows_in_its_numbers(world: World) -> None:
    world.take(PLAN)
    secret = subscribe(world)
    first = read(world, secret)
    assert first is not None
    world.set("2025-03-03 11:00")
    assert read(world, secret) == first, "time alone changes nothing on the same day"
    world.do("张敏", "receive", world.part("2"))
    second = read(world, secret)
    assert second is not None
    assert [entry.sequence for entry in first.entries] == [0, 0]
    assert [entry.sequence for entry in second.entries] == [1, 0]
    assert [entry.changed_at == world.now for entry in second.entries] == [True, False]
    assert second.changed_at == world.now
    world.do("王副", "receive", world.part("2"))
    assert read(world, secret) == second, "a press that changed nothing"


def test_importing_again_raises_no_number_and_rewording_does(world: World) -> None:
    world.take(PLAN)
    secret = subscribe(world)
    first = read(world, secret)
    world.set("2025-03-03 11:00")
    world.take(PLAN)
    assert read(world, secret) == first
    world.take(replace(PLAN, duties=(replace(PLAN.duties[0], title="新标题"), PLAN.duties[1])))
    view = read(world, secret)
    assert view is not None
    assert [(entry.part.item, entry.sequence) for entry in view.entries] == [("2", 0), ("1", 1)]


def test_what_is_no_longer_asked_is_cancelled_for_thirty_days_and_then_gone(world: World) -> None:
    world.take(a_plan(a_duty("1", by("2025-12-31")), a_duty("2", by("2025-11-28"))))
    secret = subscribe(world)
    world.take(a_plan(a_duty("2", by("2025-11-28"))))
    for days, expected in ((0, [("2", False), ("1", True)]), (30, [("2", False), ("1", True)]), (31, [("2", False)])):
        world.set("2025-03-03 09:00")
        world.now += timedelta(days=days)
        view = read(world, secret)
        assert view is not None
        assert [(entry.part.item, entry.cancelled) for entry in view.entries] == expected, days


def test_a_cancelled_event_s_entry_is_cancelled_too(world: World) -> None:
    world.take(a_plan(a_duty("1", after("发布之日", 15))))
    secret = subscribe(world)
    event = world.happen("发布之日", "2025-03-10")
    with world.desk() as desk:
        events.cancel_event(desk, event)
    view = read(world, secret)
    assert view is not None
    assert [entry.cancelled for entry in view.entries] == [True]


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        ("2025-03-03", True),
        ("2025-06-12", True),
        ("2025-06-13", False),
        ("2024-02-08", True),
        ("2024-02-07", False),
    ],
)
def test_the_window_reaches_90_days_back_and_400_ahead(quick: World, today: str, shown: bool) -> None:
    quick.set("2024-01-02 10:00")
    quick.take(a_plan(a_duty("1", by("2025-03-14"))))
    secret = subscribe(quick)
    quick.set(f"{today} 10:00")
    assert entries(quick, secret) == ([("教育局", "1")] if shown else [])


def test_addresses_are_stable_and_each_entry_leads_to_its_page(world: World) -> None:
    world.take(PLAN)
    view = read(world, subscribe(world))
    assert view is not None
    assert {entry.url for entry in view.entries} == {
        f"http://127.0.0.1:8080/parts/{part.uid}" for part in world.parts("教育局")
    }
    assert view.entries[0].part.due == date(2025, 3, 14)


def test_its_owner_sees_when_it_was_last_read(world: World) -> None:
    secret, officer = subscribe(world), world.officer("张敏")
    for minutes, agent in ((0, "iOS/18"), (30, "curl"), (61, "Outlook" * 40)):
        world.set("2025-03-03 09:00")
        world.now += timedelta(minutes=minutes)
        with world.desk() as desk:
            feed.note_use(desk, secret, agent)
            feed.note_use(desk, "unknown", agent)
            (token,) = feed.list_feeds(desk, officer)
        assert token.last_agent == {0: "iOS/18", 30: "iOS/18", 61: ("Outlook" * 40)[:120]}[minutes]
