"""WeCom, DingTalk and Feishu as the program opens them: by settings, lazily, without a secret in any log line."""

import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.channels.common import foreign
from bot.channels.common.foreign import NoLibrary, require
from ruqi.settings import BadSettings, read_settings
from tests.china import dingtalk, feishu, wecom
from tests.china.dingtalk import DingTalkFake
from tests.china.feishu import FeishuFake
from tests.china.wecom import WeComFake
from tests.ruqi.conftest import Ruqi
from tests.ruqi.house import PROGRAM, running

NOWHERE = "127.0.0.1:1"
SECRETS = {
    "RUQI_WECOM_BOT_ID": wecom.BOT,
    "RUQI_WECOM_SECRET": wecom.SECRET,
    "RUQI_DINGTALK_CLIENT_ID": dingtalk.APP,
    "RUQI_DINGTALK_CLIENT_SECRET": dingtalk.SECRET,
    "RUQI_FEISHU_APP_ID": feishu.APP,
    "RUQI_FEISHU_APP_SECRET": feishu.SECRET,
}
LIBRARIES = ("lark_oapi", "dingtalk_stream", "aibot")


@pytest.fixture
def fakes() -> Iterator[dict[str, Any]]:
    made: dict[str, Any] = {"WECOM": WeComFake(), "DINGTALK": DingTalkFake(), "FEISHU": FeishuFake()}
    for fake in made.values():
        fake.start()
    yield made
    for fake in made.values():
        fake.stop()
        fake.check()


def addresses(fakes: dict[str, Any]) -> dict[str, str]:
    urls = {f"RUQI_{name}_URL": fake.url for name, fake in fakes.items()}
    return SECRETS | urls | {"RUQI_WECOM_URL": f"{fakes['WECOM'].ws}/aibot"}


def test_all_three_at_once_with_everything_logged_and_no_secret_in_it(fakes: dict[str, Any]) -> None:
    code = _invited()
    with running(**addresses(fakes), RUQI_LOG_LEVEL="DEBUG") as program:
        assert "企业微信 · 钉钉 · 飞书" in "".join(program.lines)
        for fake in fakes.values():
            fake.wait(partial(getattr, fake, "live"), 60.0)
        fakes["DINGTALK"].says("staff1", f"绑定 {code}")
        fakes["WECOM"].says("user1", "你好")
        fakes["FEISHU"].says("ou_1", "你好")
        for name, address in (("DINGTALK", "staff1"), ("WECOM", "user1"), ("FEISHU", "ou_1")):
            fakes[name].wait(partial(fakes[name].screens.seen, address))
        assert "绑定成功" in fakes["DINGTALK"].screens.seen("staff1")[0].text
        ready = httpx.get(f"{program.url}/readyz")
        assert (ready.status_code, ready.text) == (200, "ready\n")
        ended, seconds, said = program.end()
    assert (ended, seconds < 60) == (0, True)
    assert said.count("is connected") == len(fakes)
    assert "canary" not in said + "".join(program.lines)
    assert code not in said


def test_out_of_reach_they_do_not_keep_the_pages_from_opening() -> None:
    urls = {"RUQI_WECOM_URL": f"ws://{NOWHERE}", "RUQI_DINGTALK_URL": f"http://{NOWHERE}"}
    with running(**SECRETS, **urls, RUQI_FEISHU_URL=f"http://{NOWHERE}", RUQI_LOG_LEVEL="DEBUG") as program:
        assert program.ready_after < 60
        time.sleep(1)
        ready = httpx.get(f"{program.url}/readyz")
        code, seconds, said = program.end()
    assert ready.status_code == 200
    assert all(f"{name}: " in ready.text for name in ("wecom", "dingtalk", "feishu"))
    assert (code, seconds < 60) == (0, True)
    assert "canary" not in said + ready.text


def test_a_trial_speaks_only_to_a_server_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in (SECRETS | {"RUQI_FEISHU_URL": f"http://{NOWHERE}", "RUQI_TELEGRAM_TOKEN": "1:x"}).items():
        monkeypatch.setenv(key, value)
    trial = read_settings().without_real_chats()
    shut = (trial.telegram_token, trial.wecom_bot_id, trial.wecom_secret, trial.dingtalk_client_id)
    assert shut == (None, None, None, None)
    assert (trial.feishu_app_id, trial.feishu_app_secret is None) == (feishu.APP, False)


def test_nobody_waits_for_a_library_that_is_not_used() -> None:
    looks = f"import ruqi.cli, ruqi.serve, sys; print([name for name in {LIBRARIES} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", looks], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_a_missing_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch, ruqi: Ruqi) -> None:
    monkeypatch.setattr(foreign, "find_spec", lambda _: None)
    with pytest.raises(NoLibrary, match="make chats"):
        require("Feishu", "lark-oapi", "lark_oapi")
    done = ruqi("doctor", code=2, RUQI_WECOM_BOT_ID="b", RUQI_WECOM_SECRET="canary")
    assert "make chats" in done.out
    assert "canary" not in done.out


@pytest.mark.parametrize(
    ("given", "missing"), [("RUQI_WECOM_BOT_ID", "RUQI_WECOM_SECRET"), ("RUQI_FEISHU_APP_SECRET", "RUQI_FEISHU_APP_ID")]
)
def test_a_name_without_its_secret_opens_nothing(given: str, missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(given, "x")
    with pytest.raises(BadSettings) as refused:
        read_settings()
    ((key, reason, other),) = refused.value.problems
    assert (reason, {key, other}) == ("pair", {given, missing})


def test_the_doctor_tries_the_secrets(fakes: dict[str, Any], staffed: Ruqi) -> None:
    given = addresses(fakes)
    found = {row["check"]: row for row in staffed("doctor", "--json", code=2, **given).data}
    assert (found["dingtalk"]["good"], found["feishu"]["good"], found["wecom"]["good"]) == (True, True, True)
    wrong = given | {"RUQI_FEISHU_APP_SECRET": "wrong-canary", "RUQI_DINGTALK_URL": f"http://{NOWHERE}"}
    done = staffed("doctor", "--json", code=2, **wrong)
    found = {row["check"]: row for row in done.data}
    assert (found["dingtalk"]["good"], found["feishu"]["good"]) == (False, False)
    assert "canary" not in done.out + done.err


def _invited() -> str:
    """A real office of one, and a code for that person."""
    Path("r.yaml").write_text("ruqi_roster: 1\ntitle: 名册\nunits:\n  - {name: 甲局, officers: [{name: 王伟}]}\n")
    subprocess.run([PROGRAM, "roster", "import", "r.yaml"], check=True, capture_output=True, timeout=60)
    command: list[str | Path] = [PROGRAM, "officer", "invite", "王伟"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return next(word for word in done.stdout.split() if len(word) == 22)
