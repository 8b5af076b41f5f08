"""`ruqi doctor`: says what is right and what is not, and what to do."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ruqi import examining_machine
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


def found_in(ruqi: Ruqi, code: int, **settings: str) -> dict[str, dict[str, object]]:
    return {row["check"]: row for row in ruqi("doctor", "--json", code=code, **settings).data}


def test_the_machine_is_looked_at_in_both_languages(staffed: Ruqi) -> None:
    for language in ("zh", "en"):
        found = found_in(staffed, 0, RUQI_LANGUAGE=language)
        assert {"clock_set", "zones", "versions", "writes", "room", "rights", "log", "nodes"} <= found.keys()
        assert sqlite3.sqlite_version in str(found["versions"]["said"])


def test_little_room_is_told_with_what_to_do(staffed: Ruqi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining_machine, "LEAST_FREE", 10**9)
    row = found_in(staffed, 2)["room"]
    assert not row["good"]
    assert "RUQI_BACKUP_DIR" in str(row["said"])


def test_secrets_that_others_can_read_are_told(staffed: Ruqi) -> None:
    Path(".env").write_text("RUQI_MAIL_PASSWORD=canary\n", encoding="utf-8")
    Path(".env").chmod(0o644)
    row = found_in(staffed, 2)["rights"]
    assert not row["good"]
    assert "chmod 600" in str(row["said"])
    assert "canary" not in str(row["said"])
    Path(".env").chmod(0o600)
    assert found_in(staffed, 0)["rights"]["good"]


def test_a_clock_before_this_version_is_told(staffed: Ruqi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining_machine, "BUILT", datetime(2999, 1, 1, tzinfo=UTC))
    assert not found_in(staffed, 2)["clock_set"]["good"]


def test_a_day_without_a_log_is_named_and_no_fault(staffed: Ruqi) -> None:
    folder = Path("data/logs")
    folder.mkdir()
    for day in ("2026-11-01", "2026-11-04"):
        (folder / f"ruqi-{day}.log").touch()
    row = found_in(staffed, 0)["log"]
    assert row["good"]
    assert "2026-11-02 2026-11-03" in str(row["said"])
