"""Fetching a feed over HTTP: conditions, codings, refusals; on both databases, through the real use cases."""

import gzip
import json
from dataclasses import replace

import pytest

from storage import tokens
from tests.feeds.house import BUREAU, House
from tests.feeds.strict import read
from tests.judges import ical_libical
from usecases.feed import revoke_feed, rotate_feed


def test_a_feed_is_a_calendar_that_only_its_reader_keeps(house: House) -> None:
    response = house.get(f"{house.subscribe()}.ics")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.headers["content-disposition"] == 'inline; filename="ruqi.ics"'
    assert response.headers["cache-control"].startswith("private, max-age=")
    assert response.headers["referrer-policy"] == "no-referrer"
    assert {entry.name for entry in read(response.content).inner} == {"VEVENT"}


def test_two_fetches_are_byte_equal_whatever_the_hour(house: House) -> None:
    path = f"{house.subscribe()}.ics"
    first = house.get(path)
    house.clock.advance(hours=9)
    second = house.get(path)
    assert (first.content, first.headers["etag"]) == (second.content, second.headers["etag"])


def test_the_same_again_is_304_without_a_body(house: House) -> None:
    path = f"{house.subscribe()}.ics"
    tag = house.get(path).headers["etag"]
    for condition in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        response = house.get(path, If_None_Match=condition)
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["etag"] == tag
        assert not {"content-type", "content-length", "content-disposition"} & response.headers.keys()
        assert {"cache-control", "vary"} <= response.headers.keys()
    assert house.get(path, If_None_Match='"x"').status_code == 200


