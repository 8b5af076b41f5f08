"""The notification library over real HTTP: what its services answer counts, not only the HTTP status it looks at."""

import logging
from collections.abc import AsyncIterator

import pytest
from apprise.plugins.serverchan import NotifyServerChan

from bot.channels.notify import Notify
from schedules.retry import Again, Outcome, Refused, Sent, Unknown
from storage import people
from tests.bot.channels.fake_http import Answer, FakeHttp, Fault, fake_http
from tests.scheduler.office import Bureau
from texts.values import Message
from usecases.deliver import Outgoing

KEY = "canaryDEVICEkey1234"
LINES = ("今天到期：办12 案卷评查", "收到请回复“收12”。")
DONE = {"code": 200, "message": "success"}


@pytest.fixture
async def http() -> AsyncIterator[FakeHttp]:
    async with fake_http() as fake:
        fake.usual = Answer(DONE)
        yield fake


async def sent(here: Bureau, address: str, *services: str, kind: str = "digest") -> Outcome:
    with here.office.write(here.clock.now()) as desk:
        officer = people.officers_named(desk.tx, "张敏")[0]
        people.bind_contact(desk.tx, officer_id=officer.id, channel="notify", address=address, now=desk.now)
    channel = Notify(services or ("bark", "json", "schan"), here.office, here.clock.now)
    return await channel.send(Outgoing(3, kind, address, Message(LINES)))


def bark(http: FakeHttp) -> str:
    return f"bark://127.0.0.1:{http.port}/{KEY}/"


async def test_a_notification_carries_the_message_and_a_link_of_its_own(here: Bureau, http: FakeHttp) -> None:
    assert await sent(here, bark(http)) == Sent("")
    (asked,) = http.asked
    assert asked.body["title"] == LINES[0]
    assert LINES[1] in asked.body["body"]
    assert "/in/" in asked.body["body"]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer({"code": 400, "message": "no device"}), Refused("400 no device")),
        (Answer("<html>"), Unknown("an answer that is no JSON")),
        (Answer({"hello": 1}), Unknown("an answer without a verdict")),
        (Answer({}, 400), Refused("HTTP 400")),
        (Answer({}, 404), Refused("HTTP 404", gone=True)),
        (Answer({}, 429), Again(60.0, "HTTP 429")),
        (Answer({}, 503), Again(None, "HTTP 503")),
        (Answer({}, 500), Unknown("HTTP 500")),
    ],
)
async def test_what_the_service_answers_counts(here: Bureau, http: FakeHttp, answer: Answer, outcome: Outcome) -> None:
    http.usual = answer
    assert await sent(here, bark(http)) == outcome


async def test_serverchan_s_200_with_an_error_is_no_success(
    here: Bureau, http: FakeHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The judge's finding, turned into our promise: apprise alone calls this a success."""
    monkeypatch.setattr(NotifyServerChan, "notify_url", http.url + "/{token}.send")
    http.answers = [Answer({"code": 40001, "message": "bad pushkey"}), Answer({"code": 0})]
    assert await sent(here, "schan://SCTcanary1234") == Refused("40001 bad pushkey")
    assert await sent(here, "schan://SCTcanary1234") == Sent("")


async def test_a_service_nobody_knows_the_answers_of_counts_by_its_status(here: Bureau, http: FakeHttp) -> None:
    http.usual = Answer("whatever")
    assert await sent(here, f"json://127.0.0.1:{http.port}/hook") == Sent("")


@pytest.mark.parametrize("fault", ["reset before", "reset after"])
async def test_a_line_that_breaks_leaves_it_unknown(here: Bureau, http: FakeHttp, fault: Fault) -> None:
    http.usual = Answer(fault=fault)
    assert isinstance(await sent(here, bark(http)), Unknown)


async def test_nobody_listening_is_surely_not_sent(here: Bureau, http: FakeHttp) -> None:
    http.port = 1
    assert isinstance(await sent(here, bark(http)), Again)


@pytest.mark.parametrize("address", ["json://127.0.0.1/x", "nonsense", "bark://", "schan://"])
async def test_what_the_office_does_not_use_is_not_called(here: Bureau, http: FakeHttp, address: str) -> None:
    outcome = await sent(here, address, "bark", "schan")
    assert isinstance(outcome, Refused)
    assert outcome.gone
    assert http.asked == []


async def test_an_edit_is_refused_without_a_call(here: Bureau, http: FakeHttp) -> None:
    assert isinstance(await sent(here, bark(http), kind="edit"), Refused)
    assert http.asked == []


@pytest.mark.parametrize("answer", [Answer(DONE), Answer({}, 500), Answer("x"), Answer(fault="reset after")])
async def test_addresses_are_never_logged(
    here: Bureau, http: FakeHttp, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("apprise", "urllib3", "requests"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    http.usual = answer
    assert "canary" not in repr(await sent(here, bark(http)))
    assert "canary" not in caplog.text
