"""送达记录: what the page and its files show and to whom, filters in the address, and never a text or an address."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.responses import Response

from storage import deliveries, people, timeline
from tests.web.test_state import administrator
from tests.web.world import Browser, World
from usecases import delivery_log, delivery_sheet, timeline_export
from usecases.errors import NotAllowed

UNIT, TITLE = "综合执法局", "年度案卷评查"


def put(world: World, who: str = UNIT, **values: Any) -> int:  # noqa: ANN401 - columns
    now = world.clock.now()
    row: dict[str, Any] = {
        "channel": "telegram",
        "address": "SECRET-77",
        "kind": "digest",
        "created_at": now,
        "at": now,
    }
    part = world.part(UNIT, TITLE)
    with world.store.write() as tx:
        body = {"message": "机密内容"}
        return deliveries.add(
            tx, [(part.id, None)], officer_id=world.officer(who).id, **row | {"body": body, "text": "机密内容"} | values
        )


def bureau(world: World) -> Browser:
    return world.signed_in(world.officer("司法局", "bureau"))


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_dispute_is_settled_without_the_words(world: World) -> None:
    at = world.clock.now()
    put(world, state="sent", sent_at=at, attempt=2, message_ref="4711")
    put(
        world, "水务局", state="dead", attempt=1, reason="Forbidden: bot was blocked http://x/in/abcdefghijklmnopqrstuv"
    )
    text = bureau(world).get("/deliveries").text
    for shown in (UNIT, world.officer(UNIT).name, "Telegram", TITLE, "已发出", "4711", "未能发出", "bot was blocked"):
        assert shown in text
    for secret in ("机密内容", "SECRET-77", "abcdefghijklmnopqrstuv"):
        assert secret not in text


def test_filters_stand_in_the_address_and_reach_the_file(world: World) -> None:
    put(world, state="sent", sent_at=world.clock.now(), attempt=1, message_ref="=1+1")
    put(world, "水务局", state="dead", reason="Forbidden")
    browser = bureau(world)
    text = browser.get(f"/deliveries?unit={UNIT}&outcome=sent&from=2026-12-02&to=2026-12-02&find={TITLE}").text
    assert '<tr id="m' in text
    assert "Forbidden" not in text
    assert "outcome=sent&amp;" in text
    answer = browser.get(f"/deliveries/deliveries.csv?unit={UNIT}&outcome=sent")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = read(answer.content)
    assert len(rows) == 2
    assert rows[0][0] == "应发时间"
    assert rows[1][-1] == "'=1+1"
    assert "没有消息" in browser.get("/deliveries?to=2020-01-01").text
    assert browser.get("/deliveries?from=x&outcome=x&channel=x&before=x").text.count('<tr id="m') == 2


def test_pages_and_pieces_lose_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_sheet, "A_PIECE", 3)
    numbers = [put(world) for _ in range(delivery_log.A_PAGE + 1)]
    browser = bureau(world)
    text = browser.get("/deliveries").text
    assert text.count('<tr id="m') == delivery_log.A_PAGE
    assert f"before={numbers[1]}" in text
    assert browser.get(f"/deliveries?before={numbers[1]}").text.count('<tr id="m') == 1
    assert len(read(browser.get("/deliveries/deliveries.csv").content)) == 1 + len(numbers)


def test_the_timeline_as_files(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline_export, "A_PIECE", 2)
    me, part = world.officer(UNIT), world.part(UNIT, TITLE)
    with world.store.write() as tx:
        for n in range(5):
            at = world.clock.now() + timedelta(minutes=n)
            timeline.add(tx, at=at, verb="report", part_id=part.id, officer_id=me.id, door="web", words="=HYPERLINK(1)")
    browser = bureau(world)
    rows = read(browser.get(f"/deliveries/timeline.csv?unit={UNIT}&from=2026-12-02").content)
    assert len(rows) == 6
    assert rows[1][1:6] == ["2026-12-02T01:00:00+00:00", "2026-12-02T09:00:00+08:00", me.name, "", "报结"]
    assert "'=HYPERLINK(1)" in rows[1]
    acts = [json.loads(line) for line in browser.get("/deliveries/timeline.jsonl?from=2026-12-02").text.splitlines()]
    assert [act["words"] for act in acts if act["verb"] == "report"] == ["=HYPERLINK(1)"] * 5
    assert acts[-1]["title"] == TITLE
    assert acts[-1]["unit"] == UNIT


@pytest.mark.parametrize("path", ["", "/deliveries.csv", "/timeline.csv", "/timeline.jsonl"])
def test_who_may_look(world: World, path: str) -> None:
    assert administrator(world).get(f"/deliveries{path}").status_code == 200
    for role in ("officer", "head"):
        assert world.signed_in(world.officer(UNIT, role)).get(f"/deliveries{path}").status_code == 403


def test_each_piece_asks_anew_who_reads(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_sheet, "A_PIECE", 1)
    for _ in range(2):
        put(world)
    browser, officer = bureau(world), world.officer("司法局", "bureau")
    refused = list[str]()

    def slowly(pieces: Iterator[bytes], *_: str) -> Response:
        next(pieces)
        with world.store.write() as tx:
            people.change_officer(tx, officer.id, role="officer")
        with pytest.raises(NotAllowed):
            next(pieces)
        refused.append("refused")
        return Response()

    monkeypatch.setattr("web.pages.deliveries.streamed", slowly)
    browser.get("/deliveries/deliveries.csv")
    assert refused == ["refused"]
