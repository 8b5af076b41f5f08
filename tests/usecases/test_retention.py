"""Old words give way to a mark, once a day; young ones, what is on its way, acts and lists stay as they are."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import inbox, timeline
from storage.append_only import ERASED
from storage.tables import delivery
from tests.usecases.office import a_duty, a_plan, by
from tests.usecases.world import CHAT, World
from usecases import retention
from usecases.retention import forget_talk

DAYS = 200


@pytest.fixture
def talked(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A duty was told and answered, a word was said and a list was handed in; then half a year and more went by."""
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    world.office = replace(world.office, talk_days=DAYS)
    world.take(a_plan(a_duty("1", by("2025-03-10"), by("2025-12-31"))))
    world.until("2025-03-04 10:00")
    world.do("张敏", "report", world.part("1", due="2025-03-10"), "完成 红司发〔2026〕5号")
    hear(world, CHAT, "1", {"message": {"text": "完成"}})
    hear(world, "list", "2", {"state": "open", "file": "名册.xlsx"})
    world.until("2025-03-04 18:00")
    world.set("2025-10-09 09:00")
    hear(world, CHAT, "3", {"message": {"text": "收到"}})
    return world


def hear(world: World, channel: str, source: str, payload: dict[str, object]) -> None:
    with world.desk() as desk:
        inbox.take_in(desk.tx, channel=channel, account="a", source_id=source, payload=payload, now=world.now)
        row = inbox.by_source(desk.tx, channel, "a", source)
        assert row is not None
        inbox.change(desk.tx, row.id, handled_at=world.now, reply=[{"lines": ["已记录"], "buttons": []}])


def said(world: World) -> dict[str, object]:
    with world.desk() as desk:
        rows = [row for n in "123" for c in (CHAT, "list") if (row := inbox.by_source(desk.tx, c, "a", n))]
    return {row.source_id: (row.payload.get("message") or row.payload.get("file"), row.reply) for row in rows}


def sent(world: World) -> list[str]:
    with world.desk() as desk:
        return list(desk.tx.execute(select(delivery.c.text).where(delivery.c.state == "sent")).scalars())


def test_old_words_go_and_everything_else_stays(talked: World) -> None:
    before = sent(talked)
    assert before
    assert all(before)
    part_id = talked.part("1", due="2025-03-10").id
    with talked.desk() as desk:
        acts = timeline.of_part(desk.tx, part_id)
    assert forget_talk(talked.office, talked.now) == len(before) + 1
    assert set(sent(talked)) == {ERASED}
    found = said(talked)
    assert found["1"] == (None, None)
    assert found["2"] == ("名册.xlsx", [{"lines": ["已记录"], "buttons": []}])
    assert found["3"] == ({"text": "收到"}, [{"lines": ["已记录"], "buttons": []}])
    with talked.desk() as desk:
        assert timeline.of_part(desk.tx, part_id) == acts


def test_it_looks_once_a_day(talked: World) -> None:
    forget_talk(talked.office, talked.now)
    talked.now += timedelta(hours=1)
    hear(talked, CHAT, "4", {"message": {"text": "早"}})
    with talked.desk() as desk:
        row = inbox.by_source(desk.tx, CHAT, "a", "4")
        assert row is not None
        inbox.change(desk.tx, row.id, handled_at=talked.now - timedelta(days=DAYS + 1))
    assert forget_talk(talked.office, talked.now) == 0
    assert forget_talk(talked.office, talked.now + timedelta(days=1)) == 1


def test_without_the_setting_nothing_is_ever_forgotten(talked: World) -> None:
    office = replace(talked.office, talk_days=None)
    assert forget_talk(office, talked.now + timedelta(days=10_000)) == 0
    assert ERASED not in sent(talked)
