"""What is kept: one entry is written again when one part changed, nothing when nothing did; never is anything stale."""

from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from feeds import calendar, keep
from feeds.door import Door
from feeds.keep import Pieces, Shelf
from storage import people, plans, tokens
from storage.engine import open_store
from tests.feeds.house import BUREAU, House
from tests.feeds.views import CHANGED, DUE, entry
from usecases.answer import report
from usecases.feed import list_feeds, revoke_feed
from usecases.feed_view import FeedEntry, Line, Sheet


@pytest.fixture
def client(house: House) -> TestClient:
    """One door that stays, as in a running program."""
    return TestClient(Door(house.office, house.clock, Starlette()))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The UIDs of the entries that icalendar writes."""
    uids: list[str] = []

    def piece(style: calendar.Style, one: FeedEntry) -> bytes:
        uids.append(one.part.uid)
        return calendar.piece(style, one)

    monkeypatch.setattr(keep, "piece", piece)
    return uids


def get(client: TestClient, path: str, **headers: str) -> tuple[int, bytes, str]:
    answer = client.get(f"{path}.ics", headers={"Accept-Encoding": "identity", **headers})
    return answer.status_code, answer.content, answer.headers.get("etag", "")


def test_one_changed_part_is_one_entry_written(house: House, client: TestClient, written: list[str]) -> None:
    path = house.subscribe(BUREAU, "bureau")
    get(client, path)
    everything = len(written)
    assert everything > 50
    written.clear()
    act, part_id, uid = house.first_part()
    house.do(lambda desk: report(desk, act, part_id))
    status, content, _ = get(client, path)
    assert (status, written) == (200, [uid])
    written.clear()
    assert get(TestClient(Door(house.office, house.clock, Starlette())), path)[1] == content
    assert len(written) == everything, "a new door knows nothing, and writes the same"


def test_unchanged_is_304_without_writing_an_entry(house: House, client: TestClient, written: list[str]) -> None:
    path = house.subscribe()
    _, _, tag = get(client, path)
    written.clear()
    for _ in range(3):
        house.clock.advance(minutes=10)
        assert get(client, path, **{"If-None-Match": tag})[:2] == (304, b"")
    assert written == []


def test_unchanged_reads_no_part(house: House, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    path = house.subscribe()
    _, _, tag = get(client, path)
    for name in ("sheet", "entries", "full"):
        monkeypatch.delattr(f"feeds.door.{name}")
    house.clock.advance(minutes=10)
    assert get(client, path, **{"If-None-Match": tag})[0] == 304


def test_a_revoked_address_is_gone_at_once(house: House, client: TestClient) -> None:
    path = house.subscribe()
    assert get(client, path)[0] == 200
    officer = house.officer()
    house.do(lambda desk: revoke_feed(desk, officer, list_feeds(desk, officer)[0].id))
    assert get(client, path)[0] == 404


def test_what_another_process_revoked_is_gone_within_a_second(house: House, client: TestClient) -> None:
    path = house.subscribe()
    assert get(client, path)[0] == 200
    officer = house.officer()
    other = open_store(house.office.store.engine.url.render_as_string(hide_password=False))
    with other.write() as tx:
        tokens.change(tx, tokens.live(tx, "feed", officer.id)[0].id, revoked_at=house.clock.now())
    other.close()
    house.clock.advance(seconds=1)
    assert get(client, path)[0] == 404


def test_a_person_who_left_reads_nothing(house: House, client: TestClient) -> None:
    path = house.subscribe()
    assert get(client, path)[0] == 200
    officer = house.officer()
    house.do(lambda desk: people.change_officer(desk.tx, officer.id, active=False))
    assert get(client, path)[0] == 404


def test_midnight_marks_what_is_overdue_although_nobody_wrote(house: House, client: TestClient) -> None:
    path = house.subscribe()
    _, before, _ = get(client, path)
    house.clock.advance(days=60)
    _, after, _ = get(client, path)
    assert "❗".encode() not in before
    assert "❗".encode() in after


def test_a_plan_renamed_or_a_unit_renamed_shows(house: House, client: TestClient) -> None:
    path = house.subscribe(BUREAU, "bureau")
    get(client, path)
    plan = house.do(lambda desk: plans.all_plans(desk.tx)[0])
    house.do(lambda desk: plans.change(desk.tx, plan.id, short="改了名的方案"))
    assert "改了名的方案".encode() in get(client, path)[1].replace(b"\r\n ", b"")
    unit_id = house.officer().unit_id
    house.do(lambda desk: people.change_unit(desk.tx, unit_id, name="改了名的单位"))
    assert "改了名的单位".encode() in get(client, path)[1].replace(b"\r\n ", b"")


def test_json_at_the_same_address(house: House, client: TestClient) -> None:
    path = house.subscribe()
    asked = client.get(f"{path}.ics", headers={"Accept": "application/json"})
    ended = client.get(f"{path}.json")
    bare = client.get(path)
    assert asked.headers["content-type"] == ended.headers["content-type"] == "application/json"
    assert asked.content == ended.content
    assert bare.headers["content-type"].startswith("text/calendar")
    both = client.get(f"{path}.ics", headers={"Accept": "text/calendar, application/json;q=0.1"})
    assert both.headers["content-type"].startswith("text/calendar")


def test_kept_pieces_are_bounded_and_the_oldest_go_first() -> None:
    pieces = Pieces(most=3)
    for number in range(9):
        sheet = Sheet(
            "t",
            "zh",
            CHANGED,
            (Line(number, str(number), DUE, CHANGED, cancelled=False, mark=(0,)),),
            several_units=False,
        )
        pieces.write(sheet, lambda ids: {one: entry(uid=str(one)) for one in ids})
    assert len(pieces) == 3


def test_kept_bytes_are_bounded() -> None:
    class Sized:
        size = 40

    shelf: Shelf[int, Sized] = Shelf(most=100)
    for number in range(9):
        shelf.put(number, Sized())
    assert [number for number in range(9) if shelf.get(number)] == [7, 8]


def test_time_going_back_is_not_trusted(house: House, client: TestClient) -> None:
    path = house.subscribe()
    get(client, path)
    house.clock.moment -= timedelta(days=1)
    assert get(client, path)[0] == 200
