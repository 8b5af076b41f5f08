"""Without the extra `caldav` (Radicale, GPL-3) the program runs as ever; only the task list is not there."""

import re
import subprocess
import sys

import httpx

from tests.ruqi.house import PROGRAM, running

WITHOUT = (
    sys.executable,
    "-c",
    "import sys; sys.modules.update(radicale=None, a2wsgi=None); from ruqi.cli import main; main()",
)
"""The program where neither can be imported nor found."""


def test_the_doctor_says_so_and_finds_nothing_wrong() -> None:
    with_it, without = (
        subprocess.run([*program, "doctor"], capture_output=True, text=True, check=True).stdout
        for program in ((PROGRAM,), WITHOUT)
    )
    assert "没有安装 Radicale" not in with_it
    (line,) = [line for line in without.splitlines() if "Radicale" in line]
    assert line.startswith("✓")
    assert "一切正常" in without


def test_everything_else_runs() -> None:
    with running(program=WITHOUT) as program:
        assert httpx.get(f"{program.url}/readyz").status_code == 200
        for method, path in (("PROPFIND", "/caldav/"), ("GET", "/caldav/ruqi1/tasks/"), ("GET", "/.well-known/caldav")):
            assert httpx.request(method, f"{program.url}{path}").status_code == 404
        browser, page = program.signed_in(program.links[1])
        assert page.url.path == "/inbox"
        subscribe = browser.get("/subscribe")
        assert 'action="/subscribe"' in subscribe.text
        assert "/subscribe/tasks" not in subscribe.text
        assert "/caldav" not in subscribe.text
        assert httpx.get(program.links[3]).text.startswith("BEGIN:VCALENDAR"), "feeds are no matter of that"
        assert program.end()[0] == 0


def test_with_it_the_page_offers_the_list() -> None:
    """So that the test above can fail."""
    with running() as program:
        browser, _ = program.signed_in(program.links[1])
        assert re.search(r'action="/subscribe/tasks"', browser.get("/subscribe").text)
        assert httpx.request("PROPFIND", f"{program.url}/caldav/").status_code == 401
