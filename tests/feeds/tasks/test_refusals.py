"""Who does not get in, what is never shown, and how often one may guess."""

import base64
import logging
from dataclasses import replace

import httpx2
import pytest

from storage import parts, plans, tokens
from tests.feeds.house import BUREAU, OFFICER, House
from tests.feeds.tasks.serving import Served, served
from usecases.enroll import find_officer
from usecases.errors import FeedsOff
from usecases.task_list import ALPHABET, give_password, password_of, take_password, user_name

FIND = '<propfind xmlns="DAV:"><prop><current-user-principal/><displayname/></prop></propfind>'
REPORT = (
    '<c:calendar-query xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><prop><getetag/><c:calendar-data/></prop>'
    '<c:filter><c:comp-filter name="VCALENDAR"/></c:filter></c:calendar-query>'
)


def read(place: Served, user: tuple[str, str], whose: str = "") -> httpx2.Response:
    return place.http("REPORT", f"/caldav/{whose or user[0]}/tasks/", user, body=REPORT, Depth="1")


def test_apps_find_the_way_without_knowing_it(place: Served) -> None:
    for method, path in (("GET", "/.well-known/caldav"), ("PROPFIND", "/.well-known/caldav"), ("PROPFIND", "/")):
        answer = place.http(method, path, body=FIND)
        assert (answer.status_code, answer.headers["location"]) == (301, "/caldav/")
    answer = place.http("PROPFIND", "/caldav/", body=FIND)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Basic realm="Ruqi"')


def test_a_wrong_password_opens_nothing(place: Served) -> None:
    user, password = place.user()
    assert read(place, (user, password)).status_code == 207
    for wrong in ("", "x", "aaaa-aaaa-aaaa-aaaa-aaaa-aaaa-aaaa", "%", "密码", "a" * 5000):
        given = base64.b64encode(f"{user}:{wrong}".encode()).decode()
        answer = place.http("REPORT", f"/caldav/{user}/tasks/", body=REPORT, Authorization=f"Basic {given}")
        assert answer.status_code == 401
        assert "VTODO" not in answer.text


def test_the_password_may_be_typed_as_people_type(place: Served) -> None:
    user, password = place.user()
    for typed in (password.replace("-", ""), password.upper(), password.replace("-", " ")):
        assert read(place, (user, typed)).status_code == 207


