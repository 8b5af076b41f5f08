"""Adding a way oneself: the code goes to the address and nowhere else, and the way counts once it came back."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from storage import deliveries, people, tokens
from storage.rows import DeliveryRow, many
from storage.tables import delivery
from tests.usecases.world import World
from usecases import contacts
from usecases.confirm_way import KIND, LIFE, MOST, TRIES, ask_way, asked_way, confirm_way, drop_asked
from usecases.enroll import find_officer
from usecases.errors import BadWay, NoWayAsked, TooManyCodes, WayTaken, WrongCode

MAIL = "zhang@example.org"


def ask(world: World, address: str = MAIL, who: str = "张敏") -> str:
    """Asks for a way; gives the code as it stands in the letter."""
    with world.desk() as desk:
        ask_way(desk, find_officer(desk, who), "mail", address)
        letters = many(DeliveryRow, desk.tx.execute(delivery.select().order_by(delivery.c.id)))
    letter = letters[-1]
    assert (letter.channel, letter.address) == ("mail", address)
    assert letter.officer_id is None, "so that no link that signs in goes with it and no other way hears it"
    (code,) = re.findall(r"\d{6}", letter.body["message"]["lines"][0])
    return str(code)


def answered(world: World, code: str, who: str = "张敏") -> None:
    with world.desk() as desk:
        confirm_way(desk, find_officer(desk, who), code)


def listed(world: World, who: str = "张敏") -> list[str]:
    officer = world.officer(who)
    with world.office.read(world.now) as desk:
        return [way.shown for way in contacts.ways(desk, officer)]


def waits(world: World) -> str:
    officer = world.officer("张敏")
    with world.office.read(world.now) as desk:
        return asked_way(desk, officer)


def test_the_way_counts_when_the_code_came_back(world: World) -> None:
    before = listed(world)
    code = ask(world)
    assert listed(world) == before, "nothing counts yet"
    assert waits(world) == MAIL
    answered(world, f" {code[:3]} {code[3:]} ".translate({ord("0") + n: ord("０") + n for n in range(10)}))
    assert listed(world) == [*before, MAIL]
    assert waits(world) == ""
    with pytest.raises(NoWayAsked):
        answered(world, code)


def test_only_the_digest_of_the_code_is_kept(world: World) -> None:
    code = ask(world)
    with world.office.read(world.now) as desk:
        (held,) = tokens.live(desk.tx, KIND)
    assert code not in repr(held.options)


def test_some_wrong_codes_and_the_right_one_is_void(world: World) -> None:
    code = ask(world)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for left in reversed(range(TRIES)):
        with world.desk() as desk:
            with pytest.raises(WrongCode) as refused:
                confirm_way(desk, find_officer(desk, "张敏"), wrong)
            assert refused.value.values["left"] == left
    with pytest.raises(NoWayAsked):
        answered(world, code)


def test_a_code_is_one_persons_one_addresss_and_a_quarter_of_an_hours(world: World) -> None:
    first = ask(world)
    with pytest.raises(NoWayAsked):
        answered(world, first, who="李督办")
    second = ask(world, "other@example.org")
    if first != second:
        with pytest.raises(WrongCode):
            answered(world, first)
    world.now += LIFE
    with pytest.raises(NoWayAsked):
        answered(world, second)


def test_dropped_is_not_waited_for(world: World) -> None:
    code = ask(world)
    with world.desk() as desk:
        drop_asked(desk, find_officer(desk, "张敏"))
    assert waits(world) == ""
    with pytest.raises(NoWayAsked):
        answered(world, code)


def test_a_strangers_mailbox_is_not_filled(world: World) -> None:
    for n in range(MOST):
        ask(world, f"a{n}@example.org")
    with pytest.raises(TooManyCodes):
        ask(world)
    world.now += timedelta(hours=1)
    ask(world)


def test_what_is_no_address_or_somebody_elses_gets_no_code(world: World) -> None:
    with world.desk() as desk:
        officer, other = find_officer(desk, "张敏"), find_officer(desk, "李督办")
        people.bind_contact(desk.tx, officer_id=other.id, channel="mail", address=MAIL, now=desk.now)
        for address, error in ((MAIL, WayTaken), ("nobody", BadWay), ("a@b.org\nBcc: c@d.org", BadWay)):
            with pytest.raises(error):
                ask_way(desk, officer, "mail", address)
        assert deliveries.counts(desk.tx) == {}


def test_a_channel_that_does_not_run_is_not_offered(world: World) -> None:
    world.office = replace(world.office, channels=frozenset({"telegram"}))
    with world.desk() as desk, pytest.raises(BadWay):
        ask_way(desk, find_officer(desk, "张敏"), "mail", MAIL)
