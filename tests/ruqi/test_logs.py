"""No secret reaches the log: not in a message, not in its arguments, not in a traceback, not from a library."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest

from ruqi.logs import blot, set_up

TOKEN = "1234567890:AAcanary_canary-canary_canary-canary"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    set_up("DEBUG", ["opensesame"])
    yield stream
    root.setLevel(before[0])
    root.handlers[:] = before[1]


def test_secrets_are_blotted_out_wherever_they_stand(written: io.StringIO) -> None:
    log = logging.getLogger("somebody")
    log.info("calling https://api.telegram.org/bot%s/getMe", TOKEN)
    log.info("password opensesame, feed /feeds/%s.ics", "canary" * 5)
    try:
        int(f"postgresql://ruqi:canary@db/ruqi and {TOKEN}")
    except ValueError:
        log.exception("it broke")
    said = written.getvalue()
    assert "it broke" in said
    assert "canary" not in said
    assert "opensesame" not in said


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
        ("at 09:00:00 the 12:30 train", "at 09:00:00 the 12:30 train"),
    ],
)
def test_what_looks_like_a_secret(text: str, expected: str) -> None:
    assert blot(text) == expected
