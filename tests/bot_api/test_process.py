"""The fake as its own process: it outlives the bot that is killed, and its ledger is on disk."""

import json
import subprocess
import sys
import time
from pathlib import Path

from tests.bot_api import faults
from tests.bot_api.client import ROOT, BotApi

SENDER = """
import sys, httpx
from itertools import count
for number in count():
    httpx.post(sys.argv[1], json={"chat_id": 1001, "text": f"message {number}"})
    print(number, flush=True)
"""


def start_sender(api: BotApi) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", SENDER, f"{api.base_url}{api.token}/sendMessage"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_it_survives_the_bot_and_its_ledger_tells_the_tale(bot_api_process: BotApi, tmp_path: Path) -> None:
    officer = bot_api_process.person(id=1001, name="张敏", started=True)
    with start_sender(bot_api_process) as sender:
        officer.waits_for(lambda message: message.text == "message 3")
        sender.kill()
    time.sleep(0.1)  # its last call may still be on the way in
    officer.says("还在吗")
    seen = [message.text for message in officer.hears()]
    assert seen == [f"message {number}" for number in range(len(seen))]
    lines = [json.loads(line) for line in (tmp_path / "ledger.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["text"] for line in lines if line["seen"]] == seen
    assert [entry.text for entry in bot_api_process.delivered(chat=officer)] == seen
    assert [update["message"]["text"] for update in bot_api_process.pending()] == ["还在吗"]


def test_a_call_whose_sender_was_killed_takes_effect_all_the_same(bot_api_process: BotApi) -> None:
    officer = bot_api_process.person(id=1001, name="张敏", started=True)
    held = bot_api_process.inject(faults.slow(0.5))
    with start_sender(bot_api_process) as sender:
        bot_api_process.waits_for(lambda: held.hits() == 1)
        sender.kill()
    assert officer.waits_for().text == "message 0"


def test_it_appends_to_the_ledger_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    for name in ("first", "second"):
        with BotApi.in_process(ledger=path) as api:
            api.person(id=1001, name="张敏", started=True)
            with start_sender(api) as sender:
                api.waits_for(lambda: bool(api.delivered()))  # looked at within this turn
                sender.kill()
        assert path.read_text(encoding="utf-8").count('"message 0"') >= ("first", "second").index(name) + 1


def test_a_port_that_is_taken_is_said_plainly(bot_api: BotApi) -> None:
    command = [sys.executable, "-m", "tests.bot_api", "--port", bot_api.host.partition(":")[2]]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode != 0
    assert "Address already in use" in ended.stderr


def test_it_stops_at_once_though_a_poller_is_held(tmp_path: Path) -> None:
    with BotApi.in_process(ledger=tmp_path / "ledger.jsonl") as api:
        hold = f"import httpx; httpx.get('{api.base_url}{api.token}/getUpdates?timeout=50', timeout=60)"
        poller = subprocess.Popen([sys.executable, "-c", hold], stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        assert poller.poll() is None
        start = time.monotonic()
    assert time.monotonic() - start < 40
    assert poller.wait(60) != 0
