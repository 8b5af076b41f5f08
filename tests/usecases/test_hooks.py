"""Events for other programs: queued with the change and only then, written when they leave, tried again, given up."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from schedules.lifecycle import State
from schedules.retry import Again, Outcome, Refused, Sent, Unknown
from storage import deliveries
from storage.rows import DeliveryRow
from tests.usecases.office import a_duty, a_plan, by
from tests.usecases.world import World
from texts.values import PartView
from usecases import deliver, hooks
from usecases.hook_events import CHANNEL, EVENTS
from usecases.hooks import HooksOff, NoSuchHook, TooManyHooks
from usecases.page_health import health_page
from usecases.part_data import part_data, told_outside
from usecases.settle import change_state

PLAN = a_plan(a_duty("1", by("2025-06-27"), title="年度案卷评查"), verification="bureau")
URL = "https://oa.example.gov.cn/hook?key=canary"


def on(world: World, *, confidential: bool = False, events: tuple[str, ...] = ()) -> World:
    """Webhooks are on, a plan is followed, and one hook listens."""
    world.office = replace(world.office, webhooks=True)
    world.take(replace(PLAN, confidential=confidential))
    with world.desk() as desk:
        hooks.add_hook(desk, URL, events)
    return world


def queued(world: World) -> list[str]:
    with world.office.read(world.now) as desk:
        waiting = [deliveries.by_id(desk.tx, n) for n in range(1, 200)]
    return [row.body["event"] for row in waiting if row and row.channel == CHANNEL and row.state == "due"]


def carry(world: World, outcome: Outcome | None = None) -> list[Mapping[str, Any]]:
    """What leaves now, as the other program reads it."""
    outcome = Sent() if outcome is None else outcome
    told = []
    with world.desk() as desk:
        rows = deliver.claim(desk, owner="world", channels=[CHANNEL])
    for row in rows:
        with world.desk() as desk:
            outgoing = deliver.prepare(desk, row)
            if outgoing is None:
                continue
            assert outgoing.call is not None
            told.append(json.loads(outgoing.call.body))
            deliver.record(desk, row, outgoing, outcome)
    return told


def last(world: World) -> DeliveryRow:
    with world.office.read(world.now) as desk:
        found = [row for n in range(1, 200) if (row := deliveries.by_id(desk.tx, n)) and row.channel == CHANNEL]
    return found[-1]


def test_each_step_of_a_part_is_told(world: World) -> None:
    part = on(world).part()
    for who, verb in (
        ("张敏", "receive"),
        ("张敏", "report"),
        ("李督办", "return"),
        ("张敏", "report"),
        ("李督办", "verify"),
    ):
        world.deed(who, verb, world.part(), "原因")
    told = carry(world)
    assert [(one["type"], one["data"]["from"]) for one in told] == [
        ("part.received", "open"),
        ("part.reported", "received"),
        ("part.received", "reported"),
        ("part.reported", "received"),
        ("part.verified", "reported"),
    ]
    assert {one["data"]["part"]["uid"] for one in told} == {part.uid}
    assert len({one["id"] for one in told}) == 5
    assert carry(world) == []


def test_what_is_told_is_the_part_as_it_stands_when_it_is_told(world: World) -> None:
    on(world)
    world.do("张敏", "receive", world.part())
    world.do("张敏", "report", world.part(), "已办 司发〔2025〕1号")
    first, second = carry(world)
    assert first["type"] == "part.received"
    assert first["data"]["part"] == second["data"]["part"]
    assert second["data"]["part"]["state"] == "reported"
    assert second["data"]["part"]["note"] == "已办 司发〔2025〕1号"
    assert second["data"]["part"]["reported_by"] == "张敏"


def test_nothing_is_told_of_what_did_not_happen(world: World) -> None:
    """One transaction: the change and its event come and go together."""

    class Broken(Exception):
        pass

    def breaks_off() -> None:
        with world.desk() as desk:
            assert change_state(desk, part, State.RECEIVED)
            raise Broken

    part = on(world).part()
    with pytest.raises(Broken):
        breaks_off()
    assert world.part().state == "open"
    assert queued(world) == []
    world.do("张敏", "receive", world.part())
    assert queued(world) == ["part.received"]


def test_a_second_press_tells_nothing(world: World) -> None:
    on(world)
    world.do("张敏", "receive", world.part())
    assert world.do("张敏", "receive", world.part()).repeated
    assert queued(world) == ["part.received"]


def test_taking_it_back_is_told_too(world: World) -> None:
    on(world)
    world.do("张敏", "receive", world.part())
    world.do("张敏", "undo", world.part())
    assert queued(world) == ["part.received", "part.opened"]


def test_a_hook_hears_what_it_asked_for(world: World) -> None:
    on(world, events=("part.verified",))
    world.do("张敏", "report", world.part())
    assert queued(world) == []
    world.do("李督办", "verify", world.part())
    assert queued(world) == ["part.verified"]


def test_while_webhooks_are_off_nothing_is_queued(world: World) -> None:
    on(world)
    world.office = replace(world.office, webhooks=False)
    world.do("张敏", "receive", world.part())
    assert queued(world) == []
    with world.desk() as desk, pytest.raises(HooksOff):
        hooks.add_hook(desk, URL)
    with world.desk() as desk, pytest.raises(HooksOff):
        hooks.test_hook(desk, 1)


@pytest.mark.parametrize("outcome", [Again(reason="HTTP 500"), Unknown("reset")])
def test_what_did_not_arrive_is_told_again_under_the_same_id(world: World, outcome: Outcome) -> None:
    on(world)
    world.do("张敏", "receive", world.part())
    (first,) = carry(world, outcome)
    assert carry(world) == [], "not at once"
    world.now += timedelta(seconds=10)
    (second,) = carry(world)
    assert first["id"] == second["id"]
    assert first["timestamp"] == second["timestamp"]
    assert last(world).state == "sent"


def test_what_never_arrives_is_given_up_and_shown(world: World) -> None:
    on(world)
    world.do("张敏", "receive", world.part())
    for _ in range(200):
        carry(world, Again(reason="HTTP 500"))
        world.now += timedelta(hours=1)
        if last(world).state == "dead":
            break
    assert last(world).state == "dead"
    keeper = world.officer("吴管理")
    with world.office.read(world.now) as desk:
        page = health_page(desk, keeper)
    assert [(one.channel, one.who, one.why) for one in page.dead] == [
        ("webhook", "https://oa.example.gov.cn/…nary", "HTTP 500")
    ]
    world.do("张敏", "report", world.part())
    assert len(carry(world)) == 1, "the hook itself goes on"


def test_a_program_that_is_gone_is_told_nothing_more(world: World) -> None:
    on(world)
    world.do("张敏", "receive", world.part())
    world.do("张敏", "report", world.part())
    carry(world, Refused("HTTP 410", gone=True))
    with world.desk() as desk:
        assert [(row.live, row.reason) for row in hooks.list_hooks(desk)] == [(False, "HTTP 410")]
    world.do("李督办", "verify", world.part())
    assert queued(world) == []


def test_a_removed_hook_hears_nothing_of_what_waited_and_is_forgotten(world: World) -> None:
    on(world)
    world.do("张敏", "receive", world.part())
    with world.desk() as desk:
        hooks.remove_hook(desk, 1)
    assert carry(world) == []
    assert (last(world).state, last(world).reason) == ("superseded", "hook gone")
    with world.desk() as desk:
        assert hooks.list_hooks(desk) == []
        assert hooks.add_hook(desk, URL).row.number == 2
        with pytest.raises(NoSuchHook):
            hooks.remove_hook(desk, 1)


def test_a_test_says_nothing_of_anybody(world: World) -> None:
    on(world)
    with world.desk() as desk:
        hooks.test_hook(desk, 1)
    (told,) = carry(world)
    assert (told["type"], told["data"]) == ("hook.test", {})


def test_a_confidential_plan_tells_number_and_date_only(world: World) -> None:
    on(world, confidential=True)
    world.do("张敏", "report", world.part(), "涉密说明")
    (told,) = carry(world)
    part = told["data"]["part"]
    assert (part["item"], part["due"], part["state"]) == ("1", "2025-06-27", "reported")
    assert [part[name] for name in ("plan", "title", "note", "reason", "received_by", "reported_by")] == [""] * 6
    said = json.dumps(told, ensure_ascii=False)
    assert not [word for word in ("年度案卷评查", "涉密说明", "张敏", "示例方案") if word in said]


def test_secrets_are_shown_once_and_written_into_no_history(world: World) -> None:
    on(world)
    with world.desk() as desk:
        made = hooks.add_hook(desk, URL)
        rows = hooks.list_hooks(desk)
    assert made.secret.startswith("whsec_")
    assert made.secret not in repr(made)
    assert "canary" not in repr(rows)
    world.do("张敏", "receive", world.part())
    carry(world)
    told = repr(last(world))
    assert made.secret not in told
    assert "canary" not in told


def test_there_are_not_endlessly_many(world: World) -> None:
    on(world)
    with world.desk() as desk:
        for _ in range(19):
            hooks.add_hook(desk, URL)
        with pytest.raises(TooManyHooks):
            hooks.add_hook(desk, URL)


def test_every_state_has_its_event() -> None:
    assert set(EVENTS) == set(State)


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("https://oa.example.cn/hooks/abcdef0123456789", "https://oa.example.cn/…6789"),
        ("https://oa.example.cn:8443/x?key=canary", "https://oa.example.cn:8443/…nary"),
        ("https://oa.example.cn/", "https://oa.example.cn"),
        ("https://oa.example.cn", "https://oa.example.cn"),
    ],
)
def test_of_an_address_the_machine_and_the_end_are_shown(url: str, seen: str) -> None:
    assert hooks.shown(url) == seen


def test_outside_and_inside_differ_for_confidential_parts_only(world: World) -> None:
    on(world)
    view: PartView = world.view(world.part())
    assert told_outside(view) == part_data(view)
