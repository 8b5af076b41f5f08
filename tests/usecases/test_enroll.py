"""Binding a chat: one code, one chat, once; whatever is wrong with a code is said in one and the same way."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from schedules.roster import Roster, RosterOfficer, RosterUnit
from tests.usecases.office import SCHOOLS, a_duty, a_plan, by
from tests.usecases.test_roster import without
from tests.usecases.world import CHAT, World
from usecases import enroll
from usecases.errors import AmbiguousOfficer, BadInvite, NoSuchOfficer
from usecases.sign_in import issue_link

Spoil = Callable[[World, str], str]


def invite(world: World, name: str = "张敏") -> str:
    with world.desk() as desk:
        return enroll.invite(desk, enroll.find_officer(desk, name))


def bind(world: World, code: str, address: str = "新手机") -> str:
    with world.desk() as desk:
        return enroll.bind(desk, code, CHAT, address).name


def whose(world: World, address: str) -> str | None:
    with world.office.read(world.now) as desk:
        officer = enroll.who(desk, CHAT, address)
    return officer.name if officer else None


def test_a_code_binds_a_chat_to_its_person(world: World) -> None:
    assert whose(world, "新手机") is None
    assert bind(world, invite(world)) == "张敏"
    assert whose(world, "新手机") == "张敏"
    assert whose(world, "张敏") == "张敏", "the old chat stays hers too"


def test_codes_are_long_and_fit_a_start_link(world: World) -> None:
    codes = {invite(world) for _ in range(20)}
    assert len(codes) == 20
    assert all(20 <= len(code) <= 64 and code.replace("-", "").replace("_", "").isalnum() for code in codes)


def _used(world: World, code: str) -> str:
    bind(world, code, "别的手机")
    return code


def _late(world: World, code: str) -> str:
    world.now += world.office.invite_life
    return code


def _replaced(world: World, code: str) -> str:
    invite(world)
    return code


def _left(world: World, code: str) -> str:
    world.enroll(without(SCHOOLS, "张敏"), chats=False)
    return code


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(_used, id="used"),
        pytest.param(_late, id="expired"),
        pytest.param(_replaced, id="replaced by a newer one"),
        pytest.param(_left, id="its person left"),
        pytest.param(lambda _, code: code[:-1], id="cut short"),
        pytest.param(lambda _, code: code.swapcase(), id="in the wrong case"),
        pytest.param(lambda _, __: "", id="empty"),
        pytest.param(lambda _, __: "0" * 22, id="guessed"),
    ],
)
def test_a_bad_code_is_refused_in_one_way(quick: World, spoil: Spoil) -> None:
    code = spoil(quick, invite(quick))
    with pytest.raises(BadInvite) as refusal:
        bind(quick, code)
    assert whose(quick, "新手机") is None
    assert (str(refusal.value), refusal.value.values) == (str(BadInvite()), {})


def test_a_code_is_good_until_its_last_second(world: World) -> None:
    code = invite(world)
    world.now += world.office.invite_life - timedelta(seconds=1)
    assert bind(world, code) == "张敏"


def test_a_refused_code_is_not_spent(world: World) -> None:
    code = invite(world)
    with pytest.raises(BadInvite):
        bind(world, code[:-1])
    assert bind(world, code) == "张敏"


def test_a_sign_in_secret_is_no_invitation(world: World) -> None:
    with world.desk() as desk:
        secret = issue_link(desk, enroll.find_officer(desk, "张敏"))
    with pytest.raises(BadInvite):
        bind(world, secret)


def test_a_lost_chat_is_silent_until_it_is_found(world: World) -> None:
    world.take(a_plan(a_duty("1", by("2025-06-27"))))
    with world.desk() as desk:
        enroll.lost_chat(desk, CHAT, "张敏", "blocked")
    world.beat()
    assert world.told("张敏") == []
    with world.desk() as desk:
        enroll.found_chat(desk, CHAT, "张敏")
    world.set("2025-06-20 09:00")
    world.beat()
    assert [message.rungs for message in world.told("张敏")] == [(("1", "d7"),)]


def test_a_chat_that_moves_onto_a_known_one_leaves_one_of_the_two(world: World) -> None:
    bind(world, invite(world), "-100群")
    with world.desk() as desk:
        enroll.moved_chat(desk, CHAT, "张敏", "-100群")
    world.take(a_plan(a_duty("1", by("2025-06-27"))))
    world.beat()
    assert [message.who for message in world.told()] == ["-100群"]


def test_the_language_is_a_person_s_own(world: World) -> None:
    with world.desk() as desk:
        enroll.set_language(desk, enroll.find_officer(desk, "张敏"), "en")
    assert (world.officer("张敏").language, world.officer("王副").language) == ("en", "zh")


def test_two_of_one_name_need_their_unit(world: World) -> None:
    double = RosterUnit("水利局", short="水利", officers=(RosterOfficer("张敏"),))
    world.enroll(Roster("示例", units=(double,)), chats=False)
    with world.office.read(world.now) as desk:
        with pytest.raises(AmbiguousOfficer) as doubt:
            enroll.find_officer(desk, "张敏")
        assert "教育局" in doubt.value.values["units"]
        assert "水利局" in doubt.value.values["units"]
        named = [enroll.find_officer(desk, "张敏", unit).unit_id for unit in ("教育局", "水利局", "水利")]
        assert named[1] == named[2] != named[0]
        for name, unit in (("张三", None), ("张敏", "财政局")):
            with pytest.raises(NoSuchOfficer):
                enroll.find_officer(desk, name, unit)
