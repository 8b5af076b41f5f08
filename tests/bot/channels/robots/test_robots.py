"""Group robots over real HTTP: the verdict is read from the body, the pace is kept, the key shows nowhere."""

import asyncio
import base64
import hmac
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.channels import posting
from bot.channels.robots import DIALECTS, BadRobot, RobotChannel, canonical
from bot.channels.robots.dialect import clip, plain
from schedules.retry import Again, Outcome, Refused, Sent, Unknown
from tests.bot.channels.fake_http import Answer, FakeHttp, Fault, fake_http
from texts.values import Message
from usecases.contacts import shown
from usecases.deliver import Outgoing

NOW = datetime(2025, 3, 3, 1, tzinfo=UTC)
KEY = "canary-0123456789abcdef"
SECRET = "SECcanary0123456789"
LARK = f"https://open.larksuite.com/open-apis/bot/v2/hook/{KEY}"
PLATFORMS = sorted(DIALECTS)
OK = {"wecom_robot": {"errcode": 0, "errmsg": "ok"}, "dingtalk_robot": {"errcode": 0, "errmsg": "ok"}} | {
    "feishu_robot": {"code": 0, "msg": "success", "StatusCode": 0}
}


@pytest.fixture
async def http() -> AsyncIterator[FakeHttp]:
    async with fake_http() as fake:
        yield fake


def letter(address: str, *lines: str, kind: str = "digest") -> Outgoing:
    return Outgoing(1, kind, address, Message(lines or ("3月14日(周五)：办12 任务", "请联络员办理")))


async def sent(http: FakeHttp, channel: str, *lines: str, secret: str = "", per_minute: int = 20) -> Outcome:
    robots = RobotChannel(channel, now=lambda: NOW, per_minute=per_minute)
    try:
        return await robots.send(letter(f"{http.url}/send?key={KEY}" + (f"#{secret}" if secret else ""), *lines))
    finally:
        await robots.close()


@pytest.mark.parametrize("channel", PLATFORMS)
async def test_what_is_said_arrives(http: FakeHttp, channel: str) -> None:
    http.usual = Answer(OK[channel])
    assert await sent(http, channel) == Sent("")
    (asked,) = http.asked
    assert asked.path == f"/send?key={KEY}"
    assert "办12 任务" in asked.raw.decode("unicode_escape") or "办12 任务" in asked.raw.decode()


@pytest.mark.parametrize(
    ("channel", "body", "outcome"),
    [
        ("wecom_robot", {"errcode": 93000, "errmsg": "no such url"}, Refused("93000 no such url", gone=True)),
        ("wecom_robot", {"errcode": 45009, "errmsg": "out of limit"}, Again(60.0, "45009 out of limit")),
        ("wecom_robot", {"errcode": -1, "errmsg": "busy"}, Again(None, "-1 busy")),
        ("wecom_robot", {"errcode": 40058, "errmsg": "content too long"}, Refused("40058 content too long")),
        ("dingtalk_robot", {"errcode": 300001, "errmsg": "no token"}, Refused("300001 no token", gone=True)),
        ("dingtalk_robot", {"errcode": 130101, "errmsg": "send too fast"}, Again(600.0, "130101 send too fast")),
        ("dingtalk_robot", {"errcode": 310000, "errmsg": "sign not match"}, Refused("310000 sign not match")),
        ("feishu_robot", {"code": 19001, "msg": "invalid token"}, Refused("19001 invalid token", gone=True)),
        ("feishu_robot", {"code": 11232, "msg": "frequency limited"}, Again(60.0, "11232 frequency limited")),
        ("feishu_robot", {"code": 19021, "msg": "sign match fail"}, Refused("19021 sign match fail")),
        ("feishu_robot", {"StatusCode": 0, "StatusMessage": "success"}, Sent("")),
        ("feishu_robot", {"code": 77777, "msg": "new"}, Refused("77777 new")),
    ],
)
async def test_an_answer_of_200_is_not_taken_for_success(
    http: FakeHttp, channel: str, body: dict[str, object], outcome: Outcome
) -> None:
    http.usual = Answer(body)
    assert await sent(http, channel) == outcome


@pytest.mark.parametrize("channel", PLATFORMS)
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer({}, 429, {"retry-after": "7"}), Again(7.0, "HTTP 429")),
        (Answer({}, 429), Again(60.0, "HTTP 429")),
        (Answer({}, 503), Again(None, "HTTP 503")),
        (Answer({}, 500), Unknown("HTTP 500")),
        (Answer({}, 404), Refused("HTTP 404", gone=True)),
        (Answer({}, 302, {"location": "http://127.0.0.1:1/"}), Refused("HTTP 302")),
        (Answer("<html>"), Unknown("an answer that is no JSON")),
        (Answer([1]), Unknown("an answer of another kind")),
        (Answer({"hello": 1}), Unknown("an answer without a verdict")),
        (Answer({"errcode": "0", "code": None}), Unknown("an answer without a verdict")),
    ],
    ids=lambda value: str(getattr(value, "status", "")),
)
async def test_what_is_no_verdict_of_the_platform(
    http: FakeHttp, channel: str, answer: Answer, outcome: Outcome
) -> None:
    http.usual = answer
    assert await sent(http, channel) == outcome


@pytest.mark.parametrize("fault", ["reset before", "reset after"])
async def test_a_line_that_breaks_leaves_it_unknown(http: FakeHttp, fault: Fault) -> None:
    http.usual = Answer(fault=fault)
    assert isinstance(await sent(http, "wecom_robot"), Unknown)


