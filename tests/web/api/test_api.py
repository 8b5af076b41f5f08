"""The API: who may call, what they see, what they can do, and how every refusal looks."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from storage import timeline
from tests.web.world import World
from usecases import deliver, hooks
from usecases.answer import Act, report
from usecases.api_tokens import SCOPES, create_token, list_tokens, revoke_token

UNIT = "综合执法局"
TITLE = "年度案卷评查"
Client = Callable[..., "Program"]


class Program:
    """Another program with a token of somebody."""

    def __init__(self, world: World, unit: str, role: str = "officer", *scopes: str) -> None:
        self.officer = world.officer(unit, role)
        with world.office.write(world.clock.now()) as desk:
            self.secret = create_token(desk, self.officer, scopes or SCOPES)
        self._client = TestClient(world.app, base_url=world.base_url)

    def get(self, path: str, **query: str) -> Response:
        return self._client.get(f"/api/v1{path}", params=query, headers=self._headers)

    def post(self, path: str, body: object) -> Response:
        return self._client.post(f"/api/v1{path}", json=body, headers=self._headers)

    def delete(self, path: str) -> Response:
        return self._client.delete(f"/api/v1{path}", headers=self._headers)

    @property
    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.secret}", "user-agent": "OA/1.0"}


def test_without_a_good_token_nothing_is_told(world: World) -> None:
    client = TestClient(world.app, base_url=world.base_url)
    for headers in ({}, {"authorization": "Bearer nonsense"}, {"authorization": "Basic eDp5"}):
        answer = client.get("/api/v1/plans", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.headers["content-type"] == "application/problem+json"
        assert "司法局" not in answer.text


def test_many_wrong_tokens_are_slowed_down(world: World) -> None:
    client = TestClient(world.app, base_url=world.base_url)
    codes = [client.get("/api/v1/plans", headers={"authorization": f"Bearer {n}"}).status_code for n in range(25)]
    assert codes[0] == 401
    assert codes[-1] == 429


def test_a_revoked_or_outlived_token_and_one_of_somebody_who_left_stop_at_once(world: World) -> None:
    program = Program(world, UNIT)
    assert program.get("/plans").status_code == 200
    with world.office.write(world.clock.now()) as desk:
        revoke_token(desk, list_tokens(desk)[0].id)
    assert program.get("/plans").status_code == 401
    with world.office.write(world.clock.now()) as desk:
        program.secret = create_token(desk, program.officer, ["read"], life=timedelta(days=1))
    assert program.get("/plans").status_code == 200
    world.clock.next_day()
    world.clock.next_day()
    assert program.get("/plans").status_code == 401


def test_the_token_is_stored_as_a_digest_only(world: World) -> None:
    program = Program(world, UNIT)
    assert program.secret.startswith("ruqi_")
    assert program.secret not in repr(world.dump())


def test_an_officer_sees_their_unit_and_the_bureau_all_of_them(world: World) -> None:
    mine = {part["unit"] for part in Program(world, UNIT).get("/parts", limit="200").json()["parts"]}
    assert mine == {UNIT}
    every = {part["unit"] for part in Program(world, "司法局", "bureau").get("/parts", limit="200").json()["parts"]}
    assert len(every) > 5
    stranger = Program(world, "教育局")
    uid = world.part(UNIT, TITLE).uid
    assert stranger.get("/parts", unit=UNIT).json()["parts"] == []
    for answer in (stranger.get(f"/parts/{uid}"), stranger.get(f"/parts/{uuid4()}")):
        assert answer.status_code == 404
        assert answer.json()["detail"] == "There is no such thing."


def test_pages_follow_each_other_without_a_gap_or_a_repeat(world: World) -> None:
    program = Program(world, "司法局", "bureau")
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = program.get("/parts", limit="7", **after).json()
        seen += [part["uid"] for part in page["parts"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert len(seen) == len(set(seen))
    assert len(seen) == len(program.get("/parts", limit="200").json()["parts"])


def test_a_report_through_the_api_is_like_any_other_and_known_by_its_door(world: World) -> None:
    part = world.part(UNIT, TITLE)
    done = Program(world, UNIT).post(f"/parts/{part.uid}/answers", {"verb": "report", "words": "综执发〔2026〕8号"})
    assert done.status_code == 200, done.text
    assert done.json()["part"]["state"] == "reported"
    again = Program(world, UNIT).post(f"/parts/{part.uid}/answers", {"verb": "report"})
    assert (again.status_code, again.json()["repeated"]) == (200, True)
    with world.store.read() as tx:
        row = timeline.last_of(tx, part.id, "report")
    assert row is not None
    assert (row.door, row.words) == ("api", "综执发〔2026〕8号")


@pytest.mark.parametrize(
    ("scopes", "verb", "status"),
    [(("read",), "receive", 403), (("read", "answer"), "receive", 200), (("read", "answer"), "verify", 403)],
)
def test_a_token_does_what_it_is_for_and_no_more(world: World, scopes: tuple[str, ...], verb: str, status: int) -> None:
    part = world.part(UNIT, TITLE)
    answer = Program(world, UNIT, "officer", *scopes).post(f"/parts/{part.uid}/answers", {"verb": verb})
    assert answer.status_code == status


def test_the_role_is_asked_too(world: World) -> None:
    part = world.part(UNIT, TITLE)
    assert Program(world, UNIT).post(f"/parts/{part.uid}/answers", {"verb": "verify"}).status_code in {403, 409}
    auditor = Program(world, "司法局", "auditor") if _has(world, "auditor") else None
    if auditor:
        assert auditor.post(f"/parts/{part.uid}/answers", {"verb": "receive"}).status_code in {403, 404}
    assert world.part(UNIT, TITLE).state == "open"


def _has(world: World, role: str) -> bool:
    try:
        world.officer("司法局", role)
    except StopIteration:
        return False
    return True


def test_events_are_registered_and_taken_back(world: World) -> None:
    bureau = Program(world, "司法局", "bureau")
    assert bureau.post("/events", {"plan": "nothing", "name": "发布", "day": "2026-12-01"}).status_code == 404
    unknown = bureau.post("/events", {"plan": "three-duties", "name": "无此事", "day": "2026-12-01"})
    assert unknown.status_code == 404
    assert bureau.delete("/events/999999").status_code == 404
    assert bureau.get("/events").json() == {"events": []}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'{"verb": NaN}', 400),
        (b'{"verb": "receive", "verb": "report"}', 400),
        (b"[" * 20_000, 400),
        (b'{"verb": "fly"}', 422),
        (b'{"verb": "receive", "else": 1}', 422),
        (b'{"verb": "extend", "day": "2026-02-30"}', 422),
        (b'{"verb": "extend", "day": 0}', 422),
        (b'{"verb": "report", "amount": "1e9"}', 422),
        (b"x" * 70_000, 413),
    ],
)
def test_bodies_that_are_not_as_described(world: World, body: bytes, status: int) -> None:
    program = Program(world, UNIT)
    client = TestClient(world.app, base_url=world.base_url)
    headers = {"authorization": f"Bearer {program.secret}", "content-type": "application/json"}
    answer = client.post(f"/api/v1/parts/{world.part(UNIT, TITLE).uid}/answers", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.json()["status"] == status


def test_other_types_and_methods_are_refused(world: World) -> None:
    program = Program(world, UNIT)
    client = TestClient(world.app, base_url=world.base_url)
    headers = {"authorization": f"Bearer {program.secret}"}
    where = f"/api/v1/parts/{world.part(UNIT, TITLE).uid}/answers"
    assert client.post(where, data={"verb": "receive"}, headers=headers).status_code == 415
    answer = client.put("/api/v1/plans", headers=headers)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_statistics_and_history_and_the_last_use(world: World) -> None:
    program = Program(world, "司法局", "bureau")
    said = program.get("/statistics", first="2026-01-01", last="2026-12-31").json()
    assert said["total"]["due"] == sum(unit["tally"]["due"] for unit in said["units"])
    part = world.part(UNIT, TITLE)
    Program(world, UNIT).post(f"/parts/{part.uid}/answers", {"verb": "receive"})
    assert "receive" in [one["verb"] for one in program.get(f"/parts/{part.uid}/timeline").json()["moments"]]
    with world.office.read(world.clock.now()) as desk:
        assert {token.last_agent for token in list_tokens(desk)} == {"OA/1.0"}


def test_a_webhook_tells_a_part_as_the_api_shows_it(world: World) -> None:
    program = Program(world, UNIT)
    part, officer = world.part(UNIT, TITLE), world.officer(UNIT)
    uid = part.uid
    program.post(f"/parts/{uid}/answers", {"verb": "receive"})
    shown = program.get(f"/parts/{uid}").json()
    world.office = replace(world.office, webhooks=True)
    with world.office.write(world.clock.now()) as desk:
        hooks.add_hook(desk, "https://oa.example.cn/")
        report(desk, Act(officer, "web"), part.id)
        (row,) = deliver.claim(desk, owner="test", channels=["webhook"])
        outgoing = deliver.prepare(desk, row)
    assert outgoing
    assert outgoing.call
    assert json.loads(outgoing.call.body)["data"]["part"] == program.get(f"/parts/{uid}").json() != shown
