"""Lapsing: an occurrence that nobody ever answered ends when the next one of its kind has fallen due."""

from tests.usecases.office import a_duty, a_plan, by, half_yearly, yearly
from tests.usecases.world import World

PLAN = a_plan(a_duty("1", half_yearly(2)), a_duty("2", yearly(3, 31)), a_duty("3", by("2025-03-31")))


def states(world: World, item: str) -> list[tuple[str, str]]:
    return [(part.due.isoformat(), part.state) for part in world.parts(item=item)]


def leap(world: World, day: str) -> None:
    """The next day's roll, without the months of messages in between."""
    world.set(f"{day} 00:00")
    world.beat()


def test_the_next_one_of_its_kind_ends_what_nobody_touched(world: World) -> None:
    world.take(PLAN)
    leap(world, "2025-12-31")
    assert states(world, "1")[:2] == [("2025-06-30", "open"), ("2025-12-31", "open")]
    leap(world, "2026-01-01")
    assert states(world, "1")[:2] == [("2025-06-30", "lapsed"), ("2025-12-31", "open")]
    part = world.part("1", due="2025-06-30")
    assert (part.reason, part.settled_at, world.reminders(part)) == ("period_over", world.now, [])


def test_what_somebody_has_received_or_counted_never_lapses(world: World) -> None:
    world.take(PLAN)
    world.do("张敏", "receive", world.part("2", due="2025-03-31"))
    world.do("张敏", "report", world.part("1", due="2025-06-30"))
    leap(world, "2026-04-01")
    assert states(world, "2")[0] == ("2025-03-31", "received")
    assert states(world, "1")[0] == ("2025-06-30", "received")


def test_a_date_of_its_own_never_lapses(world: World) -> None:
    world.take(PLAN)
    leap(world, "2027-01-01")
    assert states(world, "3") == [("2025-03-31", "open")]


def test_a_single_date_does_not_end_a_recurring_one(world: World) -> None:
    """Yearly by 31 March and once by 30 September: the September date is no next one of the March kind."""
    world.take(a_plan(a_duty("1", yearly(3, 31), by("2025-09-30"))))
    leap(world, "2025-10-09")
    assert states(world, "1")[:2] == [("2025-03-31", "open"), ("2025-09-30", "open")]
    leap(world, "2026-04-01")
    assert states(world, "1")[:2] == [("2025-03-31", "lapsed"), ("2025-09-30", "open")]


def test_reporting_a_lapsed_part_says_how_it_ended(world: World) -> None:
    world.take(PLAN)
    leap(world, "2026-01-01")
    part = world.part("1", due="2025-06-30")
    again = world.do("张敏", "report", part)
    assert (again.repeated, again.part.state, again.by) == (True, "lapsed", "")
    assert world.part("1", due="2025-06-30") == part


def test_lapsed_is_not_done(world: World) -> None:
    world.take(PLAN)
    leap(world, "2026-01-01")
    view = world.view(world.part("1", due="2025-06-30"))
    assert (view.siblings_done, view.siblings) == (0, 1)
