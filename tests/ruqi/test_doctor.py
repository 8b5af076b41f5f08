"""`ruqi doctor`: says what is right and what is not, and what to do."""

from pathlib import Path

import pytest

from ruqi.settings import read_settings
from ruqi.wiring import open_office, system_clock
from storage import deliveries
from tests.ruqi.conftest import Ruqi


def test_a_sound_office_is_told_so(staffed: Ruqi) -> None:
    done = staffed("doctor")
    assert "一切正常" in done.out
    assert "✗" not in done.out


def test_each_thing_that_is_wrong_is_told(staffed: Ruqi) -> None:
    Path("data/workdays.txt").write_text("2024-12-04 休\n胡写一行\n", encoding="utf-8")
    office = open_office(read_settings()).office
    now = system_clock().now()
    with office.write(now) as desk:
        row = {"channel": "telegram", "address": "1", "kind": "say", "body": {}, "at": now, "created_at": now}
        deliveries.add(desk.tx, (), state="dead", **row)
    office.store.close()
    found = {row["check"]: row for row in staffed("doctor", "--json", code=2).data}
    assert not found["corrections"]["good"]
    assert "2: 胡写一行" in found["corrections"]["said"]
    assert not found["messages"]["good"]
    assert found["database"]["good"]


def test_settings_that_are_wrong_are_its_first_finding(ruqi: Ruqi) -> None:
    (finding,) = ruqi("doctor", "--json", code=2, RUQI_PORT="x").data
    assert "RUQI_PORT" in finding["said"]


@pytest.mark.parametrize(("address", "good"), [("http://127.0.0.1:8080", False), ("https://ruqi.example.cn", True)])
def test_links_that_no_phone_can_open_are_told(staffed: Ruqi, address: str, *, good: bool) -> None:
    chat = {"RUQI_TELEGRAM_TOKEN": "123456789:AAnobody", "RUQI_TELEGRAM_BASE_URL": "http://127.0.0.1:1"}
    found = staffed("doctor", "--json", code=2, RUQI_BASE_URL=address, **chat).data
    assert [row["good"] for row in found if row["check"] == "address"] == [good]


def test_telegram_that_cannot_be_reached_is_told_without_the_token(ruqi: Ruqi) -> None:
    token = "123456789:AAcanary_canary-canary_canary-canary"
    done = ruqi("doctor", code=2, RUQI_TELEGRAM_TOKEN=token, RUQI_TELEGRAM_BASE_URL="http://127.0.0.1:1")
    assert "Telegram" in done.out
    assert "canary" not in done.out + done.err