def test_nobody_reads_or_ticks_anothers_list(place: Served) -> None:
    mine, other = place.user(), place.user(BUREAU)
    uid = place.house.first_part()[2]
    whole = read(place, mine)
    assert uid in whole.text
    for answer in (
        read(place, other, mine[0]),
        place.http("GET", f"/caldav/{mine[0]}/tasks/{uid}.ics", other),
        place.http("PUT", f"/caldav/{mine[0]}/tasks/{uid}.ics", other, body="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        place.http("PROPFIND", f"/caldav/{mine[0]}/", other, body=FIND, Depth="1"),
        place.http("REPORT", "/caldav/ruqi99999/tasks/", other, body=REPORT),
    ):
        assert answer.status_code in (403, 404), answer.text
        assert uid not in answer.text


def test_ones_user_with_anothers_password_is_nobody(place: Served) -> None:
    mine, other = place.user(), place.user(BUREAU)
    assert read(place, (mine[0], other[1])).status_code == 401


def test_odd_users_are_nobody(place: Served) -> None:
    _, password = place.user()
    for user in ("ruqi", "ruqi0", "ruqi-1", "ruqi01", "ruqi１", "root", "ruqi1/../ruqi2", "ruqi" + "9" * 40):
        given = base64.b64encode(f"{user}:{password}".encode()).decode()
        answer = place.http("PROPFIND", "/caldav/", body=FIND, Authorization=f"Basic {given}")
        assert answer.status_code == 401, user


def test_a_new_password_ends_the_old_and_taking_it_away_ends_both(place: Served) -> None:
    first = place.user()
    second = place.user()
    assert (read(place, first).status_code, read(place, second).status_code) == (401, 207)
    officer = place.house.officer()
    place.house.do(lambda desk: take_password(desk, officer))
    assert read(place, second).status_code == 401


@pytest.mark.parametrize("missing", [{"feeds_on": False}, {"task_lists": False}], ids=str)
def test_switched_off_or_not_installed_there_is_no_list(house: House, missing: dict[str, bool]) -> None:
    closed = House(replace(house.office, **missing), house.clock)  # type: ignore[arg-type] # both are switches
    officer = closed.do(lambda desk: find_officer(desk, OFFICER))
    with pytest.raises(FeedsOff):
        closed.do(lambda desk: give_password(desk, officer))
    with served(closed) as place:
        for path in ("/caldav/", "/.well-known/caldav", "/"):
            assert place.http("PROPFIND", path, body=FIND).status_code == 404, path


def test_the_password_is_stored_and_logged_nowhere(place: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    user, password = place.user()
    read(place, (user, password))
    read(place, (user, password + "x"))
    bare = password.replace("-", "")
    with place.house.office.store.read() as tx:
        held = repr(tokens.live(tx, "tasks"))
    assert password not in held + caplog.text
    assert bare not in held + caplog.text
    assert base64.b64encode(f"{user}:{password}".encode()).decode() not in caplog.text
    assert len(bare) == 28
    assert set(bare) <= set(ALPHABET)


def test_when_and_by_what_it_was_read_is_noted_once_an_hour(place: Served) -> None:
    user = place.user()
    officer = place.house.officer()
    noted: list[tuple[str, bool]] = []
    for minutes in (0, 30, 31):
        place.house.clock.advance(minutes=minutes)
        place.http("PROPFIND", "/caldav/", user, body=FIND, User_Agent=f"iOS/{len(noted)} remindd")
        token = place.house.do(lambda desk: password_of(desk, officer))
        assert token is not None
        noted.append((token.last_agent, token.last_used_at == place.house.clock.now()))
    assert noted == [("iOS/0 remindd", True), ("iOS/0 remindd", False), ("iOS/2 remindd", True)]


def test_guessing_ends_soon(place: Served) -> None:
    user = place.user()
    said = [read(place, (user[0], f"guess{n}")).status_code for n in range(25)]
    assert set(said[:20]) == {401}
    assert set(said[20:]) == {429}
    assert read(place, user).status_code == 429, "from this address not even the right one, for a minute"


def test_guessing_one_user_from_many_addresses_ends_too(place: Served) -> None:
    user = place.user()
    for _ in range(20):
        place.misses.count(f"caldav user {user[0]}")
    assert read(place, user).status_code == 401
    assert read(place, place.user(BUREAU)).status_code == 207, "others go on"


def test_a_confidential_plan_shows_number_and_date_only(place: Served) -> None:
    user = place.user()
    uid = place.house.first_part()[2]
    plan = place.house.do(lambda desk: plans.all_plans(desk.tx)[0])
    row = place.house.do(lambda desk: parts.by_uid(desk.tx, uid))
    assert row is not None
    place.house.do(lambda desk: plans.change(desk.tx, row.plan_id, confidential=True))
    text = place.http("GET", f"/caldav/{user[0]}/tasks/{uid}.ics", user).text
    assert "SUMMARY:办1\r\n" in text
    assert not [word for word in (row.title, plan.title, row.text[:10]) if word in text.replace("\r\n ", "")]


@pytest.mark.parametrize("size", [200_000, 3_000_000])
def test_large_bodies_are_refused(place: Served, size: int) -> None:
    user = place.user()
    uid = place.house.first_part()[2]
    answer = place.http("PUT", f"/caldav/{user[0]}/tasks/{uid}.ics", user, body="x" * size)
    assert answer.status_code == 413


TODO = "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:{uid}\r\n%s\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
JUNK = ["", "x", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", TODO.replace("VTODO", "VEVENT") % "STATUS:COMPLETED"]
JUNK += [TODO % "STATUS:NONE", TODO % "PERCENT-COMPLETE:viel", TODO.replace("{uid}", "other") % "STATUS:COMPLETED"]
SERIES = TODO % "STATUS:COMPLETED\r\nEND:VTODO\r\nBEGIN:VTODO\r\nUID:{uid}\r\nRECURRENCE-ID:%s"
JUNK += [SERIES % "20261101", SERIES % "x"]


def test_junk_changes_nothing(place: Served) -> None:
    user = place.user()
    _, part_id, uid = place.house.first_part()
    for junk in JUNK:
        answer = place.http("PUT", f"/caldav/{user[0]}/tasks/{uid}.ics", user, body=junk.replace("{uid}", uid))
        assert answer.status_code in (400, 403, 409), (junk, answer.text)
    row = place.house.do(lambda desk: parts.by_id(desk.tx, part_id))
    assert row is not None
    assert (row.state, row.sequence) == ("open", 0)


def test_other_methods_are_refused(place: Served) -> None:
    user = place.user()
    uid = place.house.first_part()[2]
    base = f"/caldav/{user[0]}"
    for method in ("DELETE", "MKCOL", "MKCALENDAR", "MOVE", "PROPPATCH", "POST"):
        for path in (f"{base}/tasks/{uid}.ics", f"{base}/tasks/", f"{base}/new/", "/caldav/"):
            answer = place.http(method, path, user, Destination=f"{place.url}/caldav/x")
            assert answer.status_code == 403, (method, path)
    assert user_name(place.house.officer()) == user[0]
