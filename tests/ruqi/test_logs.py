"""No secret reaches the log: not in a message, its arguments, a traceback, from a library, nor when a line fails."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ruqi.blotting import blot, remember
from ruqi.log_files import LEAST_DAYS, DayFiles, TooShort, kept, missing
from ruqi.logs import Form, set_up

TOKEN = "1234567890:AAcanary_canary-canary_canary-canary"
SHANGHAI = ZoneInfo("Asia/Shanghai")
ODD = 'open/sesame "7"'


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(params=["text", "json"])
def form(request: pytest.FixtureRequest) -> Form:
    found: Form = request.param
    return found


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, form: Form) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    set_up("DEBUG", ["opensesame", ODD], form)
    yield stream
    root.setLevel(before[0])
    root.handlers[:] = before[1]
    remember(())


def test_secrets_are_blotted_out_wherever_they_stand(written: io.StringIO) -> None:
    log = logging.getLogger("somebody")
    log.info("calling https://api.telegram.org/bot%s/getMe", TOKEN)
    log.info("password opensesame, feed /feeds/%s.ics", "canary" * 5)
    log.info("odd %s and %r and open%%2Fsesame%%20%%227%%22", ODD, ODD)
    try:
        int(f"postgresql://ruqi:canary@db/ruqi and {TOKEN}")
    except ValueError:
        log.exception("it broke")
    said = written.getvalue()
    assert "it broke" in said
    assert "ValueError" in said
    assert "canary" not in said
    assert "sesame" not in said


def test_a_line_that_cannot_be_formed_does_not_show_its_arguments(written: io.StringIO) -> None:
    broken = logging.LogRecord("somebody", logging.INFO, "", 1, "%d", (TOKEN,), None)
    logging.getLogger().handlers[0].handle(broken)
    said = written.getvalue()
    assert "somebody" in said
    assert "canary" not in said


def test_one_event_is_one_line_whatever_it_says(written: io.StringIO, form: Form) -> None:
    forged = "a\n2026-01-01 00:00:00 INFO ruqi: forged\r\x1b[2K\u202ebackwards"
    logging.getLogger("somebody").warning("said %s", forged)
    lines = written.getvalue().splitlines()
    assert [line for line in lines if line.startswith("2026-01-01")] == []
    assert not any(sign in written.getvalue() for sign in "\r\x1b\u202e")
    if form == "json":
        (found,) = map(json.loads, lines)
        assert found["message"] == f"said {forged}"
        assert (found["level"], found["logger"]) == ("WARNING", "somebody")
        assert datetime.fromisoformat(found["at"]).tzinfo is not None


@pytest.mark.parametrize("terminal", [True, False])
def test_a_line_a_minute_is_kept_from_a_person_and_not_from_the_journal(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch, form: Form, terminal: bool
) -> None:
    if terminal:
        written = Terminal()
        monkeypatch.setattr(sys, "stderr", written)
        set_up("INFO", (), form)
    logging.getLogger("usecases.seal").info("sealed", extra={"routine": True})
    logging.getLogger("usecases.seal").info("news")
    assert ("sealed" in written.getvalue()) is not terminal
    assert "news" in written.getvalue()


def test_chatty_libraries_are_quiet_even_at_debug(written: io.StringIO) -> None:
    for name in ("httpx", "httpcore.connection", "apscheduler.scheduler", "uvicorn.error"):
        logging.getLogger(name).info("canary")
    logging.getLogger("usecases.inbox").debug("ours")
    assert "canary" not in written.getvalue()
    assert "ours" in written.getvalue()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"bot{TOKEN}/sendMessage", "bot***/sendMessage"),
        ("http://127.0.0.1:8080/in/AbCdEfGhIjKlMnOpQr?x=1", "http://127.0.0.1:8080/in/***?x=1"),
        ("/feeds/AbCdEfGhIjKlMnOpQr.ics", "/feeds/***.ics"),
        ("socks5://me:secret@127.0.0.1:1080", "socks5://***@127.0.0.1:1080"),
        ("Authorization: Bearer AbCdEfGhIjKl", "Authorization: Bearer ***"),
        (f"token ruqi_{'Ab1-' * 10} made", "token *** made"),
        ("host=db password=hunter2 dbname=ruqi", "host=db password=*** dbname=ruqi"),
        ("at 09:00:00 the 12:30 train", "at 09:00:00 the 12:30 train"),
    ],
)
def test_what_looks_like_a_secret(text: str, expected: str) -> None:
    assert blot(text) == expected


def record(day: int, said: str = "x", month: int = 11) -> logging.LogRecord:
    made = logging.LogRecord("somebody", logging.INFO, "", 0, said, (), None)
    made.created = datetime(2026, month, day, 15, 59, tzinfo=UTC).timestamp()
    return made


def test_each_civil_day_has_its_file_for_its_owner_only(tmp_path: Path, form: Form) -> None:
    files = DayFiles(tmp_path / "logs", SHANGHAI, form=form)
    late = record(2)
    late.created += 60
    for one in (record(2), late, record(5, f"bot{TOKEN}")):
        files.handle(one)
    files.close()
    held = dict(kept(tmp_path / "logs"))
    assert list(held) == [date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 5)]
    assert missing(tmp_path / "logs") == [date(2026, 11, 4)]
    assert all(path.stat().st_mode & 0o077 == 0 for path in held.values())
    assert "canary" not in held[date(2026, 11, 5)].read_text()


def test_files_are_kept_180_days_at_least_and_nothing_else_is_touched(tmp_path: Path) -> None:
    strange = tmp_path / "ruqi-2001-13-45.log"
    for name in ("ruqi-2026-05-08.log", "ruqi-2026-05-09.log", "notes.log", strange.name):
        (tmp_path / name).write_text("x")
    files = DayFiles(tmp_path, SHANGHAI)
    files.handle(record(5))
    files.close()
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"ruqi-2026-05-09.log", "notes.log", strange.name, "ruqi-2026-11-05.log"}
    assert (date(2026, 11, 5) - date(2026, 5, 9)).days == LEAST_DAYS


def test_a_shorter_keeping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TooShort):
        DayFiles(tmp_path, SHANGHAI, 179)


def test_a_file_that_cannot_be_written_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    files = DayFiles(tmp_path / "logs", SHANGHAI)
    files.handle(record(5, f"bot{TOKEN}"))
    said = capsys.readouterr().err
    assert "FileExistsError" in said
    assert "canary" not in said
