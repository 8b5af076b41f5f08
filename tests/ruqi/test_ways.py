"""`ruqi officer ways`, `way`, `test` and `ruqi unit robot`: ways in order, addresses that open things hidden."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from ruqi.channels import Setting, open_channels
from ruqi.settings import read_settings
from ruqi.wiring import open_office, system_clock
from storage import deliveries, people
from tests.ruqi.conftest import Ruqi
from usecases.office import Desk

WHO = "示例·张敏"
MAIL = "zhang@example.org"
KEY = "canary-0123456789abcdef"
ON = {"RUQI_NOTIFY": "bark schan"}


@contextmanager
def desk() -> Iterator[Desk]:
    office = open_office(read_settings()).office
    with office.write(system_clock().now()) as found:
        yield found
    office.store.close()


def test_ways_are_added_ordered_and_removed(staffed: Ruqi) -> None:
    assert "还没有" in staffed("officer", "ways", WHO).err
    assert MAIL in staffed("officer", "way", "add", WHO, "mail", MAIL).out
    done = staffed("officer", "way", "add", WHO, "notify", "bark://canaryKEY99/", **ON)
    assert "送达未确认" in done.err
    rows = staffed("officer", "ways", WHO, "--json").data
    assert [(row["channel"], row["shown"], row["confirmed"]) for row in rows] == [
        ("mail", MAIL, True),
        ("notify", "bark://…EY99", False),
    ]
    staffed("officer", "way", "first", WHO, str(rows[1]["number"]))
    told = staffed("officer", "ways", WHO).out
    assert told.index("通知服务") < told.index("邮件")
    assert "canary" not in told
    staffed("officer", "way", "remove", WHO, str(rows[0]["number"]))
    assert [row["channel"] for row in staffed("officer", "ways", WHO, "--json").data] == ["notify"]


@pytest.mark.parametrize(
    "words",
    [
        ["add", WHO, "mail", "nonsense"],
        ["add", WHO, "notify", "bark://key"],
        ["add", WHO, "telegram", "1"],
        ["first", WHO, "99"],
        ["remove", WHO, "99"],
        ["add", "查无此人", "mail", MAIL],
    ],
)
def test_what_cannot_be_done_is_said(staffed: Ruqi, words: list[str]) -> None:
    assert staffed("officer", "way", *words, code=2).err


def test_a_test_message_is_put_on_its_way(staffed: Ruqi) -> None:
    assert "还没有" in staffed("officer", "test", WHO).err
    staffed("officer", "way", "add", WHO, "mail", MAIL)
    assert MAIL in staffed("officer", "test", WHO).out
    with desk() as here:
        officer = people.officers_named(here.tx, WHO)[0]
        (row,) = deliveries.to_officer(here.tx, officer.id)
    assert (row.channel, row.address, row.state) == ("mail", MAIL, "due")


def test_a_robot_is_bound_listed_tested_and_removed(staffed: Ruqi) -> None:
    url = f"https://oapi.dingtalk.com/robot/send?access_token={KEY}"
    done = staffed("unit", "robot", "add", "司法局", "dingtalk", url, "--secret", "SECcanary")
    assert "RUQI_ROBOTS=dingtalk" in done.err
    (row,) = staffed("unit", "robot", "list", "--json").data
    assert (row["unit"], row["channel"], row["shown"]) == ("司法局", "dingtalk_robot", "…cdef")
    told = staffed("unit", "robot", "test", str(row["number"])).out + staffed("unit", "robot", "list").out
    assert "canary" not in done.out + done.err + told
    staffed("unit", "robot", "remove", str(row["number"]))
    assert staffed("unit", "robot", "list", "--json").data == []
    assert staffed("unit", "robot", "add", "没有的局", "wecom", KEY, code=2).err
    assert "webhook" in staffed("unit", "robot", "add", "司法局", "wecom", "short", code=2).err


def test_the_doctor_tells_of_ways_that_died_and_of_a_mail_server_that_is_away(staffed: Ruqi) -> None:
    staffed("officer", "way", "add", WHO, "mail", MAIL)
    with desk() as here:
        people.change_contact(here.tx, "mail", MAIL, state="dead", reason="550")
    server = {"RUQI_MAIL_HOST": "127.0.0.1", "RUQI_MAIL_PORT": "1", "RUQI_MAIL_FROM": "r@example.org"}
    found = {row["check"]: row for row in staffed("doctor", "--json", code=2, **server).data}
    assert not found["ways"]["good"]
    assert WHO in found["ways"]["said"]
    assert not found["mail"]["good"]
    assert "RUQI_MAIL_" in found["mail"]["said"]
    assert not found["address"]["good"], "a letter's link must lead somewhere from another machine"


async def test_what_the_settings_open(ruqi: Ruqi, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "RUQI_MAIL_HOST": "mail.example.org",
        "RUQI_MAIL_FROM": "如期 <ruqi@example.org>",
        "RUQI_MAIL_PASSWORD": "canary",
        "RUQI_MAIL_LINK_HOURS": "24",
        "RUQI_ROBOTS": "wecom, Feishu",
        "RUQI_NOTIFY": "bark",
        "RUQI_FALLBACK_MINUTES": "60",
    }.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert "canary" not in repr(settings)
    office = open_office(settings).office
    assert (office.letter_life, office.fallback_after) == (timedelta(hours=24), timedelta(hours=1))
    assert office.fallback_when_due == timedelta(minutes=20)
    channels = open_channels(Setting(settings, office, system_clock()))
    assert [channel.channel for channel in channels] == ["wecom_robot", "feishu_robot", "mail", "notify"]
    for channel in channels:
        await channel.close()
    office.store.close()
