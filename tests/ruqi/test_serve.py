"""`ruqi run` in a process of its own: links that work, a clean end on a signal, one clear line when it cannot start."""

import asyncio
import signal
import socket
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from ruqi import serve
from tests.ruqi.house import PROGRAM, form, running


def test_the_first_start_shows_three_links_that_work_and_ends_cleanly() -> None:
    with running() as program:
        assert program.ready_after < 60
        inbox, ledger, calendar = program.links[1:4]
        assert httpx.get(f"{program.url}/healthz").text == "ok\n"
        assert httpx.get(f"{program.url}/readyz").status_code == 200
        _, page = program.signed_in(inbox)
        assert page.url.path == "/inbox"
        assert "办1" in page.text
        _, page = program.signed_in(ledger)
        assert page.status_code == 200
        assert httpx.get(calendar).text.startswith("BEGIN:VCALENDAR")
        code, seconds, said = program.end()
        assert code == 0
        assert seconds < 60
        assert "如期已停下" in said
        assert "Traceback" not in said


def test_the_second_start_is_quick_and_its_calendar_address_is_the_same() -> None:
    with running() as program:
        first = program.links[3]
        program.end(signal.SIGTERM)
    with running() as program:
        assert program.ready_after < 60
        assert program.links[3].rpartition("/")[2] == first.rpartition("/")[2]
        assert httpx.get(program.links[3]).status_code == 200
        assert program.end(signal.SIGTERM)[0] == 0


def test_an_answer_given_on_the_page_outlives_kill_9() -> None:
    with running() as program:
        browser, page = program.signed_in(program.links[1])
        said = browser.post("/inbox/say", data={**form(page, "/inbox/say"), "words": "办1 已开会"})
        assert "已开会" in said.text
        program.end(signal.SIGKILL)
    with running() as program:
        _, page = program.signed_in(program.links[1])
        assert "已开会" in page.text


def test_a_taken_port_is_one_clear_line_and_no_database_is_made() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [PROGRAM, "run", "--port", port], capture_output=True, text=True, check=False, timeout=120
        )
    assert done.returncode == 2
    assert port in done.stderr
    assert "--port" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not Path("data").exists()


@pytest.mark.parametrize(("start", "said"), [("yesterday", "yesterday"), ("2024-13-01", "2024-13-01")])
def test_a_moment_that_is_none(start: str, said: str) -> None:
    command: list[str | Path] = [PROGRAM, "run", "--port", "0", "--clock", start]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, said in done.stderr) == (2, True)


async def test_a_chat_that_breaks_is_started_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(serve, "AGAIN_AFTER", 0.01)
    ran: list[int] = []

    third = asyncio.Event()

    async def work() -> None:
        ran.append(len(ran))
        if len(ran) < 3:
            raise RuntimeError("failpoint")
        third.set()
        await asyncio.Event().wait()

    kept = asyncio.create_task(serve.kept_up("a chat", work))
    await asyncio.wait_for(third.wait(), 60)
    kept.cancel()
    await asyncio.gather(kept, return_exceptions=True)
    assert ran == [0, 1, 2]
    assert "failpoint" in caplog.text


def test_the_time_machine_has_a_database_of_its_own_and_moves_a_day_at_a_press() -> None:
    """And it speaks to nobody: the token is that of the real bot."""
    with running("--clock", "2024-01-15T08:00", RUQI_TELEGRAM_TOKEN="123456789:real") as program:
        assert "Telegram 未开" in "".join(program.lines)
        assert Path("data/time-machine.db").exists()
        assert not Path("data/ruqi.db").exists()
        browser, page = program.signed_in(program.links[1])
        assert "2024年1月15日" in page.text
        for day in (16, 17):
            page = browser.post("/clock/next-day", data=form(page, "/clock/next-day"))
            assert f"2024年1月{day}日" in page.text
        assert program.end()[0] == 0


def test_it_starts_and_ends_with_telegram_out_of_reach() -> None:
    """No network at boot: the pages are there, the receiver goes on trying, and no token stands in the log."""
    token_ = "123456789:AAcanary_canary-canary_canary-canary"
    with running(
        RUQI_TELEGRAM_TOKEN=token_, RUQI_TELEGRAM_BASE_URL="http://127.0.0.1:1", RUQI_LOG_LEVEL="DEBUG"
    ) as program:
        assert program.ready_after < 60
        assert httpx.get(f"{program.url}/healthz").status_code == 200
        time.sleep(1)
        code, seconds, said = program.end()
    assert (code, seconds < 60) == (0, True)
    assert "canary" not in said + "".join(program.lines)


def test_on_postgres_too(postgres_database: str) -> None:
    with running(RUQI_DATABASE_URL=postgres_database) as program:
        _, page = program.signed_in(program.links[1])
        assert "办1" in page.text
        assert program.end()[0] == 0
    assert not Path("data/ruqi.db").exists()


def test_an_office_with_real_people_shows_nobodys_link() -> None:
    Path("r.yaml").write_text("ruqi_roster: 1\ntitle: 名册\nunits:\n  - {name: 甲局, officers: [{name: 王伟}]}\n")
    subprocess.run([PROGRAM, "roster", "import", "r.yaml"], check=True, capture_output=True, timeout=120)
    with running() as program:
        assert len(program.links) == 1
        assert "ruqi link" in "".join(program.lines)
        program.end()
