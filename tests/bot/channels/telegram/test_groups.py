"""Groups and topics: bound in the group, the unit's card once, presses of each person, topics, moves, kicks."""

from collections.abc import Callable
from datetime import date

import pytest

from storage import group_chats, parts, people
from storage.rows import GroupChat, PartRow
from tests.bot.channels.telegram.rig import Rig
from tests.bot_api import faults
from tests.bot_api.client import BotApi
from tests.bot_api.people import Group, Person
from tests.bot_api.seen import Seen
from tests.scheduler.office import Bureau

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CHAT = -1000001


@pytest.fixture
def officer(bot_api: BotApi) -> Person:
    return bot_api.person(id=1001, name="张敏", started=True)


@pytest.fixture
def stranger(bot_api: BotApi) -> Person:
    return bot_api.person(id=1002, name="马兰", started=True)


@pytest.fixture
def group(bot_api: BotApi, officer: Person, stranger: Person) -> Group:
    return bot_api.group(CHAT, "联络群", members=[officer, stranger], forum=True)


@pytest.fixture
def bound(here: Bureau) -> Bureau:
    here.enroll("telegram", "1001")
    return here


def assign(here: Bureau) -> None:
    here.assign(date(2024, 1, 31))


def part(here: Bureau) -> PartRow:
    with here.office.read(here.clock.now()) as desk:
        return parts.by_ids(desk.tx, [1])[1]


def chat(here: Bureau, address: object = CHAT) -> GroupChat | None:
    with here.office.read(here.clock.now()) as desk:
        return group_chats.at(desk.tx, "telegram", str(address))


def state(here: Bureau, address: object = CHAT) -> str:
    found = chat(here, address)
    return found.state if found else ""


def says(*words: str) -> Callable[[Seen], bool]:
    return lambda seen: all(word in seen.text for word in words)


def card(seen: Seen) -> bool:
    return "签收" in seen.buttons


async def test_the_units_card_stands_in_its_group_once_and_changes_in_place(
    rig: Rig, bound: Bureau, officer: Person, stranger: Person, group: Group
) -> None:
    async with rig.running():
        officer.says("/bind", chat=group)
        await group.waits_for_async(says("本群已绑定司法局"))
        assign(rig.here)
        shown = await group.waits_for_async(card)
        own = await officer.waits_for_async(card)
        assert "邀请码" in (await stranger.presses(shown, "签收").answered_async()).text
        assert part(rig.here).state == "open"
        await officer.presses(shown, "签收").answered_async()
        await rig.api.waits_for_async(lambda: not card(group.now(shown)) and not card(officer.now(own)))  # type: ignore[arg-type] # both stand
    assert part(rig.here).state == "received"
    assert len(group.hears()) == 2, "the confirmation, and one card that was edited"
    assert not [seen for seen in group.hears() if "://" in seen.text]


@ONE_DATABASE
async def test_strangers_and_codes_bind_nothing_and_words_let_go(
    rig: Rig, bound: Bureau, officer: Person, stranger: Person, group: Group
) -> None:
    group.promotes_bot()
    async with rig.running():
        stranger.says("绑定本群", chat=group)
        await group.waits_for_async(says("还没有绑定"))
        officer.says("/bind AbCdEfGh12345678", chat=group)
        await group.waits_for_async(says("邀请码不要发在群里"))
        officer.says("绑定本群 教育局", chat=group)
        await group.waits_for_async(says("名册里没有“教育局”"))
        assert chat(rig.here) is None
        officer.says("绑定本群", chat=group)
        await group.waits_for_async(says("本群已绑定司法局"))
        officer.says("解除绑定", chat=group)
        await group.waits_for_async(says("已解除绑定"))
    assert chat(rig.here) is None


async def test_a_topic_hears_and_answers_in_the_topic(rig: Rig, bound: Bureau, officer: Person, group: Group) -> None:
    topic = group.opens_topic("司法局")
    async with rig.running():
        officer.says("/bind", chat=group, topic=topic)
        answer = await group.waits_for_async(says("本群已绑定"))
        assert answer.topic == topic
        assign(rig.here)
        shown = await group.waits_for_async(card)
        assert shown.topic == topic
        officer.replies(shown, "收到")
        said = await group.waits_for_async(says("已签收"), after=shown)
        assert said.topic == topic
        assert state(rig.here, f"{CHAT}/{topic}") == "live"
    assert part(rig.here).state == "received"


