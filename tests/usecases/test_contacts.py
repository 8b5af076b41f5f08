"""The ways of a person: who may change them, in what order they stand, what of an address is shown."""

from dataclasses import replace

import pytest

from storage import deliveries, people, tokens
from storage.rows import TimelineRow, many
from storage.tables import timeline
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.world import CHAT, World
from usecases import contacts, robots, sign_in
from usecases.contacts import Way
from usecases.enroll import find_officer
from usecases.errors import BadWay, NoSuchWay, NotAllowed, UnknownUnit, WayTaken
from usecases.remind import hand_over

MAIL = "zhang@example.org"
BARK = "bark://api.example.org/canaryKEY1234/?sound=bell"


@pytest.fixture(autouse=True)
def services(world: World) -> None:
    world.office = replace(world.office, notify_services=frozenset({"bark"}))


def add(world: World, channel: str, address: str, *, who: str = "张敏", actor: str = "李督办") -> Way:
    with world.desk() as desk:
        return contacts.add_way(desk, find_officer(desk, actor), find_officer(desk, who), channel, address)


def listed(world: World, who: str = "张敏") -> list[tuple[str, str]]:
    officer = world.officer(who)
    with world.office.read(world.now) as desk:
        return [(way.channel, way.shown) for way in contacts.ways(desk, officer)]


def test_a_new_way_stands_behind_the_others_and_can_be_put_first(world: World) -> None:
    way = add(world, "mail", f" {MAIL} ")
    assert listed(world) == [(CHAT, "张敏"), ("mail", MAIL)]
    officer = world.officer("张敏")
    with world.desk() as desk:
        contacts.order_ways(desk, officer, officer, [way.number])
    assert listed(world) == [("mail", MAIL), (CHAT, "张敏")]
    add(world, "mail", MAIL)
    assert listed(world) == [("mail", MAIL), (CHAT, "张敏")], "adding it again moves nothing"


def test_a_dead_way_comes_back_when_it_is_added_again(world: World) -> None:
    add(world, "mail", MAIL)
    with world.desk() as desk:
        people.change_contact(desk.tx, "mail", MAIL, state="dead", reason="550")
    assert add(world, "mail", MAIL).live


def test_an_address_that_opens_something_is_shown_by_its_end(world: World) -> None:
    way = add(world, "notify", BARK)
    assert way.shown == "bark://…1234"
    assert not way.confirmed
    with world.office.read(world.now) as desk:
        rows = many(TimelineRow, desk.tx.execute(timeline.select()))
    assert "canary" not in repr(rows)
    assert "canary" not in repr(way)


@pytest.mark.parametrize(
    ("channel", "address", "seen"),
    [
        ("mail", MAIL, MAIL),
        (CHAT, "12345", "12345"),
        ("notify", BARK, "bark://…1234"),
        ("wecom_robot", "canary-key-abcd", "…abcd"),
        ("wecom_robot", "https://example.org/cgi-bin/webhook/send?key=canary-key-abcd", "…abcd"),
        ("dingtalk_robot", "https://example.org/robot/send?access_token=canary-abcd#SECcanary", "…abcd"),
        ("feishu_robot", "https://open.larksuite.com/open-apis/bot/v2/hook/canary-key-abcd#canary", "…abcd"),
    ],
)
def test_what_of_an_address_may_be_seen(channel: str, address: str, seen: str) -> None:
    assert contacts.shown(channel, address) == seen


@pytest.mark.parametrize(
    ("actor", "whose", "may"),
    [
        ("张敏", "张敏", True),
        ("李督办", "张敏", True),
        ("吴管理", "张敏", True),
        ("吴管理", "吴管理", True),
        ("王副", "张敏", False),
        ("赵局", "张敏", False),
        ("周审计", "张敏", False),
        ("刘强", "张敏", False),
        ("李督办", "吴管理", False),
    ],
)
def test_who_may_change_the_ways_of_whom(world: World, actor: str, whose: str, *, may: bool) -> None:
    """A letter carries a link that signs in: whoever could add their own address to another would be that person."""
    way = add(world, "mail", MAIL, who=whose, actor=whose)
    who, by_whom = world.officer(whose), world.officer(actor)
    with world.desk() as desk:
        for act in (
            lambda: contacts.add_way(desk, by_whom, who, "mail", "other@example.org"),
            lambda: contacts.order_ways(desk, by_whom, who, [way.number]),
            lambda: contacts.send_test(desk, by_whom, who),
            lambda: contacts.remove_way(desk, by_whom, who, way.number),
        ):
            if may:
                act()
            else:
                with pytest.raises(NotAllowed):
                    act()


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("mail", "no-at-sign"),
        ("mail", "a@b"),
        ("mail", "a@example.org\nBcc: b@example.org"),
        ("mail", "a b@example.org"),
        ("mail", "a" * 250 + "@example.org"),
        ("notify", "json://10.0.0.1/"),
        ("notify", "bark://"),
        ("notify", "bark"),
        ("notify", "bark://" + "k" * 300),
        ("telegram", "12345"),
        ("wecom_robot", "k" * 32),
    ],
)
def test_what_is_no_address_is_refused(world: World, channel: str, address: str) -> None:
    with pytest.raises(BadWay):
        add(world, channel, address)


