"""The page about the running program: who sees it, and that a failure stands there without what it said."""

from datetime import timedelta
from typing import Any

import pytest

from storage import deliveries, inbox, people
from tests.web.world import Browser, World


def administrator(world: World) -> Browser:
    unit = world.officer("司法局", "bureau").unit_id
    with world.store.write() as tx:
        people.add_officer(tx, unit_id=unit, name="管理员甲", role="administrator", position="", sample=False)
    return world.signed_in(world.officer("司法局", "administrator"))


def test_a_quiet_program_says_so(world: World) -> None:
    text = administrator(world).get("/status").text
    assert "没有发送失败的消息" in text
    assert "尚未开始" in text
    assert "2027" in text, "next year's notice is not known yet"


def test_what_failed_is_named_without_its_words(world: World) -> None:
    now = world.clock.now()
    officer = world.officer("综合执法局")
    row: dict[str, Any] = {
        "channel": "telegram",
        "address": "77",
        "kind": "say",
        "body": {"message": "机密内容"},
        "at": now,
    }
    with world.store.write() as tx:
        deliveries.add(
            tx, officer_id=officer.id, created_at=now, state="dead", reason="Forbidden: bot was blocked", **row
        )
        inbox.take_in(tx, channel="telegram", account="1", source_id="9", payload={"text": "秘密的话"}, now=now)
        held = inbox.by_source(tx, "telegram", "1", "9")
        assert held is not None
        inbox.change(tx, held.id, handled_at=now + timedelta(seconds=1), attempts=3, error="ValueError: 秘密的话")
    text = administrator(world).get("/status").text
    assert "bot was blocked" in text
    assert officer.name in text
    assert "ValueError" in text
    assert "机密内容" not in text
    assert "秘密的话" not in text
    assert "77" not in text.split("<main")[1].replace("2077", "")


@pytest.mark.parametrize("role", ["officer", "head"])
def test_others_do_not_see_it(world: World, role: str) -> None:
    assert world.signed_in(world.officer("综合执法局", role)).get("/status").status_code == 403