@ONE_DATABASE
async def test_a_closed_topic_falls_back_to_the_group(rig: Rig, bound: Bureau, officer: Person, group: Group) -> None:
    topic = group.opens_topic("司法局")
    async with rig.running():
        officer.says("/bind", chat=group, topic=topic)
        await group.waits_for_async(says("本群已绑定"))
        group.closes_topic(topic)
        assign(rig.here)
        shown = await group.waits_for_async(card)
        told = await group.waits_for_async(says("话题已关闭"))
        assert (shown.topic, told.topic) == (None, None)
    assert len(group.hears(says("话题已关闭"))) == 1
    assert (state(rig.here), state(rig.here, f"{CHAT}/{topic}")) == ("live", "")


@ONE_DATABASE
async def test_a_group_that_becomes_a_supergroup_keeps_its_unit(
    rig: Rig, bound: Bureau, bot_api: BotApi, officer: Person
) -> None:
    small = bot_api.group(-77, "小群", members=[officer], kind="group")
    async with rig.running():
        officer.says("/bind", chat=small)
        await small.waits_for_async(says("本群已绑定"))
        large = small.migrates(-100200300)
        assign(rig.here)
        await large.waits_for_async(card)
    assert (state(rig.here, -77), state(rig.here, -100200300)) == ("", "live")


@ONE_DATABASE
async def test_a_move_that_is_met_while_sending_is_followed(
    rig: Rig, bound: Bureau, bot_api: BotApi, officer: Person
) -> None:
    small = bot_api.group(-77, "小群", members=[officer], kind="group")
    async with rig.running():
        officer.says("/bind", chat=small)
        await small.waits_for_async(says("本群已绑定"))
    large = small.migrates(-100200300)
    rig.api.line.order("forgets")
    assign(rig.here)
    again = Rig(rig.here, rig.api)
    async with again.running():
        await large.waits_for_async(card)
    await again.telegram.close()
    assert state(rig.here, -100200300) == "live"


@ONE_DATABASE
async def test_thrown_out_is_seen_and_being_let_in_again_heals(
    rig: Rig, bound: Bureau, officer: Person, group: Group
) -> None:
    async with rig.running():
        officer.says("/bind", chat=group)
        await group.waits_for_async(says("本群已绑定"))
        group.kicks_bot()
        await rig.api.waits_for_async(lambda: state(rig.here) == "dead")
        group.promotes_bot()
        await rig.api.waits_for_async(lambda: state(rig.here) == "live")


@ONE_DATABASE
async def test_a_send_refused_for_good_ends_the_group_not_the_person(
    rig: Rig, bound: Bureau, officer: Person, group: Group
) -> None:
    async with rig.running():
        officer.says("/bind", chat=group)
        await group.waits_for_async(says("本群已绑定"))
        rig.api.inject(faults.forbidden("kicked"), method="sendMessage", chat=group, times=None)
        assign(rig.here)
        await officer.waits_for_async(card)
        await rig.api.waits_for_async(lambda: state(rig.here) == "dead")
    with rig.here.office.read(rig.here.clock.now()) as desk:
        own = people.contact_at(desk.tx, "telegram", "1001")
    assert own is not None
    assert own.state == "live"


@ONE_DATABASE
async def test_a_busy_group_is_written_to_once_a_second_and_nobody_waits_for_it(
    rig: Rig, bound: Bureau, officer: Person, group: Group
) -> None:
    rig.api.enforce_limits()
    async with rig.running():
        for _ in range(4):
            officer.says("/today", chat=group)
        officer.says("/today")
        await officer.waits_for_async()
        assert len(group.hears()) < 4
        await rig.api.waits_for_async(lambda: len(group.hears()) == 4)
    assert len([entry for entry in rig.api.ledger("sendMessage") if entry.status == 429]) <= 1, "clocks may jitter"
