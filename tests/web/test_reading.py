"""GET and HEAD change nothing: every page and every link on it, walked by a person of each role."""

import re
from html import unescape

import pytest

from tests.web.conftest import MakeWorld

ROLES = [("综合执法局", "officer"), ("市场监督管理分局", "head"), ("司法局", "bureau"), ("司法局", "deputy")]


@pytest.mark.parametrize(("unit", "role"), ROLES)
def test_following_every_link_changes_nothing(make_world: MakeWorld, unit: str, role: str) -> None:
    world = make_world(movable=True)
    browser = world.signed_in(world.officer(unit, role))
    link = world.link(world.officer("东塬镇"))
    before, moment = world.dump(), world.clock.now()
    todo, seen = ["/", "/inbox", "/inbox/cards", "/ledger", "/subscribe", link], set[str]()
    while todo and len(seen) < 60:
        path = todo.pop()
        seen.add(path)
        assert browser.client.head(path).status_code < 500
        answer = browser.get(path)
        assert answer.status_code < 500, path
        found = {unescape(href).partition("#")[0] for href in re.findall(r'href="(/[^"]*)"', answer.text)}
        todo += sorted(found - seen - set(todo))
    assert len(seen) >= 10
    assert world.dump() == before
    assert world.clock.now() == moment
