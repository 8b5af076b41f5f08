"""Settings: from the environment over `.env`, wrong ones refused with the key and what would be right."""

import os
import re
from datetime import time
from pathlib import Path

import pytest

from ruqi.settings import BadSettings, Settings, keys, read_settings
from ruqi.tongue import language

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty working directory and no setting of the machine that runs the tests."""
    monkeypatch.chdir(tmp_path)
    for key in [key for key in os.environ if key.startswith("RUQI_")]:
        monkeypatch.delenv(key)


def problems() -> list[tuple[str, str, str]]:
    with pytest.raises(BadSettings) as refused:
        read_settings()
    return refused.value.problems


def test_nothing_set_is_a_working_office() -> None:
    settings = read_settings()
    assert settings.address() == "http://127.0.0.1:8080"
    assert settings.store_url == "sqlite:///data/ruqi.db"
    assert settings.office_sends == time(9)


def test_the_example_lists_every_setting_in_order_with_its_default() -> None:
    assert re.findall(r"^(RUQI_\w+)=", EXAMPLE, re.MULTILINE) == keys()
    Path(".env").write_text(EXAMPLE, encoding="utf-8")
    with_example = read_settings()
    Path(".env").unlink()
    assert with_example == read_settings()


def test_every_setting_of_the_example_is_explained_in_both_languages() -> None:
    for paragraph in EXAMPLE.split("\n\n")[1:]:
        remarks = [line for line in paragraph.splitlines() if line.startswith("#")]
        assert len(remarks) == 2, paragraph
        assert re.search(r"[\u4e00-\u9fff]", remarks[0])
        assert re.search(r"[a-z]{3}", remarks[1])


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("\ufeffRUQI_PORT=9001\nRUQI_HOST=0.0.0.0\nUNRELATED=1\n", encoding="utf-8")
    monkeypatch.setenv("RUQI_PORT", "9002")
    assert read_settings().address() == "http://127.0.0.1:9002"


def test_the_address_is_what_others_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUQI_BASE_URL", "https://ruqi.example.gov.cn/")
    assert read_settings().address(8123) == "https://ruqi.example.gov.cn"


def test_a_mistyped_key_is_refused_with_the_nearest_one(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("RUQI_TELEGRAM_TOKN=1:a\n", encoding="utf-8")
    monkeypatch.setenv("RUQI_PROT", "80")
    assert problems() == [
        ("RUQI_PROT", "unknown", "RUQI_PORT"),
        ("RUQI_TELEGRAM_TOKN", "unknown", "RUQI_TELEGRAM_TOKEN"),
    ]


@pytest.mark.parametrize(
    ("key", "value", "reason", "detail"),
    [
        ("RUQI_PORT", "http", "number", "0–65535"),
        ("RUQI_PORT", "70000", "number", "0–65535"),
        ("RUQI_LANGUAGE", "fr", "choice", "zh or en"),
        ("RUQI_LOG_LEVEL", "noisy", "choice", "DEBUG, INFO, WARNING or ERROR"),
        ("RUQI_TIMEZONE", "Asia/Peking2", "zone", ""),
        ("RUQI_OFFICE_OPENS", "half past eight", "time", ""),
        ("RUQI_OFFICE_SENDS", "18:00", "hours", "08:30–17:30"),
        ("RUQI_UNDO_MINUTES", "-1", "number", "0–1440"),
        ("RUQI_NUDGE_COOLDOWN_DAYS", "31", "number", "0–30"),
        ("RUQI_SILENT_AFTER_DAYS", "0", "number", "1–60"),
        ("RUQI_ANNOUNCEMENTS_A_DAY", "many", "number", "0–100"),
        ("RUQI_FEEDS", "sometimes", "switch", ""),
        ("RUQI_TELEGRAM_BASE_URL", "127.0.0.1:8081", "address", ""),
        ("RUQI_TELEGRAM_PROXY", "ftp://127.0.0.1", "address", ""),
        ("RUQI_ROBOTS", "wecom qq", "choice", "dingtalk feishu wecom"),
        ("RUQI_WEBHOOK_HOSTS", "https://oa.example.org", "places", ""),
        ("RUQI_WEBHOOK_HOSTS", "oa.example.org 10.2.0.0/33", "places", ""),
        ("RUQI_WEBHOOKS", "on", "needs", "RUQI_WEBHOOK_HOSTS"),
        ("RUQI_MAIL_SECURITY", "tls", "choice", "starttls, ssl or none"),
        ("RUQI_LOG_DAYS", "179", "number", "180–3650"),
        ("RUQI_LOG_FORMAT", "xml", "choice", "text or json"),
        ("RUQI_WORKDAYS_FILE", "nowhere.txt", "no_file", "nowhere.txt"),
    ],
)
def test_a_wrong_value_is_named_by_its_key(
    key: str, value: str, reason: str, detail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(key, value)
    assert problems() == [(key, reason, detail)]


def test_all_problems_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUQI_PORT", "x")
    monkeypatch.setenv("RUQI_FEEDS", "x")
    monkeypatch.setenv("RUQI_FEDS", "on")
    assert [key for key, _, _ in problems()] == ["RUQI_FEDS", "RUQI_PORT", "RUQI_FEEDS"]


def test_a_mail_server_needs_a_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUQI_MAIL_HOST", "mail.example.org")
    assert problems() == [("RUQI_MAIL_FROM", "mail_from", "")]


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUQI_TELEGRAM_TOKEN", "123:canary")
    monkeypatch.setenv("RUQI_DATABASE_URL", "postgresql://ruqi:canary@db/ruqi")
    assert "canary" not in repr(read_settings())
    assert read_settings().store_url == "postgresql://ruqi:canary@db/ruqi"
    monkeypatch.setenv("RUQI_PORT", "canary")
    assert "canary" not in str(problems())


@pytest.mark.parametrize(("value", "spoken"), [("en", "en"), ("zh", "zh"), ("fr", "zh"), ("", "zh")])
def test_the_language_is_known_before_the_settings_are_right(
    value: str, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUQI_LANGUAGE", value)
    monkeypatch.setenv("RUQI_PORT", "wrong")
    assert language() == spoken


def test_the_model_has_a_default_for_everything() -> None:
    assert all(not field.is_required() for field in Settings.model_fields.values())