def test_somebody_else_s_address_is_not_taken_over(world: World) -> None:
    add(world, "mail", MAIL)
    with pytest.raises(WayTaken):
        add(world, "mail", "zhang@EXAMPLE.org", who="刘强")
    assert ("mail", MAIL) in listed(world)


def test_a_removed_way_hears_nothing_more_and_its_links_are_worthless(world: World) -> None:
    officer = world.officer("张敏")
    way = add(world, "mail", MAIL)
    with world.desk() as desk:
        secret = sign_in.issue_link(desk, officer)
        contacts.remove_way(desk, officer, officer, way.number)
        token = tokens.find(desk.tx, "link", secret)
        assert sign_in.peek_link(desk, secret) is None
    assert token is not None
    assert token.revoked_at is not None
    assert listed(world) == [(CHAT, "张敏")]
    with world.desk() as desk, pytest.raises(NoSuchWay):
        contacts.remove_way(desk, officer, officer, way.number)


def test_what_waits_for_a_removed_way_goes_to_the_next(world: World) -> None:
    officer = world.officer("张敏")
    add(world, "mail", MAIL)
    with world.desk() as desk:
        (first, _) = contacts.ways(desk, officer)
    world.take(a_plan(a_duty("1", by("2025-06-27"), roles=ENFORCERS)))
    with world.desk() as desk:
        hand_over(desk)
        contacts.remove_way(desk, officer, officer, first.number)
    world.beat()
    with world.office.read(world.now) as desk:
        found = deliveries.to_officer(desk.tx, officer.id)
    assert [(row.channel, row.state) for row in found] == [("mail", "due"), (CHAT, "superseded")]


def test_a_test_message_goes_to_each_live_way_or_to_one(world: World) -> None:
    officer = world.officer("张敏")
    way = add(world, "mail", MAIL)
    with world.desk() as desk:
        assert len(contacts.send_test(desk, officer, officer)) == 2
        assert [w.channel for w in contacts.send_test(desk, officer, officer, way.number)] == ["mail"]
    world.beat()
    (heard,) = world.told("张敏", kind="say")
    assert "测试" in heard.text


def test_another_person_s_number_is_no_way_of_this_one(world: World) -> None:
    with world.desk() as desk:
        (foreign,) = contacts.ways(desk, find_officer(desk, "刘强"))
        for act in (contacts.send_test, contacts.remove_way):
            with pytest.raises(NoSuchWay):
                act(desk, None, find_officer(desk, "张敏"), foreign.number)
        with pytest.raises(NoSuchWay):
            contacts.order_ways(desk, None, find_officer(desk, "张敏"), [foreign.number])


# Robots


def test_a_robot_is_bound_tested_and_removed(world: World) -> None:
    bureau = world.officer("李督办")
    with world.desk() as desk:
        made = robots.add_robot(
            desk, bureau, robots.find_unit(desk, "教育局"), "wecom_robot", "canary-key-abcd#SECcanary"
        )
        assert made.shown == "…abcd"
        assert robots.robots(desk) == [made]
        robots.test_robot(desk, bureau, made.number)
        robots.remove_robot(desk, bureau, made.number)
        assert robots.robots(desk) == []
        with pytest.raises(NoSuchWay):
            robots.test_robot(desk, bureau, made.number)
        rows = many(TimelineRow, desk.tx.execute(timeline.select()))
    assert "canary" not in repr(rows)
    assert [row.verb for row in rows if row.verb.startswith("robot")] == ["robot_add", "robot_test", "robot_remove"]


def test_robots_are_the_bureau_s_and_the_administrator_s(world: World) -> None:
    with world.desk() as desk:
        unit = robots.find_unit(desk, "教育局")
        for name in ("张敏", "赵局", "周审计"):
            with pytest.raises(NotAllowed):
                robots.add_robot(desk, find_officer(desk, name), unit, "wecom_robot", "k" * 20)
        with pytest.raises(UnknownUnit):
            robots.find_unit(desk, "没有的局")