def test_gzip_where_it_is_taken_has_a_tag_of_its_own(house: House) -> None:
    path = f"{house.subscribe()}.ics"
    plain = house.get(path)
    with house.client.stream("GET", path, headers={"Accept-Encoding": "br, gzip;q=0.8"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept, Accept-Encoding")
    assert gzip.decompress(raw) == plain.content
    assert int(packed.headers["content-length"]) == len(raw)
    assert packed.headers["etag"] != plain.headers["etag"]
    assert house.get(path, Accept_Encoding="gzip", If_None_Match=packed.headers["etag"]).status_code == 304
    assert house.get(path, Accept_Encoding="gzip", If_None_Match=plain.headers["etag"]).status_code == 200
    assert "content-encoding" not in house.get(path, Accept_Encoding="gzip;q=0").headers


def test_head_tells_the_same_without_the_content(house: House) -> None:
    path = f"{house.subscribe()}.ics"
    full, head = house.get(path), house.get(path, "HEAD")
    assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(full.headers))
    assert house.get(path, "HEAD", If_None_Match=full.headers["etag"]).status_code == 304


def test_other_methods_are_refused(house: House) -> None:
    path = f"{house.subscribe()}.ics"
    methods = ("POST", "PUT", "DELETE", "PATCH", "OPTIONS")
    assert {method: house.get(path, method).status_code for method in methods} == dict.fromkeys(methods, 405)


def test_wrong_revoked_rotated_and_switched_off_are_the_same_404(house: House) -> None:
    kept, revoked, rotated = house.subscribe(), house.subscribe(), house.subscribe()
    officer = house.officer()
    _, second, third = house.tokens()
    house.do(lambda desk: revoke_feed(desk, officer, second.id))
    renewed = house.do(lambda desk: rotate_feed(desk, officer, third.id))
    off = House(replace(house.office, feeds_on=False), house.clock)
    answers = [
        house.get("/feeds/no-such-secret.ics"),
        house.get("/no-such-page"),
        house.get(f"{kept.upper()}.ics".replace("/FEEDS", "/feeds")),
        house.get(f"{revoked}.ics"),
        house.get(f"{rotated}.ics"),
        off.get(f"{kept}.ics"),
        house.get(f"{revoked}.json"),
        house.get(f"{revoked}.ics", If_None_Match="*"),
    ]
    assert {(a.status_code, a.content, tuple(a.headers.items())) for a in answers} == {
        (404, answers[0].content, tuple(answers[0].headers.items()))
    }
    assert house.get(f"{kept}.ics").content == house.get(f"/feeds/{renewed}.ics").content


def test_odd_addresses_are_not_found(house: House) -> None:
    odd = [".ics", "a/b.ics", "%00.ics", "%ff%fe.ics", "a%2Fb.ics", "/a.ics", "a.ics/", "..%2f..%2fx.ics", "办12.ics"]
    odd += ["a" * 9000 + ".ics", "a.icsx", "a.ics.json", "a.ICS", "a.ics?a=1&a=2"]
    assert {name: house.client.get(f"/feeds/{name}").status_code for name in odd} == dict.fromkeys(odd, 404)


ODD_HEADERS = [
    {b"If-None-Match": b'"' * 999},
    {b"Accept-Encoding": b"gzip;q=,;;*;q=x"},
    {b"Range": b"bytes=0-0"},
    {b"If-Modified-Since": b"Fri, 20 Nov 2099 00:00:00 GMT"},
    {b"User-Agent": b"x" * 9000},
    {b"User-Agent": b"a\x7f\x85\t\xe5\x8a"},
]


def test_odd_headers_change_nothing(house: House) -> None:
    path = f"{house.subscribe()}.ics"
    content = house.get(path).content
    for odd in ODD_HEADERS:
        house.clock.advance(minutes=61)  # so that the odd user agent is noted too
        response = house.client.get(path, headers={b"Accept-Encoding": b"identity"} | odd)
        assert (response.status_code, response.content) == (200, content), odd


def test_last_use_is_noted_at_most_once_an_hour(house: House) -> None:
    path = f"{house.subscribe()}.ics"
    noted: list[tuple[bool, str]] = []
    for minutes in (0, 30, 29, 1, 60):
        house.clock.advance(minutes=minutes)
        house.get(path, User_Agent=f"Calendar/{len(noted)}")
        (token,) = house.tokens()
        noted.append((token.last_used_at == house.clock.now(), token.last_agent))
    assert noted == [
        (True, "Calendar/0"),
        (False, "Calendar/0"),
        (False, "Calendar/0"),
        (True, "Calendar/3"),
        (True, "Calendar/4"),
    ]


def test_a_fetch_within_the_hour_writes_nothing(house: House) -> None:
    path = f"{house.subscribe()}.ics"
    house.get(path)
    writes: list[str] = []
    house.office.store.on_write.append(lambda: writes.append("written"))
    for method in ("GET", "HEAD"):
        house.get(path, method)
        house.get("/feeds/no-such-secret.ics", method)
    assert writes == []


def test_the_database_holds_no_secret(house: House) -> None:
    path = house.subscribe()
    secret = path.rpartition("/")[2]
    assert len(secret) >= 43, "256 bits in base 64"
    (token,) = house.tokens()
    assert token.digest == tokens.digest(secret)
    assert secret not in repr(token)


def test_the_same_as_json(house: House) -> None:
    path = house.subscribe()
    response = house.get(f"{path}.json")
    assert response.headers["content-type"] == "application/json"
    said = {
        entry["uid"]: (entry["summary"], entry["due"].replace("-", ""))
        for entry in json.loads(response.content)["entries"]
    }
    assert said == {uid: (entry.text("SUMMARY"), entry["DTSTART"]) for uid, entry in house.entries(path).items()}
    assert house.get(f"{path}.json", If_None_Match=response.headers["etag"]).status_code == 304


def test_tasks_and_alarms_are_the_subscribers_choice(house: House) -> None:
    events, todos = house.subscribe(alarms=[0, 1440]), house.subscribe(todo=True)
    assert {entry.name for entry in house.entries(todos).values()} == {"VTODO"}
    assert {len(entry.inner) for entry in house.entries(events).values()} == {2}
    assert house.entries(events).keys() == house.entries(todos).keys()


def test_each_reads_only_what_they_may(house: House) -> None:
    own, plan = house.subscribe(), house.subscribe(scope="plan", subject_id=1)
    other, bureau = house.subscribe("示例·吴国平"), house.subscribe(BUREAU, "bureau")
    mine, theirs = house.entries(own).keys(), house.entries(other).keys()
    assert mine
    assert not mine & theirs
    assert house.entries(plan).keys() == mine
    everything = house.entries(bureau)
    assert mine | theirs <= everything.keys()
    assert everything[min(mine)].text("SUMMARY").startswith("发展和改革局 办")


def test_the_bureaus_feed_of_a_real_plan_reads_well(house: House) -> None:
    house.take_in("hongsibu")
    path = house.subscribe(BUREAU, "bureau")
    content = house.get(f"{path}.ics").content
    assert len(read(content).inner) > 150
    library = ical_libical.find_library()
    if library is None:
        pytest.skip("libical is not installed; `make test` as root installs it on Debian")
    verdict = ical_libical.judge(library, content)
    assert (verdict.complaints, verdict.restrictions_kept) == ((), True)
