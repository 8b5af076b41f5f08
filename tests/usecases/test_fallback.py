"""Order and fallback: the first way hears it, the next one takes over once, and nobody is left out in silence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from schedules.retry import Again, Outcome, Refused, Unknown
from storage import deliveries, people
from storage.rows import DeliveryRow, TimelineRow, many
from storage.tables import timeline
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by, moment
from tests.usecases.world import CHAT, World
from texts.values import Message
from usecases import deliver, enroll, fallback
from usecases.remind import hand_over

PLAN = a_plan(a_duty("1", by("2025-06-27"), roles=ENFORCERS))
SECOND, THIRD = "张敏二", "张敏三"
GONE = Refused("blocked", gone=True)


def also(world: World, *addresses: str, who: str = "张敏", channel: str = CHAT) -> None:
    """More ways of a person, after those they have."""
    with world.desk() as desk:
        for address in addresses:
            officer = enroll.find_officer(desk, who)
            people.bind_contact(
                desk.tx, officer_id=officer.id, channel=channel, address=address, now=desk.now, last=True
            )


def told(world: World, *who: str) -> dict[str, list[str]]:
    """When each of these chats got a digest."""
    return {name: [heard.at.strftime("%H:%M") for heard in world.told(name)] for name in who}


def notes(world: World) -> list[tuple[str, str]]:
    with world.office.read(world.now) as desk:
        rows = many(TimelineRow, desk.tx.execute(timeline.select().order_by(timeline.c.id)))
    return [(row.verb, row.words) for row in rows if row.verb in {"unreachable", "way_lost", "group_lost"}]


def rows(world: World, who: str = "张敏") -> list[DeliveryRow]:
    officer = world.officer(who)
    with world.office.read(world.now) as desk:
        return deliveries.to_officer(desk.tx, officer.id)[::-1]


def test_the_first_way_hears_it_and_the_others_do_not(world: World) -> None:
    also(world, SECOND)
    world.take(PLAN)
    world.beat()
    assert told(world, "张敏", SECOND) == {"张敏": ["09:00"], SECOND: []}


@pytest.mark.parametrize(
    ("outcome", "lost"),
    [
        pytest.param(GONE, [("way_lost", "blocked")], id="the chat is gone"),
        pytest.param(Refused("too long"), [], id="this message is refused there"),
    ],
)
def test_what_dies_goes_to_the_next_way_at_once(world: World, outcome: Outcome, lost: list[tuple[str, str]]) -> None:
    also(world, SECOND, THIRD)
    world.take(PLAN)
    world.chat.says["张敏"] = [outcome]
    world.until("2025-03-03 12:00")
    assert told(world, "张敏", SECOND, THIRD) == {"张敏": [], SECOND: ["09:00"], THIRD: []}
    assert notes(world) == lost
    (heard,) = world.told(SECOND)
    assert not heard.repeat, "the first surely did not get it"


def test_a_chain_of_dead_ways_ends_with_a_person_who_is_told(world: World) -> None:
    also(world, SECOND, THIRD)
    world.take(PLAN)
    world.chat.says = {name: [GONE] for name in ("张敏", SECOND, THIRD)}
    world.beat()
    assert [row.state for row in rows(world)] == ["dead"] * 3
    assert notes(world) == [("way_lost", "blocked")] * 2 + [("unreachable", "blocked")]


def test_whoever_has_one_way_only_is_unreachable_when_it_dies(world: World) -> None:
    world.take(PLAN)
    world.chat.says["张敏"] = [GONE]
    world.beat()
    assert notes(world) == [("unreachable", "blocked")]


def test_a_refused_message_without_another_way_is_raised_too(world: World) -> None:
    """The chat lives, but this reminder reached nobody: that is for a person to know."""
    world.take(PLAN)
    world.chat.says["张敏"] = [Refused("too long")]
    world.beat()
    assert notes(world) == [("unreachable", "too long")]


def test_what_waits_half_an_hour_goes_to_the_next_way_once(world: World) -> None:
    also(world, SECOND)
    world.take(PLAN)
    world.chat.says["张敏"] = [Again()] * 8
    world.until("2025-03-03 09:29")
    assert told(world, SECOND) == {SECOND: []}
    world.until("2025-03-03 12:00")
    assert told(world, SECOND) == {SECOND: ["09:30"]}
    assert [row.key for row in rows(world)] == [None, f"fall:{rows(world)[0].id}"]


def test_a_late_success_of_the_first_says_that_it_may_be_a_repeat(world: World) -> None:
    also(world, SECOND)
    world.take(PLAN)
    world.chat.says["张敏"] = [Again()] * 5
    world.until("2025-03-03 12:00")
    assert [(heard.who, heard.repeat) for heard in world.told() if heard.who != "刘强"] == [
        (SECOND, False),
        ("张敏", True),
    ]


@pytest.mark.parametrize("lost", [False, True], ids=["the next lives on", "the next is lost later"])
def test_a_first_way_that_dies_after_the_next_has_told_makes_nobody_unreachable(world: World, *, lost: bool) -> None:
    also(world, SECOND)
    world.take(PLAN)
    world.chat.says["张敏"] = [*[Again()] * 5, Refused("too long")]
    world.until("2025-03-03 09:31")
    if lost:
        with world.desk() as desk:
            enroll.lost_chat(desk, CHAT, SECOND, "blocked")
    world.until("2025-03-03 12:00")
    assert told(world, "张敏", SECOND) == {"张敏": [], SECOND: ["09:30"]}
    assert notes(world) == []


def test_after_an_unknown_end_the_next_way_says_that_it_may_be_a_repeat(world: World) -> None:
    also(world, SECOND)
    world.take(PLAN)
    world.chat.says["张敏"] = [Unknown("reset")] * 20
    world.until("2025-03-03 10:00")
    assert [heard.repeat for heard in world.told(SECOND)] == [True]


def test_what_is_due_today_waits_ten_minutes_only(world: World) -> None:
    also(world, SECOND)
    world.take(a_plan(a_duty("1", by("2025-03-14"))))
    world.until("2025-03-14 08:00")
    world.chat.says["张敏"] = [Again()] * 20
    world.until("2025-03-14 12:00")
    assert told(world, SECOND) == {SECOND: ["09:10"]}


@pytest.mark.parametrize(
    ("at", "minutes", "falls"),
    [
        ("2025-03-03 09:00", 30, "2025-03-03 09:30"),
        ("2025-03-03 17:20", 30, "2025-03-04 09:30"),
        ("2025-03-07 17:29", 10, "2025-03-10 09:10"),
        ("2025-03-03 22:00", 30, "2025-03-04 09:30"),
        ("2025-01-27 17:20", 30, "2025-02-05 09:30"),
    ],
)
def test_nights_and_days_off_do_not_count_as_waiting(quick: World, at: str, minutes: int, falls: str) -> None:
    found = fallback.falls_at(quick.office.opening, moment(at), timedelta(minutes=minutes))
    assert found == moment(falls)


def test_an_evening_s_trouble_is_no_reason_in_the_morning(world: World) -> None:
    """Tried in vain at 17:20, it goes through at nine the next day: the other way is left in peace."""
    also(world, SECOND)
    world.set("2025-03-03 17:20")
    world.take(PLAN)
    world.chat.says["张敏"] = [Again(3600)]
    world.until("2025-03-04 12:00")
    assert told(world, "张敏", SECOND) == {"张敏": ["09:00"], SECOND: []}


def test_being_down_ourselves_is_no_fault_of_the_way(world: World) -> None:
    also(world, SECOND)
    world.take(PLAN)
    with world.desk() as desk:
        hand_over(desk)
    world.set("2025-03-03 11:00")
    world.until("2025-03-03 12:00")
    assert told(world, "张敏", SECOND) == {"张敏": ["11:00"], SECOND: []}


def test_a_channel_that_does_not_run_here_comes_last(world: World) -> None:
    world.office = replace(world.office, channels=frozenset({CHAT}))
    officer = world.officer("张敏")
    with world.desk() as desk:
        people.bind_contact(desk.tx, officer_id=officer.id, channel="off", address="1", now=desk.now)
    world.take(PLAN)
    world.until("2025-03-03 12:00")
    assert told(world, "张敏") == {"张敏": ["09:00"]}


def test_a_channel_that_was_switched_off_hands_on_what_waits(world: World) -> None:
    officer = world.officer("张敏")
    with world.desk() as desk:
        people.bind_contact(desk.tx, officer_id=officer.id, channel="off", address="1", now=desk.now)
    world.take(PLAN)
    world.beat()
    world.office = replace(world.office, channels=frozenset({CHAT}))
    world.until("2025-03-03 12:00")
    assert told(world, "张敏") == {"张敏": ["09:30"]}


def test_answers_stay_in_their_chat(world: World) -> None:
    also(world, SECOND)
    officer = world.officer("张敏")
    with world.desk() as desk:
        deliver.say(desk, Message(("好",)), officer_id=officer.id, channel=CHAT, address="张敏")
    world.chat.says["张敏"] = [Refused("too long")]
    world.until("2025-03-03 12:00")
    assert world.told(SECOND, kind="say") == []


def test_a_notice_falls_back_as_a_reminder_does(world: World) -> None:
    also(world, SECOND)
    world.take(a_plan(a_duty("1", by("2025-06-27")), verification="bureau"))
    world.beat()
    world.do("张敏", "report", world.part())
    world.beat()
    world.chat.says["张敏"] = [Refused("too long"), Refused("too long")]
    world.do("李督办", "return", world.part(), "缺签到表")
    world.beat()
    assert ["缺签到表" in heard.text for heard in world.told(SECOND, kind="say")] == [True]


def test_a_chat_lost_while_a_message_waits_does_not_lose_the_message(world: World) -> None:
    also(world, SECOND)
    world.take(PLAN)
    with world.desk() as desk:
        hand_over(desk)
        enroll.lost_chat(desk, CHAT, "张敏", "blocked")
    world.beat()
    assert told(world, "张敏", SECOND) == {"张敏": [], SECOND: ["09:00"]}


def test_what_is_settled_meanwhile_goes_nowhere(world: World) -> None:
    also(world, SECOND)
    world.take(PLAN)
    world.chat.says["张敏"] = [Again()] * 20
    world.until("2025-03-03 09:20")
    world.do("张敏", "report", world.part())
    world.until("2025-03-03 12:00")
    assert told(world, SECOND) == {SECOND: []}


def test_a_way_that_confirms_nothing_is_joined_by_one_that_does(world: World) -> None:
    """A buzz by a notification service first; since nobody can say whether it came, the chat hears it too."""
    officer = world.officer("张敏")
    with world.desk() as desk:
        people.bind_contact(desk.tx, officer_id=officer.id, channel="notify", address="n", now=desk.now)
        found = fallback.first_ways(desk, [officer.id])[officer.id]
        assert [way.channel for way in found] == ["notify", CHAT]
        assert [fallback.marks(way, found)["falls"] for way in found] == [False, True]
        assert fallback.reached(desk, [officer.id]) == {officer.id}
        people.change_contact(desk.tx, CHAT, "张敏", state="dead", reason="blocked")
        assert fallback.reached(desk, [officer.id]) == set()


def test_two_nodes_that_look_at_once_pass_on_once(crowded: World) -> None:
    also(crowded, SECOND)
    crowded.take(PLAN)
    crowded.chat.says["张敏"] = [Again(7200)]
    crowded.beat()
    crowded.set("2025-03-03 09:30")
    for _ in range(2):
        with crowded.desk() as desk:
            fallback.hurry(desk)
    assert len(rows(crowded)) == 2