async def test_nobody_listening_is_surely_not_sent(http: FakeHttp) -> None:
    http.port = 1
    assert isinstance(await sent(http, "wecom_robot"), Again)


async def test_a_silent_service_is_not_waited_for_beyond_the_limit(
    http: FakeHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "LONGEST_CALL", 0.2)
    http.usual = Answer(fault="silence")
    assert await sent(http, "feishu_robot") == Unknown("no answer within 0.2 s")


async def test_dingtalk_s_signature_is_over_milliseconds_and_secret(http: FakeHttp) -> None:
    await sent(http, "dingtalk_robot", secret=SECRET)
    asked = parse_qs(urlsplit(http.asked[0].path).query)
    moment = asked["timestamp"][0]
    assert moment == str(int(NOW.timestamp() * 1000))
    mac = hmac.new(SECRET.encode(), f"{moment}\n{SECRET}".encode(), "sha256").digest()
    assert asked["sign"] == [base64.b64encode(mac).decode()]
    assert asked["key"] == [KEY]


async def test_feishu_s_signature_has_its_key_before_an_empty_text(http: FakeHttp) -> None:
    await sent(http, "feishu_robot", secret=SECRET)
    body = http.asked[0].body
    moment = body["timestamp"]
    assert moment == str(int(NOW.timestamp()))
    mac = hmac.new(f"{moment}\n{SECRET}".encode(), digestmod="sha256").digest()
    assert body["sign"] == base64.b64encode(mac).decode()


async def test_more_than_a_robot_may_say_waits_its_turn_and_other_robots_go_on(http: FakeHttp) -> None:
    robots = RobotChannel("wecom_robot", now=lambda: NOW, per_minute=3)
    outcomes = [await robots.send(letter(f"{http.url}/send?key={KEY}")) for _ in range(4)]
    other = await robots.send(letter(f"{http.url}/send?key=other"))
    await robots.close()
    assert outcomes[:3] == [Sent("")] * 3
    assert isinstance(outcomes[3], Again)
    assert 50 < (outcomes[3].after or 0) <= 60
    assert other == Sent("")
    assert len(http.asked) == 4


async def test_an_edit_is_refused_without_a_call(http: FakeHttp) -> None:
    robots = RobotChannel("wecom_robot", now=lambda: NOW)
    assert isinstance(await robots.send(letter(http.url, kind="edit")), Refused)
    await robots.close()
    assert http.asked == []


@pytest.mark.parametrize("channel", PLATFORMS)
async def test_a_title_can_neither_mention_nor_format(http: FakeHttp, channel: str) -> None:
    hostile = '<@all> [x](http://evil) **b** `c` <font color="red">\x07'
    await sent(http, channel, hostile, hostile)
    said = http.asked[0].raw.decode()
    if channel == "feishu_robot":
        assert {run[0]["tag"] for run in http.asked[0].body["content"]["post"]["zh_cn"]["content"]} == {"text"}
    else:
        assert "<" not in said
        assert "](" not in said
        assert "@all" not in said


@pytest.mark.parametrize("channel", PLATFORMS)
async def test_a_very_long_message_is_cut_not_refused(http: FakeHttp, channel: str) -> None:
    assert await sent(http, channel, *["办" * 3000] * 3) == Sent("")
    if channel == "wecom_robot":
        assert len(http.asked[0].body["markdown"]["content"].encode()) <= 4096


@pytest.mark.parametrize("channel", PLATFORMS)
@pytest.mark.parametrize("fault", ["", "reset before", "reset after"])
async def test_keys_and_secrets_are_never_logged(
    http: FakeHttp, channel: str, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    for answer in (Answer({"errcode": 93000, "code": 19001}), Answer("junk"), Answer({}, 500)):
        answer.fault = fault
        http.usual = answer
        outcome = await sent(http, channel, secret=SECRET)
        assert "canary" not in repr(outcome)
    await asyncio.sleep(0)
    assert "canary" not in caplog.text


@pytest.mark.parametrize(
    ("channel", "given", "stored"),
    [
        ("wecom_robot", KEY, KEY),
        ("wecom_robot", f" https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY} ", KEY),
        ("dingtalk_robot", f"https://oapi.dingtalk.com/robot/send?access_token={KEY}#{SECRET}", f"{KEY}#{SECRET}"),
        ("feishu_robot", f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}", KEY),
        (
            "feishu_robot",
            f"https://open.larksuite.com/open-apis/bot/v2/hook/{KEY}",
            f"https://open.larksuite.com/open-apis/bot/v2/hook/{KEY}",
        ),
    ],
)
def test_an_address_is_stored_in_one_form_and_shown_by_its_end(channel: str, given: str, stored: str) -> None:
    assert canonical(channel, given) == stored
    assert shown(channel, stored) == "…cdef"


@pytest.mark.parametrize(
    "given", ["", "short", "http://example.org/send?key=" + KEY, "ftp://example.org/" + KEY, "密钥" * 10, "k" * 301]
)
def test_what_is_no_robot_is_refused(given: str) -> None:
    with pytest.raises(BadRobot):
        canonical("wecom_robot", given)


def test_a_cut_breaks_no_character() -> None:
    assert clip("办" * 10, 20) == "办" * 5 + "…"
    assert clip("短", 20) == "短"
    assert plain("a*b_c") == "a＊b＿c"
