"""Signing in: a link works once and for minutes, looking at it spends nothing, a session ends alone or on request."""

from datetime import timedelta

import pytest

from tests.usecases.office import SCHOOLS
from tests.usecases.test_roster import without
from tests.usecases.world import World
from usecases import enroll, sign_in
from usecases.errors import BadLink


def link(world: World, name: str = "张敏") -> str:
    with world.desk() as desk:
        return sign_in.issue_link(desk, enroll.find_officer(desk, name))


def opened(world: World, secret: str) -> str:
    with world.desk() as desk:
        officer, session = sign_in.open_session(desk, secret)
        assert officer.name == "张敏"
        return session


def signed_in(world: World, session: str) -> str | None:
    with world.office.read(world.now) as desk:
        officer = sign_in.session(desk, session)
    return officer.name if officer else None


def test_looking_at_a_link_spends_nothing(world: World) -> None:
    secret = link(world)
    for _ in range(3):
        with world.office.read(world.now) as desk:
            officer = sign_in.peek_link(desk, secret)
        assert officer is not None
        assert officer.name == "张敏"
    assert signed_in(world, opened(world, secret)) == "张敏"


def test_a_link_opens_one_session(world: World) -> None:
    secret = link(world)
    opened(world, secret)
    with pytest.raises(BadLink):
        opened(world, secret)
    with world.office.read(world.now) as desk:
        assert sign_in.peek_link(desk, secret) is None


def test_a_link_is_no_session_and_a_session_no_link(world: World) -> None:
    secret = link(world)
    assert signed_in(world, secret) is None
    with pytest.raises(BadLink):
        opened(world, opened(world, secret))


@pytest.mark.parametrize(("seconds", "works"), [(0, True), (-1, True), (1, False)])
def test_a_link_lives_a_quarter_of_an_hour(quick: World, seconds: int, works: bool) -> None:
    """`seconds` past its last good second."""
    secret = link(quick)
    quick.now += quick.office.link_life + timedelta(seconds=seconds - 1)
    if works:
        assert signed_in(quick, opened(quick, secret)) == "张敏"
    else:
        with pytest.raises(BadLink):
            opened(quick, secret)


def test_a_session_ends_after_its_life(world: World) -> None:
    session = opened(world, link(world))
    world.now += world.office.session_life - timedelta(seconds=1)
    assert signed_in(world, session) == "张敏"
    world.now += timedelta(seconds=1)
    assert signed_in(world, session) is None


def test_a_session_ends_at_a_word_and_the_others_go_on(world: World) -> None:
    first, second = opened(world, link(world)), opened(world, link(world))
    with world.desk() as desk:
        sign_in.close_session(desk, first)
        sign_in.close_session(desk, "unknown")
    assert [signed_in(world, session) for session in (first, second)] == [None, "张敏"]


def test_whoever_leaves_is_signed_out(world: World) -> None:
    secret, session = link(world), opened(world, link(world))
    world.enroll(without(SCHOOLS, "张敏"), chats=False)
    assert signed_in(world, session) is None
    with pytest.raises(BadLink):
        opened(world, secret)
