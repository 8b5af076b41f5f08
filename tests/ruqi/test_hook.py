"""`ruqi hook`: off by default, only to machines that are listed, the secret shown once."""

from tests.ruqi.conftest import Ruqi

ON = {"RUQI_WEBHOOKS": "on", "RUQI_WEBHOOK_HOSTS": "oa.example.gov.cn 127.0.0.1"}
URL = "https://oa.example.gov.cn/hooks/canary-0123"


def test_off_by_default(ruqi: Ruqi) -> None:
    said = ruqi("hook", "add", URL, code=2)
    assert "RUQI_WEBHOOKS" in said.err
    assert "没有打开" in ruqi("hook", "list").err


def test_only_listed_machines_over_https(ruqi: Ruqi) -> None:
    for url in (
        "http://oa.example.gov.cn/",
        "https://evil.example/",
        "https://10.0.0.1/",
        "https://x@oa.example.gov.cn/",
    ):
        said = ruqi("hook", "add", url, code=2, RUQI_WEBHOOKS="on", RUQI_WEBHOOK_HOSTS="oa.example.gov.cn")
        assert "RUQI_WEBHOOK_HOSTS" in said.err
    assert ruqi("hook", "list", "--json", **ON).data == []


def test_the_secret_is_shown_once_and_the_address_by_its_end(ruqi: Ruqi) -> None:
    made = ruqi("hook", "add", URL, "--event", "part.reported", **ON)
    secret = made.out.strip()
    assert secret.startswith("whsec_")
    assert "canary" not in made.err
    listed = ruqi("hook", "list", **ON)
    assert "https://oa.example.gov.cn/…0123" in listed.out
    assert "canary" not in listed.out
    assert secret not in listed.out + listed.err
    (row,) = ruqi("hook", "list", "--json", **ON).data
    assert row["events"] == ["part.reported"]


def test_a_test_is_queued_and_a_removed_one_is_gone(ruqi: Ruqi) -> None:
    number = str(ruqi("hook", "add", URL, "--json", **ON).data["number"])
    assert "0123" in ruqi("hook", "test", number, **ON).out
    ruqi("hook", "remove", number, **ON)
    assert ruqi("hook", "list", "--json", **ON).data == []
    assert "没有编号 1" in ruqi("hook", "test", number, code=2, **ON).err


def test_the_words_for_events_are_those_that_are_told() -> None:
    from ruqi.commands.hook import EVENTS  # noqa: PLC0415 - the command is imported when it is called
    from usecases import hook_events  # noqa: PLC0415 - as above

    assert tuple(hook_events.EVENTS.values()) == EVENTS
