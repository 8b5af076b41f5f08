"""What nobody reads for a year ends, and its owner hears of it a month before, once."""

from datetime import timedelta

from sqlalchemy import select

from storage import people, tables, tokens
from tests.usecases.world import World
from usecases import feed, feed_retire, remind, task_list


def told(world: World) -> list[str]:
    with world.office.read(world.now) as desk:
        bodies = desk.tx.execute(select(tables.delivery.c.body).where(tables.delivery.c.kind == "say")).scalars()
        return [line for body in bodies for line in body["message"]["lines"]]


def retire(world: World, days: int) -> int:
    world.now += timedelta(days=days)
    with world.desk() as desk:
        return feed_retire.retire(desk)


def subscribed(world: World) -> str:
    officer = world.officer("张敏")
    with world.desk() as desk:
        people.bind_contact(desk.tx, officer_id=officer.id, channel="telegram", address="4711", now=desk.now)
        return feed.create_feed(desk, officer, "person")


def test_unread_for_a_year_ends_after_one_warning(world: World) -> None:
    secret = subscribed(world)
    assert (retire(world, 334), told(world)) == (0, [])
    assert [retire(world, days) for days in (1, 1, 28)] == [0, 0, 0]
    (first, how) = told(world)
    assert first.startswith("您的日历订阅很久没有被读取，将在 ")
    assert how.endswith("/subscribe")
    with world.office.read(world.now) as desk:
        assert feed.open_feed(desk, secret) is not None
    assert retire(world, 1) == 1
    with world.office.read(world.now) as desk:
        assert feed.open_feed(desk, secret) is None
    assert len(told(world)) == 2


def test_a_read_begins_the_year_anew_and_is_named(world: World) -> None:
    secret = subscribed(world)
    world.now += timedelta(days=340)
    with world.desk() as desk:
        feed.note_use(desk, secret, "iOS/27 dataaccessd")
    assert [retire(world, days) for days in (30, 304)] == [0, 0]
    assert told(world) == []
    retire(world, 1)
    assert any("iOS/27 dataaccessd" in line for line in told(world))


def test_a_task_list_password_ends_too(world: World) -> None:
    officer = world.officer("张敏")
    with world.desk() as desk:
        task_list.give_password(desk, officer)
    assert retire(world, 366) == 1
    with world.office.read(world.now) as desk:
        assert tokens.live(desk.tx, "tasks", officer.id) == []


def test_the_daily_roll_does_it(world: World) -> None:
    secret = subscribed(world)
    world.now += timedelta(days=366)
    with world.desk() as desk:
        remind.roll(desk)
        assert feed.open_feed(desk, secret) is None
